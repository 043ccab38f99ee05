"""What public rules of platforms forbid, as people cite them: a small dated table.

``data/platform_rules.toml`` is a table of pointers, no legal text: each entry names the document,
says in our own words what it forbids, when that was known, and whether a person has compared it
with the live page since. A person's own table has the same form; it outranks the shipped one
platform by platform.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import msgspec
import rtoml

from sousveil.errors import UsageError
from sousveil.reference.taxonomy_files import parse, read_file
from sousveil.text.controls import visible

FILE = "platform_rules.toml"
_KIND = "table of rules"
_LARGEST = 256 << 10
_MOST = 500
_MOST_OF_PLATFORM = 10
_LONGEST = {
    "title": 120, "forbids": 600, "document": 200, "publisher": 100, "url": 300, "source": 400,
    "phrase": 80,
}  # fmt: skip
"""Code points. A phrase is a short quotation: what a rule says at length stands at its address."""

_MAY_BE_EMPTY = frozenset({"phrase"})
_URL = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(/[A-Za-z0-9._~/?#=&%+@:,;-]*)?")
_KNOWN = re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_HINT = "'sousveil brief CASE --rules' prints a table that can be used."


class PlatformRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule of a platform.

    ``forbids`` is a paraphrase, ``phrase`` at most a few quoted words. ``known``: year, month or
    day for which the wording was known; ``source``: how. ``checked``: the day on which a person
    last compared the entry with the live page, False where nobody has.
    """

    platform: str
    title: str
    forbids: str
    document: str
    publisher: str
    url: str
    known: str
    source: str
    checked: date | bool
    phrase: str = ""

    @property
    def status(self) -> str:
        """How far it can be relied on, in words for readers."""
        if isinstance(self.checked, date):
            return f"Compared with the live page on {self.checked.isoformat()}."
        return (
            f"Not compared with the live page; as known in {self.known}. Check the wording before "
            "you send this."
        )


class PlatformRules(msgspec.Struct, frozen=True):
    """The rules in use by platform; ``own``: the platforms whose rules are a person's own."""

    entries: Mapping[str, tuple[PlatformRule, ...]]
    own: frozenset[str] = frozenset()

    def of(self, platform: str) -> tuple[PlatformRule, ...]:
        """The rules of one platform, none where nobody has entered one."""
        return self.entries.get(platform, ())

    def under(self, own: "PlatformRules") -> "PlatformRules":
        """These rules with a person's own in the place of those of the same platform."""
        return PlatformRules({**self.entries, **own.entries}, frozenset(own.entries))


@cache
def load_platform_rules() -> PlatformRules:
    """The rules that ship with Sousveil. Their codes are of the shipped taxonomy."""
    return read_platform_rules(resources.files("sousveil.reference").joinpath("data"))


def read_platform_rules(
    folder: Traversable, platforms: Collection[str] | None = None
) -> PlatformRules:
    """Read and check a folder's table, whose codes must be of ``platforms`` where these are given.

    Raises UsageError naming the file and the entry at fault.
    """
    content = parse(FILE, read_file(folder, FILE, kind=_KIND, largest=_LARGEST), kind=_KIND)
    rows = content.get("rule", [])
    if set(content) - {"rule"} or not isinstance(rows, list):
        raise UsageError(f"{FILE} holds something else than [[rule]] entries.", _HINT)
    if len(rows) > _MOST:
        raise UsageError(f"{FILE} has more than {_MOST} entries.", "Keep those you send.")
    entries: dict[str, tuple[PlatformRule, ...]] = {}
    for number, row in enumerate(rows, start=1):
        rule = _rule(f"{FILE}: entry {number}", row)
        where = f"{FILE}: entry {number} ({rule.platform[:60]})"
        for fault in _faults(rule, entries.get(rule.platform, ()), platforms):
            raise UsageError(f"{where}: {fault}.", _HINT)
        entries[rule.platform] = (*entries.get(rule.platform, ()), rule)
    return PlatformRules(entries)


def _rule(where: str, row: object) -> PlatformRule:
    try:
        return msgspec.convert(row, PlatformRule)
    except msgspec.ValidationError as error:
        raise UsageError(f"{where}: {error}.", _HINT) from None


def _faults(
    rule: PlatformRule, others: tuple[PlatformRule, ...], platforms: Collection[str] | None
) -> Iterator[str]:
    """What is wrong with an entry, given the ``others`` of its platform so far."""
    if platforms is not None and rule.platform not in platforms:
        yield "the taxonomy has no such platform"
    for name, longest in _LONGEST.items():
        text: str = getattr(rule, name)
        if not text.strip() and name not in _MAY_BE_EMPTY:
            yield f"{name} is empty"
        if len(text) > longest:
            yield f"{name} is longer than {longest} characters"
        if visible(text) != text or "\n" in text:
            yield f"{name} has line ends or control characters"
    if not _URL.fullmatch(rule.url):
        yield "url is no plain https address"
    if not _KNOWN.fullmatch(rule.known):
        yield "known is a year, a month or a day: 2024, 2024-03, 2024-03-26"
    if rule.checked is True:
        yield "checked is false, or the day: checked = 2026-01-31"
    if any(other.title == rule.title for other in others):
        yield "the platform has this title already"
    if len(others) >= _MOST_OF_PLATFORM:
        yield f"the platform has more than {_MOST_OF_PLATFORM} rules"


def to_toml(rules: PlatformRules) -> str:
    """The table as a file of its own form, to be read, edited and put into a case."""
    parts = []
    for platform, found in sorted(rules.entries.items()):
        of = "of this case" if platform in rules.own else "shipped with Sousveil"
        for rule in found:
            values = {k: v for k, v in msgspec.structs.asdict(rule).items() if v != ""}
            parts.append(f"# {of}\n[[rule]]\n{rtoml.dumps(values)}")
    return "\n".join(parts)
