"""The taxonomy: codes of every facet and the terms that speak for them, loaded from data files.

``data/taxonomy/taxonomy.toml`` names the version and the files, which are read in its order. A
term, a code or a whole file is added by editing data only: a file may bring codes of its own
(``[[code]]``) or further terms of codes that an earlier file brought (``[[terms]]``). The loader
checks everything once and names the file and the entry at fault. Loaded and compiled once a process
(about 60 ms).

A case may have an edited copy. Its version is the one it states and a digest of its texts, so that
no two taxonomies that can give different codes go by the same name.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources.abc import Traversable

import msgspec

from sousveil.errors import UsageError
from sousveil.reference.lexicon import Lexicon, expand, term_texts
from sousveil.reference.taxonomy_files import (
    INDEX,
    parse,
    read_file,
    read_index,
    shipped,
    shipped_texts,
    taxonomy_texts,
)

LANGUAGES = frozenset(
    {
        "zh",
        "zh-Hant",
        "en",
        "es",
        "fr",
        "de",
        "pt",
        "ru",
        "ar",
        "ja",
        "ko",
        "it",
        "nl",
        "tr",
        "uk",
        "ug",
        "bo",
    }
)
FACETS = frozenset(
    {
        *("capability", "negative", "platform", "target_group", "function", "data_source"),
        *("ladder", "marker"),
    }
)
_GROUP_KEYS = LANGUAGES | {"weight", "needs", "unless", "within", "home", "beside"}
_MORE_KEYS = _GROUP_KEYS | {"facet", "code"}
_CODE_KEYS = frozenset(
    {
        *("id", "en", "zh", "definition", "includes", "excludes", "terms"),
        *("examples", "counterexamples"),
        *(
            "overseas",
            "used_in",
            "blocked_in",
            "effect",
            "factor",
            "within",
            "codes",
            "boilerplate",
        ),
    }
)
_EFFECTS = frozenset({"cancel", "damp"})
_WITHIN = 30
_WEIGHT = 2.0
_ID = re.compile(r"[a-z0-9][a-z0-9_.]{0,60}")
_COUNTRY = re.compile("[A-Z]{2}")


class Group(msgspec.Struct, frozen=True):
    """Terms of one code with one weight.

    ``needs``: numbers of terms one of which must stand within ``within`` characters; empty: none
    asked for. ``unless``: terms that must not. ``home``: countries that the terms name; they say
    something only of a buyer who is known to be elsewhere. Terms of people abroad alone have one.
    ``beside``: capabilities one of which the notice must buy for these terms to count: they say
    what else it does, never that it is surveillance. Terms of capabilities alone have one.
    """

    facet: str
    code: str
    weight: float
    needs: frozenset[int]
    unless: frozenset[int]
    within: int
    home: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()


class Code(msgspec.Struct, frozen=True):
    """One code. ``examples`` are titles that fall under it, ``counterexamples`` such as do not.

    ``overseas``: the group is abroad. ``used_in``: the countries that a platform has its people in;
    empty: the world over. ``blocked_in``: countries whose people cannot reach it.

    Codes of the facet ``negative`` have an ``effect`` on terms of ``codes`` (empty: all) that
    stand within ``within`` characters: ``cancel`` them, or ``damp`` their weight by ``factor``.
    ``boilerplate``: words of sentences about the bidding itself (who may bid, how to log in):
    outside titles no term of capability holds beside them, however strong.
    """

    facet: str
    id: str
    en: str
    zh: str
    definition: str = ""
    includes: str = ""
    excludes: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    overseas: bool = False
    used_in: frozenset[str] = frozenset()
    blocked_in: frozenset[str] = frozenset()
    effect: str = ""
    factor: float = 0.0
    within: int = 0
    codes: frozenset[str] = frozenset()
    boilerplate: bool = False


class Taxonomy(msgspec.Struct, frozen=True):
    """All codes and terms.

    ``groups[term]``: the groups that term number belongs to. ``gate`` finds only the terms of
    capabilities: most notices hold none, and need not be searched for anything else.
    ``languages``: how many terms each code has by language.
    """

    version: str
    codes: Mapping[tuple[str, str], Code]
    groups: Mapping[int, tuple[Group, ...]]
    lexicon: Lexicon
    gate: Lexicon
    languages: Mapping[tuple[str, str], Mapping[str, int]]

    def facet(self, name: str) -> tuple[Code, ...]:
        """Codes of one facet in the order of the files."""
        return tuple(code for (facet, _), code in self.codes.items() if facet == name)


@cache
def load_taxonomy() -> Taxonomy:
    """The taxonomy that ships with Sousveil."""
    return compile_taxonomy(shipped_texts())


@cache
def taxonomy_version() -> str:
    """The version of the taxonomy that ships with Sousveil; its terms are not read for it."""
    return read_index(parse(INDEX, read_file(shipped(), INDEX)))[0]


def label(code: str, lang: str = "en", taxonomy: Taxonomy | None = None) -> str:
    """What people read for a code, in English or Chinese (``zh``); the code itself if unknown."""
    known = (taxonomy or load_taxonomy()).codes
    for facet in _NAMED:
        found = known.get((facet, code))
        if found is not None:
            return found.zh if lang == "zh" else found.en
    return code.replace("_", " ")


_NAMED = (
    *("capability", "platform", "target_group", "function", "data_source", "ladder", "negative"),
)


def read_taxonomy(folder: Traversable) -> Taxonomy:
    """Read and check a folder of taxonomy files. Raises UsageError naming file and entry."""
    return compile_taxonomy(taxonomy_texts(folder))


def compile_taxonomy(texts: Mapping[str, str]) -> Taxonomy:
    """Check and compile texts as ``taxonomy_texts`` gives them. Raises UsageError likewise."""
    version, files = read_index(parse(INDEX, texts[INDEX]))
    builder = _Builder()
    contents = [(name, parse(name, texts[name])) for name in files]
    for name, content in contents:
        builder.add_sets(name, content)
    for name, content in contents:
        builder.add_codes(name, content)
    for name, content in contents:
        builder.add_more(name, content)
    return builder.finish(_named_version(version, texts))


def _named_version(version: str, texts: Mapping[str, str]) -> str:
    """The stated version; with a digest where it is not the shipped taxonomy's."""
    if texts is shipped_texts() or texts == shipped_texts():
        return version
    return f"{version}+{taxonomy_digest(texts)[:10]}"


def taxonomy_digest(texts: Mapping[str, str]) -> str:
    """SHA-256 of the files of a taxonomy that can change a code."""
    digest = hashlib.sha256()
    for name in sorted(texts):
        digest.update(f"{name}\n{len(texts[name])}\n{texts[name]}".encode())
    return digest.hexdigest()


class _Builder:
    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.sets: dict[str, frozenset[int]] = {}
        self.codes: dict[tuple[str, str], Code] = {}
        self.groups: dict[int, list[Group]] = {}
        self.languages: dict[tuple[str, str], Counter[str]] = {}
        self.seen: set[tuple[object, ...]] = set()

    def add_sets(self, name: str, content: Mapping[str, object]) -> None:
        """Named sets of context words."""
        for key, value in _table(content.get("set", {}), name, "set").items():
            where = f"{name}: set {key}"
            if key in self.sets:
                raise UsageError(f"{where} is defined twice.")
            self.sets[key] = frozenset(self._terms(_table(value, name, key), where))

    def add_codes(self, name: str, content: Mapping[str, object]) -> None:
        """Codes of one file with their terms."""
        rows = content.get("code", [])
        if not rows:
            return
        facet = content.get("facet")
        if not isinstance(facet, str) or facet not in FACETS:
            raise UsageError(f"{name}: facet must be one of {', '.join(sorted(FACETS))}.")
        for row in _tables(rows, name, "code"):
            self._add_code(name, facet, row)

    def add_more(self, name: str, content: Mapping[str, object]) -> None:
        """Further terms of codes that other files define: those of one language, say."""
        for table in _tables(content.get("terms", []), name, "terms"):
            key = (str(table.get("facet")), str(table.get("code")))
            where = f"{name}: terms of {key[0]} {key[1]}"
            if key not in self.codes:
                raise UsageError(f"{where}: no file defines this code.")
            self._add_group(table, self.codes[key], where, _MORE_KEYS)

    def _add_code(self, name: str, facet: str, row: Mapping[str, object]) -> None:
        where = f"{name}: code {row.get('id')}"
        unknown = set(row) - _CODE_KEYS
        if unknown:
            raise UsageError(f"{where} has unknown keys {', '.join(sorted(unknown))}.")
        try:
            code = msgspec.convert(
                {"facet": facet} | {k: v for k, v in row.items() if k != "terms"}, Code
            )
        except msgspec.ValidationError as error:
            raise UsageError(f"{where}: {error}.") from None
        if not _ID.fullmatch(code.id):
            raise UsageError(f"{where}: an id has small letters, digits, _ and dots.")
        if (facet, code.id) in self.codes:
            raise UsageError(f"{where} is defined twice.")
        if facet == "negative" and code.effect not in _EFFECTS:
            raise UsageError(f"{where}: effect must be cancel or damp.")
        _check_countries(code.used_in | code.blocked_in, where)
        self.codes[facet, code.id] = code
        self.languages[facet, code.id] = Counter()
        for group in _tables(row.get("terms", []), name, code.id):
            self._add_group(group, code, where, _GROUP_KEYS)

    def _add_group(
        self, table: Mapping[str, object], code: Code, where: str, keys: frozenset[str]
    ) -> None:
        unknown = set(table) - keys
        if unknown:
            raise UsageError(f"{where} has terms with unknown keys {', '.join(sorted(unknown))}.")
        weight, within = table.get("weight", _WEIGHT), table.get("within", _WITHIN)
        if not isinstance(weight, int | float) or not isinstance(within, int):
            raise UsageError(f"{where}: weight and within must be numbers.")
        group = Group(
            code.facet,
            code.id,
            float(weight),
            self._context(table.get("needs"), where),
            self._context(table.get("unless"), where),
            within,
            _home(table.get("home", []), code, where),
            self._beside(table.get("beside", []), code, where),
        )
        languages = {k: v for k, v in table.items() if k in LANGUAGES}
        for language, words in languages.items():
            count = sum(1 for _ in _strings(words, where))
            self.languages[code.facet, code.id][language] += count
        for number in dict.fromkeys(self._terms(languages, where)):
            key = (code.facet, code.id, number, group.needs, group.unless, group.home, group.beside)
            if key in self.seen:
                text = next(t for t, n in self.numbers.items() if n == number)
                raise UsageError(f"{where} has the term {text} twice.")
            self.seen.add(key)
            self.groups.setdefault(number, []).append(group)

    def _beside(self, value: object, code: Code, where: str) -> frozenset[str]:
        """Capabilities of an earlier file that a group's terms need in the same notice."""
        beside = frozenset(_strings(value, where))
        if beside and code.facet != "capability":
            raise UsageError(f"{where}: beside is for terms of capabilities only.")
        unknown = sorted(c for c in beside if ("capability", c) not in self.codes or c == code.id)
        if unknown:
            raise UsageError(f"{where}: beside names {', '.join(unknown)}, no other capability.")
        return beside

    def _context(self, words: object, where: str) -> frozenset[int]:
        """Numbers of the terms of a ``needs`` or ``unless`` list, named sets included."""
        named: list[frozenset[int]] = []
        terms: list[str] = []
        for word in _strings(words if words is not None else [], where):
            if not word.startswith("@"):
                terms += expand(word)
            elif word[1:] in self.sets:
                named.append(self.sets[word[1:]])
            else:
                raise UsageError(f"{where} names the set {word}, which no file defines.")
        if len(named) == 1 and not terms:
            return named[0]
        return frozenset(self._numbers(terms, where)).union(*named)

    def _terms(self, table: Mapping[str, object], where: str) -> list[int]:
        unknown = set(table) - LANGUAGES
        if unknown:
            raise UsageError(f"{where} has unknown languages {', '.join(sorted(unknown))}.")
        terms = [
            part
            for words in table.values()
            for word in _strings(words, where)
            for part in expand(word)
        ]
        return self._numbers(terms, where)

    def _numbers(self, terms: Sequence[str], where: str) -> list[int]:
        texts = term_texts(terms) if terms else []
        if not all(text.strip("*") for text in texts):
            raise UsageError(f"{where} has an empty term.")
        numbers = self.numbers
        return [numbers.setdefault(text, len(numbers)) for text in texts]

    def finish(self, version: str) -> Taxonomy:
        """Compile what was read."""
        try:
            lexicon = Lexicon(self.numbers)
            gate = lexicon.part(
                frozenset(
                    number
                    for number, found in self.groups.items()
                    if any(group.facet == "capability" and not group.beside for group in found)
                )
            )
        except (ValueError, IndexError) as error:
            raise UsageError(f"A taxonomy term cannot be used: {error}.") from None
        groups = {number: tuple(found) for number, found in self.groups.items()}
        return Taxonomy(version, self.codes, groups, lexicon, gate, self.languages)


def _home(value: object, code: Code, where: str) -> frozenset[str]:
    """Countries that a group's terms name. No other rule may ask where the buyer is."""
    home = frozenset(_strings(value, where))
    if home and not (code.overseas or code.facet == "marker"):
        raise UsageError(f"{where}: home is for terms of people and media abroad only.")
    _check_countries(home, where)
    return home


def _check_countries(codes: Iterable[str], where: str) -> None:
    wrong = sorted(code for code in codes if not _COUNTRY.fullmatch(code))
    if wrong:
        raise UsageError(f"{where}: {', '.join(wrong)} must be ISO 3166 codes of two letters.")


def _table(value: object, name: str, what: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise UsageError(f"{name}: {what} must be a table.")
    return value


def _tables(value: object, name: str, what: str) -> Iterable[Mapping[str, object]]:
    if not isinstance(value, list):
        raise UsageError(f"{name}: {what} must be a list of tables.")
    return [_table(row, name, what) for row in value]


def _strings(value: object, where: str) -> Iterable[str]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise UsageError(f"{where}: terms must be lists of words.")
    return value
