"""What people type to state a claim, as the records of one: on the command line and in forms."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

import msgspec

from sousveil.errors import ClaimError
from sousveil.model.claim import Counted, Expected

_MOST_DIGITS = 40


def counted(
    what: str, *, currency: str = "", role: str = "", ladder: str = "", words: Sequence[str] = ()
) -> Counted:
    """What is to be counted. Raises ClaimError for what cannot be."""
    stated = {"what": what, "currency": currency, "role": role, "ladder": ladder, "words": words}
    try:
        return msgspec.convert(stated, Counted)
    except msgspec.ValidationError as error:
        raise ClaimError(
            "It cannot be counted so.",
            "See the reference of claims for what is counted, of whom and on which ladder.",
        ) from error


def expected(stated: str) -> Expected:
    """``KEY=VALUE``, of ``about`` with its share: ``about=3100±0.05``. Raises ClaimError."""
    key, _, value = stated.partition("=")
    key, value = key.strip(), value.strip()
    values: dict[str, object]
    try:
        if key == "exists":
            values = {key: {"yes": True, "no": False, "true": True, "false": False}[value.lower()]}
        elif key == "trend":
            values = {key: value}
        else:
            number, _, within = value.partition("±")
            values = {key: _decimal(number)}
            if within:
                values["within"] = _decimal(within)
        return msgspec.convert(values, Expected)
    except (KeyError, InvalidOperation, msgspec.ValidationError) as error:
        raise ClaimError(
            "What was published cannot be understood.",
            "Write at_least=300, about=216000±0.01, exists=yes or trend=rises.",
        ) from error


def _decimal(text: str) -> Decimal:
    """A number. Raises InvalidOperation also where it would be too long to write out."""
    number = Decimal(text.replace(",", "").strip())
    if abs(number.adjusted()) > _MOST_DIGITS:
        raise InvalidOperation
    return number
