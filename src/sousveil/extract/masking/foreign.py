"""Find persons' names in texts of other languages: after labels, honorifics, by patronymics.

Languages: English, Spanish, French, German, Portuguese, Italian, Dutch, Polish, Russian,
Ukrainian and whatever shares their words; Japanese and Korean are in ``east``. A name is words with
capitals. The text is walked word by word, so that a Chinese notice costs almost nothing.
"""

import re
from functools import cache
from importlib.resources import files

Span = tuple[int, int]

_UP = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĜĞĠĢĤĦĨĪĮİĴĶĹĻĽŁŃŅŇŌŐŒŔŖŘŚŜŞŠŢŤŨŪŬŮŰŲŴŶŸŹŻŽƠƯΑ-ΫА-ЯЁІЇЄҐЎӘҒҚҢӨҰҮҺ"
_LOW = "a-zß-öø-ÿāăąćĉċčďđēėęěĝğġģĥħĩīįıĵķĺļľłńņňōőœŕŗřśŝşšţťũūŭůűųŵŷźżžơưα-ώа-яёіїєґўәғқңөұүһ'’ʼ"
_UP += "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
_LOW += "".join(map(chr, range(0x1EA1, 0x1EFA, 2)))
"""Letters of Vietnamese."""
_ONE = (
    rf"(?:[{_UP}]['’][{_UP}]?[{_LOW}]+(?:-[{_UP}]?[{_LOW}]+)*|(?:Mc|Mac|O')?[{_UP}][{_LOW}]+(?:-[{_UP}]?[{_LOW}]+)*"
    rf"|[{_UP}]{{2,}}(?:['’-][{_UP}]{{2,}})*(?![{_LOW}])|[{_UP}]\.(?:\s?-?[{_UP}]\.)*)"
)
_PARTICLE = (
    "(?:de la|de los|de las|de|del|da|das|do|dos|di|du|le|la|van der|van den|van de|van"
    "|von der|von|"
    "zu|zum|bin|ibn|binti|bint|al|el|y|e|ten|ter|af|av)"
)
_NAME = rf"{_ONE}(?: {{1,3}}(?:{_PARTICLE} |al-|el-|d['’])?{_ONE}){{0,4}}"
_AND = r"(?:,|;|/|&|and\b|y\b|und\b|et\b|и\b|e\b|та\b)"
_NAME_ONCE = re.compile(_NAME)
_TITLES = (
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Cllr|Councillor|Herrn?|Frau|Sra?|M|Mme|Ing|Lic|Lcd[ao]|Eng|Dipl|med"
    r"|h\.c)\b[.-]?[ -]{0,2}){0,4}"
)
_NAMES = re.compile(rf"{_TITLES}(?P<names>{_NAME}(?:\s?{_AND}\s?{_TITLES}{_NAME}){{0,8}})")
_TITLE_WORD = re.compile(
    r"(?:Mrs?|Ms|Miss|Dr|Prof|Cllr|Councillor|Herrn?|Frau|Sra?|M|Mme|Ing|Lic|Lcd[ao]|Eng|Dipl)\.?"
)
_WORD = re.compile(r"[A-Za-zÀ-ɏḀ-ỿЀ-ӿ]+")
_GAP = re.compile(
    r"(?:\s?\([^()\n]{0,30}\))?(?P<gap>\s{0,3}[:;=–—]\s{0,4}| - |[ ]?[\n\t]\s{0,2}|\.? {1,3})"
)
_PERSON_NEAR = re.compile(
    "(?i:contact|phone|e-?mail|kontakt|contato|teléfono|конта|почт)"
    "|(?:(?i:(?<![a-zà-ÿа-я]))|(?<=[a-z])(?=[A-Z]))"
    "(?i:(?:tel|fax)(?:[ _-]?(?:no|nr|number|num))?(?![a-zà-ÿ])|telefon|тел|mobile|attn|officer"
    "|correo|evaluat|member|owner|passport|born|signed|monitor|account"
    "|persona(?! (?:f[ií]sica|natural|moral|jur[ií]dica)))"
)
"""The second kind only where a word begins, in camelCase too: FAXON and intel are no numbers."""
_THING_BEFORE = re.compile(
    r"(?i)(?:project|tender|company|organi[sz]ation|buyer|entity|supplier|legal|trade|file|item|"
    r"product|entidad|empresa|razón|firm|document|domain|user|agency|lot|brand|contractor|"
    r"event|place|street|host|data|class|function|field|office|department|country|city|town|county|"
    r"state|province|region|district|site|program|programme|account|brand|model|doing business as|"
    r"trading as)[\W_]*$"
)
_LABEL_NEXT = re.compile(r"\s?:")
_NEED_DOT = """
m fr prof don pan pani ing eng hon col maj sig lt dame sir ms lic lcda lcdo arq abg capt dr engr
"""
_NEED_DOT_SMALL = frozenset(_NEED_DOT.split())
_CAPITAL = "Dr Prof Don Sir Ing Eng Pani Pan Capt Sgt Ms Col Maj Lt Hon Lic Engr"
_NO_DOT = frozenset(_CAPITAL.split())
"""Honorifics that stand without a dot as well, if they are written like this."""


@cache
def _sections() -> dict[str, tuple[str, ...]]:
    text = (files(__package__) / "data" / "foreign.txt").read_text("utf-8")
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            current.append(line)
    return {name: tuple(lines) for name, lines in sections.items()}


def words_of(section: str) -> tuple[str, ...]:
    """The single words of a section of ``data/foreign.txt``."""
    return tuple(word for line in _sections()[section] for word in line.split())


@cache
def _labels() -> dict[str, tuple[re.Pattern[str], ...]]:
    """By the first word of a label: patterns for [contact], [label] and [name] labels."""
    found: dict[str, list[list[str]]] = {}
    for rank, section in enumerate(("contact", "label", "name")):
        for label in _sections()[section]:
            first = _WORD.match(label)
            if first:
                found.setdefault(first[0], [[], [], []])[rank].append(label)
    never = "(?!)"
    return {
        first: tuple(
            re.compile(
                "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True))
                or never,
                re.IGNORECASE,
            )
            for labels in ranks
        )
        for first, ranks in found.items()
    }


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(words_of("honorific"))


@cache
def _organisation() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in words_of("organisation"))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def is_organisation(name: str) -> bool:
    """Whether a Latin or Cyrillic name is that of an organisation or an office."""
    return _organisation().search(name) is not None or _is_acronym(name)


def _is_acronym(name: str) -> bool:
    return name.isupper() and " " not in name and len(name) < 6


def foreign_persons(text: str) -> list[Span]:
    """Spans of persons' names after labels and honorifics, and by Russian and Ukrainian forms."""
    found: list[Span] = []
    labels, honorifics = _labels(), _honorifics()
    cyrillic = False
    for match in _WORD.finditer(text):
        word = match[0].lower()
        cyrillic = cyrillic or word[0] >= "а"
        if word in labels:
            found += _labelled(text, match.start(), labels[word])
        if word in honorifics and match[0][0].isupper() | (match[0][0] >= "а"):
            span = _honoured(text, match)
            if span:
                found.append(span)
    if cyrillic:
        found += [m.span() for m in _RUSSIAN.finditer(text) if not is_organisation(m[0])]
        found += [m.span("name") for m in _SOLE_TRADER.finditer(text)]
    return found


def _labelled(text: str, start: int, patterns: tuple[re.Pattern[str], ...]) -> list[Span]:
    """Names after a label that may begin at ``start``; ``patterns`` by rank, the surest first."""
    for rank, pattern in enumerate(patterns):
        label = pattern.match(text, start)
        gap = _GAP.match(text, label.end()) if label else None
        if label is None or gap is None:
            continue
        marked = gap["gap"].strip(" .") != "" or "\n" in gap["gap"] or "\t" in gap["gap"]
        if rank and not marked:
            continue
        if rank == 2 and not _person_near(text, start, label.end()):
            continue
        names = _NAMES.match(text, gap.end())
        if names:
            return _persons_of(text, names, "\n" in gap["gap"])
    return []


def names_after(text: str, start: int) -> list[Span]:
    """Names that begin at ``start``, where a label of another script has asked for a person."""
    names = _NAMES.match(text, start)
    return _persons_of(text, names, next_line=False) if names else []


def _person_near(text: str, start: int, end: int) -> bool:
    """Whether contact details stand near an ordinary word such as ``Name``."""
    around = text[max(0, start - 160) : start] + text[end : end + 160]
    before = text[max(0, start - 24) : start]
    return _PERSON_NEAR.search(around) is not None and _THING_BEFORE.search(before) is None


def _persons_of(text: str, names: re.Match[str], next_line: bool) -> list[Span]:
    found: list[Span] = []
    for name in _NAME_ONCE.finditer(text, names.start("names"), names.end("names")):
        if _TITLE_WORD.fullmatch(name[0]):
            continue
        span = _trimmed(text, name)
        if span is None or (next_line and " " not in text[span[0] : span[1]]):
            break
        found.append(span)
    return found


def _honoured(text: str, match: re.Match[str]) -> Span | None:
    """The name after an honorific."""
    end = match.end()
    dotted = text[end : end + 1] == "."
    if match[0].lower() in _NEED_DOT_SMALL and not dotted and match[0] not in _NO_DOT:
        return None
    position = end + dotted
    blanks = len(text[position : position + 2]) - len(text[position : position + 2].lstrip())
    if not dotted and not blanks:
        return None
    names = _NAMES.match(text, position + blanks)
    if not names or _NAMED_AFTER.search(text, max(0, match.start() - 40), match.start()):
        return None
    name = _NAME_ONCE.match(text, names.start("names"))
    return _trimmed(text, name) if name and not _OFFICE_HELD.match(name[0]) else None


_OFFICE_HELD = re.compile(
    r"(?i:president[ea]?|vereador[ae]?|director[ae]?|minist(?:er|ro|ra|re)|secret[aá]ri[oa]|secretary|alcalde"
    r"|prefeit[oa]|gobernador|governador|mayor|chair(?:man|woman|person)?|juiz|juez|judge|commissioner"
    r"|intendente|rector|decano|dean|coordinador|gerente|jefe|manager)\b"
)
"""Señor Presidente: an office is no name."""
_NAMED_AFTER = re.compile(
    r"(?i:hospital|maternidade?|maternité|clinic|cl[ií]nica|klinik|clinique|school|schule|escola|escuela|école"
    r"|gymnasium|coll[eè]ge|col[eé]gio|lyc[ée]e|institut[eo]?|foundation|funda[cç][aãi][oó]n?|fondation|stiftung"
    r"|university|universidade?|universität|université|library|biblioteca|museum|museo|theat(?:re|er)|teatro"
    r"|airport|aeropuerto|aeroporto|stadium|centr[eo]|center|zentrum) $"
)
"""What is named after people: a hospital is no person."""
_LEGAL_FORM = re.compile(
    r",?[ ](?:(?i:inc|llc|l\.l\.c|ltd|limited|corp|corporation|company|gmbh|plc|llp|pty|s\.r\.l"
    r"|s\.p\.a|s\.a\.s?|s\.l|b\.v|n\.v|d\.o\.o|sp\. z|ооо|зао|оао)|Co|CO|AG|SA|SAS|SL|SRL|SPA|BV|NV"
    r"|AB|Oy|OY|A/S|ApS|LP|KG|Kft|KFT)(?!\w)"
)
_OFFICE_OF = re.compile(r" (?:of|for)(?: the)? ")
"""Head of Procurement, Supply of Cameras: one word before ``of`` is an office or a thing."""
_CONTACT_WORD = re.compile(
    r" (?:Tel|TEL|Phone|PHONE|Fax|FAX|Mobile|E-?[Mm]ail|Email|EMAIL|Mob|Telephone|Address"
    r"|Title|Position)\b.*$"
)


def _trimmed(text: str, name: re.Match[str]) -> Span | None:
    """The span of a name without a label that follows it; None where it is no person's."""
    kept = _CONTACT_WORD.sub("", name[0])
    if kept == name[0] and kept.count(" ") > 1 and _LABEL_NEXT.match(text, name.end()):
        kept = kept[: kept.rindex(" ")].rstrip()  # João da Silva Telefone: a label follows
    end = name.start() + len(kept)
    if is_organisation(kept) or (kept == name[0] and _LABEL_NEXT.match(text, end)):
        return None
    if _LEGAL_FORM.match(text, end) or (" " not in kept and _OFFICE_OF.match(text, end)):
        return None
    return name.start(), end


_RU = "А-ЯЁІЇЄҐ"
_RU_WORD = rf"[{_RU}][а-яёіїєґ'’ʼ-]+"
_RUSSIAN = re.compile(
    rf"{_RU_WORD}(?:\s{_RU_WORD})?\s[{_RU}][а-яёіїє'’]*(?:вич|вна|ична|івна|ївна|вича|вичу"
    rf"|вичем|вны|вне|вной|вну|"
    rf"оглы|кызы|улы)(?![а-яёіїє])(?:\s[{_RU}][а-яёіїє-]+(?:ов|ев|ин|ова|ева|ина|ий|ая|ко"
    rf"|юк|ук|ец|ян|дзе|швили))?"
    rf"|[{_RU}](?<![{_RU}а-яё].)[а-яёіїєґ'’-]+\s[{_RU}]\.\s?[{_RU}]\."
    rf"|[{_RU}](?<![{_RU}.].)\.\s?[{_RU}]\.\s?[{_RU}][а-яёіїє'’-]{{2,}}"
)
_ANY_CASE = rf"[{_RU}][{_RU}а-яёіїєґ'’ʼ.-]+"
_SOLE_TRADER = re.compile(
    rf"(?:ФОП|ИП|[Пп]ідприємець|ПІДПРИЄМЕЦЬ"
    rf"|[Пп]редприниматель) [«\"]?(?P<name>{_ANY_CASE}(?:\s{_ANY_CASE}){{1,2}})"
)
