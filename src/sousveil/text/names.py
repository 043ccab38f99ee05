"""Names of organisations and projects: finding them, and the forms in which they compare."""

from sousveil.text.organisations import find_organisations, organisation_core
from sousveil.text.titles import split_phase, title_core

__all__ = ["find_organisations", "organisation_core", "split_phase", "title_core"]
