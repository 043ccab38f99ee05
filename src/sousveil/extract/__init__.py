"""From masked pages to notices: which extractor reads what."""

from sousveil.extract.extractor import Extractor
from sousveil.extract.registry import EXTRACTORS, extract_notices

__all__ = ["EXTRACTORS", "Extractor", "extract_notices"]
