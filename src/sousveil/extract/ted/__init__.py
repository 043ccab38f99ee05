"""TED: the notices of public procurement in the European Union until 2023 (TED_EXPORT XML)."""

from sousveil.extract.extractor import Extractor
from sousveil.extract.ted.extractor import NAME, VERSION, accepts, extract

EXTRACTOR = Extractor(
    name=NAME,
    version=VERSION,
    description="TED forms F01 to F25, defence and transport, schemas 2.0.8 and 2.0.9 (XML)",
    accepts=accepts,
    extract=extract,
)

__all__ = ["EXTRACTOR"]
