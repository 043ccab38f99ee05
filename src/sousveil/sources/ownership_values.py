"""Values in ownership data: shares, days, numbers of registers, kinds of owners."""

import re
import unicodedata
from calendar import monthrange

import msgspec

from sousveil.model import OrganisationId
from sousveil.text.dates import parse_date
from sousveil.text.identifiers import LEI, USCC, normal_identifier

MOST_SIGNS = 300
"""Characters of a name, an interest or a source at most."""

_NUMBER = r"\d{1,3}(?:[.,]\d{1,10})?"
_SHARE = re.compile(
    rf"(?P<above>[>≥]=?)?\s*(?P<low>{_NUMBER})\s*%?(?:\s*[-–—~至]\s*(?P<high>{_NUMBER})\s*%?)?"
)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T.*)?")
_NUMBERED = re.compile(r"([A-Z]{2}(?:-[A-Z0-9]{2,10}){1,2}):(.+)")
_SEPARATORS = re.compile(r"[\s;|,；，、]+")
_FORMULA = "=+-@＝＋－＠ '"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")


class Share(msgspec.Struct, frozen=True):
    """Percent from ``low`` to ``high``; ``above``: more than ``low``."""

    low: float | None = None
    high: float | None = None
    above: bool = False


def share_of(written: str) -> Share | None:
    """``60``, ``60 %``, ``25-50``, ``>50``, ``>50-75``; None where it is no share up to 100."""
    plain = unicodedata.normalize("NFKC", written).strip()
    match = _SHARE.fullmatch(plain)
    if match is None:
        return None
    low = float(match["low"].replace(",", "."))
    bound = match["high"]
    open_ended = match["above"] is not None
    high = float(bound.replace(",", ".")) if bound else (100.0 if open_ended else low)
    if not low <= high <= 100:
        return None
    return Share(low, high, match["above"] == ">")


def share_text(share: Share) -> str:
    """As ``share_of`` reads it; "" for none."""
    if share.low is None:
        return ""
    low = f"{'>' if share.above else ''}{share.low:.10g}"
    return low if share.high in (None, share.low) else f"{low}-{share.high:.10g}"


def day_of(written: str, last: bool = False) -> str | None:
    """The ISO day of a date; of a year or month alone the first day, or the last. None: no date."""
    plain = unicodedata.normalize("NFKC", written).strip()
    match = _DAY.fullmatch(plain)
    if match is None:
        found = parse_date(plain)
        return found.value.isoformat() if found else None
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    month = month or (12 if last else 1)
    longest = monthrange(year, month)[1]
    day = day or (longest if last else 1)
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= longest else None


def number_of(written: str) -> OrganisationId | None:
    """``SCHEME:NUMBER``, or a bare unified social credit code or LEI; None where it is neither, or
    its check digit is wrong."""
    plain = unicodedata.normalize("NFKC", written).strip()
    match = _NUMBERED.fullmatch(plain)
    if match is not None:
        number = normal_identifier(match[1], match[2])
        return OrganisationId(match[1], number) if number else None
    for scheme in (USCC, LEI):
        number = normal_identifier(scheme, plain)
        if number:
            return OrganisationId(scheme, number)
    return None


def numbers_of(written: str) -> tuple[OrganisationId, ...] | None:
    """Several, between blanks, commas or semicolons, sorted; None where one is none."""
    found = [number_of(part) for part in _SEPARATORS.split(written.strip()) if part]
    kept = [number for number in found if number is not None]
    return tuple(sorted(set(kept))) if len(kept) == len(found) else None


def plain_words(written: str) -> str:
    """One line without control characters, of at most MOST_SIGNS signs. What would begin a formula
    in a spreadsheet (owasp.org, CSV injection) begins no name."""
    line = unicodedata.normalize("NFC", _CONTROLS.sub(" ", written))
    return " ".join(line.split()).lstrip(_FORMULA)[:MOST_SIGNS].rstrip()
