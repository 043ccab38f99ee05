"""Coding schemes: TOML read strictly against a taxonomy, each fault told with its line; written."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from sousveil.model.scheme import FACETS, OwnDefinition, Question, QuestionName, Scheme
from sousveil.reference.taxonomy import Code, Taxonomy
from sousveil.text.toml import basic_string

HASH_DIGITS = 12
_PATH = re.compile(r" - at `\$\.?(?:(\w+)(?:\[(\d+|\.\.\.)\])?)?(?:\.(\w+))?[^`]*`$")
_NAMED = re.compile(r"(?:unknown|required) field `([^`]*)`")


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with a scheme, and in which line, from 1."""

    line: int
    problem: str


class _Stated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file, as its keys are to be."""

    name: str
    question: tuple[Question, ...]
    definition: tuple[OwnDefinition, ...] = ()
    readers: int = 2
    threshold: float = 0.667
    coders: tuple[str, ...] = ()
    adjudicators: tuple[str, ...] = ()


def scheme_hash(content: bytes) -> str:
    """The version of a scheme: the first digits of the SHA-256 of its file."""
    return hashlib.sha256(content).hexdigest()[:HASH_DIGITS]


def read_scheme(content: bytes, taxonomy: Taxonomy) -> Scheme | list[Fault]:
    """The scheme that a file states, or all that is wrong with it, by line."""
    try:
        text = content.decode("utf-8-sig")
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        at = re.search(r"at line (\d+)", str(error))
        told = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "not UTF-8"
        return [Fault(int(at.group(1)) if at else 1, f"it is no TOML: {told}")]
    lines = text.splitlines()
    try:
        stated = msgspec.convert(found, _Stated)
    except msgspec.ValidationError as error:
        return [_misshapen(str(error), lines, found)]
    faults = [*_faults(stated, taxonomy, lines)]
    if faults:
        return sorted(faults, key=lambda fault: fault.line)
    return Scheme(
        scheme_hash(content),
        stated.name,
        stated.question,
        stated.definition,
        stated.readers,
        stated.threshold,
        stated.coders,
        stated.adjudicators,
    )


def _misshapen(message: str, lines: Sequence[str], found: Mapping[str, object]) -> Fault:
    """What msgspec says of a value, with its line."""
    at, named = _PATH.search(message), _NAMED.search(message)
    table, number, key = at.groups() if at else (None, None, None)
    place = int(number) if number and number.isdigit() else _culprit(found.get(table or ""), table)
    line = _line(lines, table if number else "", place, (named.group(1) if named else key) or "")
    if table and not number:
        line = _line(lines, "", 0, table)
    said = _PATH.sub("", message).replace("`", "'")
    where = f"{table} {place + 1}: " if table and number else f"{table}: " if table else ""
    return Fault(line, f"{where}{said[:1].lower()}{said[1:]}")


def _culprit(entries: object, table: str | None) -> int:
    """The place of the first entry that cannot be used: msgspec does not tell it."""
    kind = {"question": Question, "definition": OwnDefinition}.get(table or "")
    if kind is None or not isinstance(entries, list):
        return 0
    for place, entry in enumerate(entries):
        try:
            msgspec.convert(entry, kind)
        except msgspec.ValidationError:
            return place
    return 0


def _line(lines: Sequence[str], table: str | None, place: int, key: str, value: str = "") -> int:
    """The line of a value, else of its key, else of its table's heading, else 1."""
    wanted = re.compile(rf'\s*"?{re.escape(key)}"?\s*=') if key else None
    header, seen, heading, at = re.compile(r"\s*\[\[?\s*([\w-]+)"), -1, 1, 0
    inside = not table
    for number, line in enumerate(lines, 1):
        found = header.match(line)
        if found:
            seen += found.group(1) == table
            inside = bool(table) and found.group(1) == table and seen == place
            heading = number if inside else heading
        elif inside and wanted and not at and wanted.match(line):
            at = number
        if at and inside and value and f'"{value}"' in line:
            return number
    return at or heading


def _faults(stated: _Stated, taxonomy: Taxonomy, lines: Sequence[str]) -> Iterator[Fault]:
    if not stated.name.strip():
        yield Fault(_line(lines, "", 0, "name"), "name is empty")
    if not 1 <= stated.readers <= 20:
        yield Fault(_line(lines, "", 0, "readers"), "readers must be from 1 to 20")
    if not 0 < stated.threshold <= 1:
        yield Fault(_line(lines, "", 0, "threshold"), "threshold must be above 0 and at most 1")
    if stated.coders and len(set(stated.coders)) < stated.readers:
        yield Fault(
            _line(lines, "", 0, "coders"),
            f"{stated.readers} are to read each project, and fewer coders are named",
        )
    asked = [one.id for one in stated.question]
    if "relevant" not in asked:
        yield Fault(1, "there is no question 'relevant': every decision answers it")
    for place, one in enumerate(stated.question):
        if one.id in asked[:place]:
            line = _line(lines, "question", place, "id")
            yield Fault(line, f"question {place + 1}: '{one.id}' is asked twice")
        yield from _of_codes(one, place, taxonomy, lines)
    for place, own in enumerate(stated.definition):
        line = _line(lines, "definition", place, "code")
        if own.question not in asked:
            yield Fault(line, f"definition {place + 1}: '{own.question}' is not asked")
        elif own.code not in _known(own.question, taxonomy):
            yield Fault(line, _unknown(f"definition {place + 1}", own.code, own.question))


def _of_codes(
    one: Question, place: int, taxonomy: Taxonomy, lines: Sequence[str]
) -> Iterator[Fault]:
    if one.codes is None:
        return
    where = f"question {place + 1} ({one.id})"
    if one.id not in FACETS:
        yield Fault(_line(lines, "question", place, "codes"), f"{where}: it has no codes")
        return
    if not one.codes:
        yield Fault(
            _line(lines, "question", place, "codes"),
            f"{where}: no code is in use; leave 'codes' out for all",
        )
    for code in one.codes:
        if code not in _known(one.id, taxonomy):
            line = _line(lines, "question", place, "codes", code)
            yield Fault(line, _unknown(where, code, one.id))


def _known(question: QuestionName, taxonomy: Taxonomy) -> set[str]:
    facet = FACETS.get(question)
    return {code.id for code in taxonomy.facet(facet)} if facet else set()


def _unknown(where: str, code: str, question: QuestionName) -> str:
    facet = FACETS.get(question, "")
    kind = f"{facet.replace('_', ' ')} " if facet else ""
    return f"{where}: the taxonomy has no {kind}code '{code[:40]}'"


def in_use(scheme: Scheme | None, question: QuestionName, taxonomy: Taxonomy) -> tuple[Code, ...]:
    """The codes that a question may be answered with; none where the scheme does not ask it.

    A code that the scheme defines is told in the scheme's words. Without a scheme all are in use.
    """
    every = taxonomy.facet(FACETS[question])
    if scheme is None:
        return every
    asked = scheme.question(question)
    if asked is None:
        return ()
    own = {one.code: one for one in scheme.definitions if one.question == question}
    return tuple(
        _told(code, own.get(code.id))
        for code in every
        if asked.codes is None or code.id in asked.codes
    )


def _told(code: Code, own: OwnDefinition | None) -> Code:
    if own is None:
        return code
    return msgspec.structs.replace(
        code,
        definition=own.definition,
        includes=own.includes,
        excludes=own.excludes,
        examples=own.examples,
        counterexamples=own.counterexamples,
    )


def new_scheme(name: str, taxonomy: Taxonomy) -> str:
    """A scheme to begin with: every question, every code of the taxonomy."""
    lines = [
        "# What coders of this case are asked. 'sousveil scheme check' checks it.",
        f"name = {basic_string(name)}",
        "readers = 2          # how many read each project",
        "threshold = 0.667    # Krippendorff's alpha that each question and code is to reach",
        "coders = []          # who codes; empty: anybody",
        "adjudicators = []    # who settles what coders differ on; empty: anybody",
    ]
    for question, asks in _ASKED.items():
        lines += ["", "[[question]]", f'id = "{question}"', f"asks = {basic_string(asks)}"]
        if question in FACETS:
            codes = [code.id for code in taxonomy.facet(FACETS[question])]
            lines += ["codes = [", *(f"    {basic_string(code)}," for code in codes), "]"]
        elif question == "relevant":
            lines += ['includes = ""', 'excludes = ""', "examples = []", "counterexamples = []"]
    lines += [
        "",
        "# A code that means something else here than in the taxonomy:",
        "# [[definition]]",
        '# question = "capabilities"',
        '# code = "…"',
        '# definition = "…"',
        '# includes = "…"',
        '# excludes = "…"',
    ]
    return "\n".join(lines) + "\n"


_ASKED: dict[QuestionName, str] = {
    "relevant": "Does the project buy a system or service that watches people?",
    "capabilities": "What can it do? Every capability that the words state.",
    "platforms": "Which platforms does it collect from or act on?",
    "target_groups": "Which groups do the words say that it watches?",
    "overseas_target": "Does it watch people or media outside the buyer's country?",
}
