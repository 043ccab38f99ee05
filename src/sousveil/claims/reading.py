"""Claim files: TOML read strictly, each fault told with file, line and what to do; and written."""

import hashlib
import re
import tomllib
from datetime import date
from decimal import Decimal

import msgspec

from sousveil.errors import ClaimError
from sousveil.model.claim import Claim, Counted, Definition, Expected, Source, What
from sousveil.text.currency import ISO_CODES
from sousveil.text.toml import basic_string

_MONEY = ("sum", "largest", "amount")
_NUMBERS = ("equals", "more_than", "at_least", "at_most", "about")
_HEADER = re.compile(r"\s*\[\s*([\w-]+)\s*\]")
_PATH = re.compile(r" - at `\$\.?([^`]*)`$")
_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
_MISSING = re.compile(r"missing required field `([^`]*)`")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_LARGEST_NUMBER = Decimal("1e18")
_LONGEST_WORD = 60


class _Stated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file, as its keys are to be."""

    statement: str
    source: Source
    definition: Definition
    counted: Counted
    expected: Expected
    note: str = ""


def read_claim(name: str, text: str) -> Claim:
    """The claim of one file. ``name`` is the file's name without ``.toml``.

    Raises ClaimError with file, line and key for what cannot be used.
    """
    place = _Place(name, text)
    try:
        stated = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        told = f": {error}" if isinstance(error, tomllib.TOMLDecodeError) else ""
        raise ClaimError(
            f"{place.file} is no TOML{told}.", "Correct that line; see toml.io."
        ) from error
    source = stated.get("source")
    if isinstance(source, dict) and type(source.get("date")) is date:
        stated["source"] = {**source, "date": source["date"].isoformat()}
    try:
        read = msgspec.convert(stated, _Stated)
    except msgspec.ValidationError as error:
        raise place.told(str(error)) from error
    _check_words(read, place)
    _check_counted(read.counted, place)
    _check_expected(read.expected, read.counted, place)
    return Claim(
        name, read.statement, read.source, read.definition, read.counted, read.expected, read.note
    )


class _Place:
    """Where keys stand in a file; makes errors that say so."""

    def __init__(self, name: str, text: str) -> None:
        self.file = f"claims/{name}.toml"
        self._lines = text.splitlines()

    def fail(self, section: str, key: str, problem: str, hint: str) -> ClaimError:
        shown = f"{section}.{key}" if section and key else section or key
        of = f"{shown}: " if shown else ""
        line = self._line(section, key)
        return ClaimError(f"{self.file}, line {line}: {of}{problem}", hint)

    def told(self, message: str) -> ClaimError:
        """What msgspec says of a value, with its place."""
        at = _PATH.search(message)
        section, _, key = (at.group(1) if at else "").partition(".")
        if section in _Stated.__struct_fields__ and section in _TOP:
            section, key = "", section
        unknown, missing = _UNKNOWN.search(message), _MISSING.search(message)
        if unknown:
            known = _SECTIONS.get(section, _Stated).__struct_fields__
            return self.fail(
                section, unknown.group(1), "there is no such key.", f"Use {', '.join(known)}."
            )
        if missing:
            lacking = missing.group(1)
            wanted = f"a [{lacking}] table" if lacking in _SECTIONS else f"{lacking} = …"
            return self.fail(section, "", f"{lacking} is missing.", f"Add {wanted}.")
        problem = _PATH.sub("", message).replace("`", "'")
        return self.fail(section, key, f"{problem}.", "See the reference of claims for its values.")

    def _line(self, section: str, key: str) -> int:
        """The line of a key in its table, else of the table, else 1."""
        here, heading = "", 1
        wanted = re.compile(rf'\s*"?{re.escape(key)}"?\s*[=.]') if key else None
        for number, line in enumerate(self._lines, 1):
            header = _HEADER.match(line)
            if header:
                here = header.group(1)
                heading = number if here == section else heading
                if not section and here == key:
                    return number
            elif wanted is not None and here == section and wanted.match(line):
                return number
        return heading


_TOP = ("statement", "note")
_SECTIONS: dict[str, type[msgspec.Struct]] = {
    "source": Source,
    "definition": Definition,
    "counted": Counted,
    "expected": Expected,
}


def _check_words(read: _Stated, place: _Place) -> None:
    for section, key, value in (
        ("", "statement", read.statement),
        ("source", "who", read.source.who),
        ("source", "where", read.source.where),
        ("definition", "query", read.definition.query),
    ):
        if not value.strip():
            raise place.fail(section, key, "it is empty.", "Say it, as it was published.")
    if not _DATE.fullmatch(read.source.date):
        raise place.fail(
            "source", "date", "it is no date.", 'Write "2022", "2022-01" or "2022-01-31".'
        )
    if read.source.url and not re.fullmatch(r"https?://\S+", read.source.url):
        raise place.fail("source", "url", "it is no web address.", 'Write "https://…".')


def _check_counted(counted: Counted, place: _Place) -> None:
    needs = {
        "currency": counted.what in _MONEY,
        "role": counted.what == "organisations",
        "ladder": counted.what == "trend",
        "words": counted.what == "things",
    }
    for key, needed in needs.items():
        given = bool(getattr(counted, key))
        if given and not needed:
            raise place.fail(
                "counted", key, f"it means nothing for '{counted.what}'.", "Take it out."
            )
        if needed and not given:
            raise place.fail("counted", "what", f"'{counted.what}' needs {key}.", f"Add {key} = …")
    if not all(word.strip() and len(word) <= _LONGEST_WORD for word in counted.words):
        raise place.fail("counted", "words", "one is empty or too long.", 'Write ["摄像机", …].')
    if counted.currency and counted.currency not in ISO_CODES:
        raise place.fail(
            "counted", "currency", "there is no such currency.", "Use ISO 4217: CNY, USD …"
        )


def _check_expected(expected: Expected, counted: Counted, place: _Place) -> None:
    given = [key for key in (*_NUMBERS, "exists", "trend") if getattr(expected, key) is not None]
    allowed = _allowed(counted.what)
    if len(given) != 1 or given[0] not in allowed:
        raise place.fail(
            "expected", given[-1] if given else "",
            f"'{counted.what}' takes exactly one of {', '.join(allowed)}.",
            "Keep the one that says what was published.",
        )  # fmt: skip
    (key,) = given
    value = getattr(expected, key)
    if isinstance(value, Decimal) and not (value.is_finite() and 0 <= value < _LARGEST_NUMBER):
        raise place.fail("expected", key, "it is no number from 0 up.", "Write it in digits.")
    within = expected.within
    if (within is not None) != (key == "about"):
        raise place.fail(
            "expected", "within", "'about' and 'within' go together.",
            "Write about = 3100 and within = 0.05: five in a hundred more or less.",
        )  # fmt: skip
    if within is not None and not (within.is_finite() and 0 <= within <= 1):
        raise place.fail("expected", "within", "it is no share from 0 to 1.", "Write 0.05 …")


def _allowed(what: What) -> tuple[str, ...]:
    if what == "exists":
        return ("exists",)
    if what == "trend":
        return ("trend",)
    return _NUMBERS


def claim_hash(claim: Claim, normalised: str) -> str:
    """The SHA-256 of what decides count and verdict; ``normalised`` is the query written out."""
    decides = {
        "query": normalised,
        "records": claim.definition.records,
        "counted": claim.counted,
        "expected": claim.expected,
    }
    encoded = msgspec.json.encode(msgspec.to_builtins(decides), order="sorted")
    return hashlib.sha256(encoded).hexdigest()


def expected_words(claim: Claim) -> str:
    """What was published, in words: ``more than 300``, ``about USD 216,000 ± 1 %``."""
    expected, currency = claim.expected, claim.counted.currency
    if expected.exists is not None:
        return "yes" if expected.exists else "no"
    if expected.trend is not None:
        return expected.trend
    key = next(key for key in _NUMBERS if getattr(expected, key) is not None)
    number = f"{getattr(expected, key):,f}"
    said = f"{currency} {number}" if currency else number
    if expected.within is not None:
        return f"about {said} ± {(expected.within * 100).normalize():f} %"
    return f"{'' if key == 'equals' else key.replace('_', ' ') + ' '}{said}"


def claim_text(claim: Claim) -> str:
    """A claim as a file that a person goes on editing."""
    lines = [f"statement = {basic_string(claim.statement)}"]
    if claim.note:
        lines.append(f"note = {basic_string(claim.note)}")
    for section in _SECTIONS:
        lines += ["", f"[{section}]"]
        values = msgspec.structs.asdict(getattr(claim, section))
        lines += [f"{key} = {_value(v)}" for key, v in values.items() if v not in (None, "", ())]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(basic_string(word) for word in value)}]"
    return f"{value:f}" if isinstance(value, Decimal) else basic_string(str(value))
