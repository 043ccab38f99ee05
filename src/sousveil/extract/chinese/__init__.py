"""Notices of mainland China's ministry forms, bidding law and free layouts; Taiwan and Hong Kong.

Adding a form: a new TOML file in forms/ with its labels, headings and type words; it is read
because it is there. A form with a logic of its own is a module with an ``Extractor`` and one line
in extract/registry.py.
"""

from sousveil.extract.chinese.notice import accepts, extract
from sousveil.extract.chinese.source import NAME, VERSION
from sousveil.extract.extractor import Extractor

EXTRACTOR = Extractor(
    name=NAME,
    version=VERSION,
    description="Chinese procurement notices and bidding documents, any layout",
    accepts=accepts,
    extract=extract,
)

__all__ = ["EXTRACTOR"]
