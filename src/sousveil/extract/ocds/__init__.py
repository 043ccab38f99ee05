"""Open Contracting Data Standard 1.0 and 1.1: releases and records into notices."""

from sousveil.extract.extractor import Extractor
from sousveil.extract.ocds.extractor import accepts, extract
from sousveil.extract.ocds.reader import EXTRACTOR_NAME, EXTRACTOR_VERSION

EXTRACTOR = Extractor(
    name=EXTRACTOR_NAME,
    version=EXTRACTOR_VERSION,
    description="OCDS 1.0 and 1.1 releases, records, compiled and versioned releases (JSON)",
    accepts=accepts,
    extract=extract,
)

__all__ = ["EXTRACTOR"]
