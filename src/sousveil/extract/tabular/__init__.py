"""Rows of exported spreadsheets and CSV files into notices."""

from sousveil.extract.extractor import Extractor
from sousveil.extract.tabular.extractor import NAME, VERSION, accepts, extract

EXTRACTOR = Extractor(
    name=NAME,
    version=VERSION,
    description="rows of spreadsheets and CSV files whose headings say what they hold",
    accepts=accepts,
    extract=extract,
)

__all__ = ["EXTRACTOR"]
