"""Mask natural persons and their details before anything is kept: design.md, "Privacy"."""

from sousveil.extract.masking.finder import find_personal
from sousveil.extract.masking.page import mask_page, mask_text
from sousveil.extract.masking.paths import mask_path

__all__ = ["find_personal", "mask_page", "mask_path", "mask_text"]
