"""Rows of exported tables and objects of exported JSON into notices."""

from sousveil.extract.extractor import Extractor
from sousveil.extract.tabular.extractor import NAME, VERSION, accepts, extract

EXTRACTOR = Extractor(
    name=NAME,
    version=VERSION,
    description="rows of tables and objects of JSON whose headings say what they hold",
    accepts=accepts,
    extract=extract,
)

__all__ = ["EXTRACTOR"]
