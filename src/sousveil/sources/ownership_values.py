"""Values in ownership data: shares, days, numbers of registers, kinds of owners."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable

import msgspec

from sousveil.model import OrganisationId
from sousveil.model.ownership import Party
from sousveil.text.controls import shown_name
from sousveil.text.dates import parse_date
from sousveil.text.identifiers import LEI, SCHEME, USCC, normal_identifier
from sousveil.text.person_numbers import is_a_persons, is_nobodys

MOST_SIGNS = 300
"""Characters of a name, an interest or a source at most."""
MOST_OF_SOURCE = 1_000
"""Of a source while it is read: what is cut before names are masked may end within one."""

_DECIMALS = 10
_NUMBER = rf"\d{{1,3}}(?:[.,]\d{{1,{_DECIMALS}}})?"
_SHARE = re.compile(
    rf"(?P<above>[>≥]=?)?\s*(?P<low>{_NUMBER})\s*%?(?:\s*[-–—~至]\s*(?P<high>{_NUMBER})\s*%?)?"
)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T.*)?")
_NUMBERED = re.compile(rf"({SCHEME.pattern}):(.+)")
_SEPARATORS = re.compile(r"[\s;|,；，、]+")
_FORMULA = "=+-@＝＋－＠ '"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


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
    return share(low, high, above=match["above"] == ">")


def share(low: float, high: float, *, above: bool = False) -> Share | None:
    """A share with as many decimals as are kept; None where it is no part of 100 percent."""
    low, high = round(low, _DECIMALS), round(high, _DECIMALS)
    fits = 0 <= low < high <= 100 if above else 0 <= low <= high <= 100
    return Share(low, high, above) if fits else None


def share_text(share: Share) -> str:
    """As ``share_of`` reads it, with the sign of percent; "" for none."""
    if share.low is None:
        return ""
    low = f"{'>' if share.above else ''}{_decimal(share.low)}"
    return f"{low}%" if share.high in (None, share.low) else f"{low}-{_decimal(share.high)}%"


def _decimal(value: float | None) -> str:
    return f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".")


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
        return register_number(match[1], match[2])
    for scheme in (USCC, LEI):
        number = normal_identifier(scheme, plain)
        if number:
            return OrganisationId(scheme, number)
    return None


def register_number(scheme: str, written: str) -> OrganisationId | None:
    """A number of a register; None where it can be none."""
    number = normal_identifier(scheme, written)
    return None if number is None or is_nobodys(scheme, number) else OrganisationId(scheme, number)


def numbers_of(written: str) -> tuple[OrganisationId, ...] | None:
    """Several, between blanks, commas or semicolons, sorted; None where one is none."""
    found = [number_of(part) for part in _SEPARATORS.split(written.strip()) if part]
    kept = [number for number in found if number is not None]
    return tuple(sorted(set(kept))) if len(kept) == len(found) else None


def party_of(
    name: str, identifiers: Iterable[OrganisationId], country: str | None
) -> tuple[Party, bool]:
    """An organisation by what a file says of it, and whether one of its numbers is a natural
    person's or a sole trader's. A number that stands where the name should is none."""
    alone = number_of(name)
    numbers = {*identifiers, alone} if alone else {*identifiers}
    party = Party("" if alone else name, tuple(sorted(numbers)), country)
    return party, any(is_a_persons(one.scheme, one.id) for one in numbers)


def plain_words(written: str, most: int = MOST_SIGNS) -> str:
    """One line without signs that control or hide, of at most ``most`` signs. What would begin a
    formula in a spreadsheet (owasp.org, CSV injection) begins no name."""
    line = unicodedata.normalize("NFC", shown_name(_CONTROLS.sub(" ", written)))
    return " ".join(line.split()).lstrip(_FORMULA)[:most].rstrip()
