"""eForms: the notices of public procurement in the European Union since 2022 (UBL XML)."""

from sousveil.extract.eforms.extractor import NAME, VERSION, accepts, extract
from sousveil.extract.extractor import Extractor

EXTRACTOR = Extractor(
    name=NAME,
    version=VERSION,
    description="eForms: planning, competition, result, change and modification notices (XML)",
    accepts=accepts,
    extract=extract,
)

__all__ = ["EXTRACTOR"]
