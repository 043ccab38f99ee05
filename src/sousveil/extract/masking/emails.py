"""Find e-mail addresses in folded text, also spaced, broken over lines, or disguised ones."""

import re

Span = tuple[int, int]

_PROVIDERS = (
    "(?:qq|163|126|139|189|sina|sohu|yeah|foxmail|gmail|outlook|hotmail|aliyun|tom|21cn|yahoo|mail)"
)
_DISGUISED = re.compile(
    rf"[\[({{<]\s?(?:at|AT|At|a|艾特)\s?[\])}}>]\s{{0,2}}|@\s{{0,2}}"
    rf"|#(?={_PROVIDERS}\s?[.。])|★(?={_PROVIDERS})|☆(?={_PROVIDERS})|[*](?={_PROVIDERS}\s?[.。])"
    rf"| (?:at|AT) (?={_PROVIDERS}\b)| at (?=[A-Za-z0-9-]{{1,62}} dot [A-Za-z])"
    rf"| AT (?=[A-Za-z0-9-]{{1,62}} DOT [A-Za-z])"
)
_PLAIN = re.compile(r"@\s{0,2}")
_DISGUISES: tuple[str, ...] = (
    "#",
    "★",
    "☆",
    "艾特",
    "[at",
    "(at",
    "[a]",
    "(a)",
    "{at",
    "<at",
    "( at",
    "[ at",
    " at ",
)
_DISGUISES += ("(AT", "[AT", "*qq", "*163", "*126", " AT ")
_LETTERS = "A-Za-zÀ-ɏЀ-ӿ0-9"
_LOCAL = re.compile(rf"[{_LETTERS}Ͱ-Ͽ_][{_LETTERS}Ͱ-Ͽ_.+%'\-]{{0,80}}\s{{0,2}}$")
_SPACED_LOCAL = re.compile(
    r"(?:邮 ?箱|邮 ?件|[Ee]-?[Mm]ail|E-?MAIL|信箱)[^:\n]{0,8}:\s{0,3}"
    r"([A-Za-z0-9_.\-]+(?: [A-Za-z0-9_.\-]+){1,4})\s?$"
)
_POINT = r"(?:[.。．]|\[dot\]|\(dot\)| dot | DOT )"
_DOMAIN = re.compile(
    rf"[{_LETTERS}][{_LETTERS}-]{{0,62}}(?:\s{{0,2}}{_POINT}\s?[{_LETTERS}-]{{1,62}}){{1,5}}"
)
_LAST_LABEL = re.compile(rf"\s*{_POINT}\s?(?:[A-Za-z]{{2,24}}|[Ѐ-ӿ]{{2,12}}|xn--[a-z0-9-]+)$")
_TOP_LEVEL = re.compile(
    r"[.。．]\s?(?:com\.cn|net\.cn|org\.cn|gov\.cn|edu\.cn|com|cn|net|org|gov|edu)(?=\s|$)", re.I
)
_CUT = re.compile(rf"\s{{0,2}}{_POINT}\s?[^.。．]*$")
_NEW_SENTENCE = re.compile(r"[.。．]\s[A-Z][a-z]")
_HANDLE = re.compile(r"@[A-Za-z0-9_][A-Za-z0-9_.]{2,31}(?<!\.)")


_LABELLED = re.compile(
    r"(?:邮 ?箱|邮 ?件|[Ee]-?[Mm]ail|E-?MAIL|信箱)[^:\n]{0,8}:\s{0,3}"
    r"(?P<mail>[\w.-]{1,60}#[A-Za-z0-9-]{1,62}(?:\.[A-Za-z0-9-]{1,62}){1,4})"
)
"""After its label an address may hide its sign with any provider."""
_HAN_MAIL = re.compile(
    r"(?:[A-Za-z0-9_.-]{1,40}|(?<=[:\s])[\w.-]{1,20})@(?=[A-Za-z0-9.-]*[一-鿿])"
    r"(?:[\w-]{1,40}\.){1,3}(?:中国|公司|网络|网址|政务|公益|cn|com|net|org)(?![A-Za-z])"
)
"""Addresses in Han characters (RFC 6531)."""


def emails(text: str) -> tuple[list[Span], list[Span]]:
    """Spans of e-mail addresses; second, @handles that belong to none."""
    found = [match.span("mail") for match in _LABELLED.finditer(text)] if "#" in text else []
    handles: list[Span] = []
    if "@" in text and not text.isascii():
        found += [match.span() for match in _HAN_MAIL.finditer(text)]
    if any(sign in text for sign in _DISGUISES):
        signs = _DISGUISED
    elif "@" in text:
        signs = _PLAIN
    else:
        return found, handles
    for match in signs.finditer(text):
        first = _local(text, match.start())
        domain = _DOMAIN.match(text, match.end())
        end = _domain_end(domain) if domain else -1
        if first >= 0 and end > 0:
            found.append((first, end))
        elif match[0][0] == "@" and first < 0:
            handle = _HANDLE.match(text, match.start())
            if handle:
                handles.append(handle.span())
    return found, handles


def _local(text: str, end: int) -> int:
    """Where the local part that ends at ``end`` begins, or -1."""
    start = max(0, end - 90)
    before = text[start:end]
    spaced = _SPACED_LOCAL.search(before) if " " in before else None
    if spaced:
        return start + spaced.start(1)
    plain = _LOCAL.search(before)
    return start + plain.start() if plain else -1


def _domain_end(match: re.Match[str]) -> int:
    """Where a domain ends: at its last label that can be a top-level domain; -1 if it has none."""
    text = match[0]
    top = _TOP_LEVEL.search(text)
    if top:
        return match.start() + top.end()
    while _LAST_LABEL.search(text) is None or _NEW_SENTENCE.search(text):
        cut = _CUT.search(text)
        if not cut:
            return -1
        text = text[: cut.start()]
    return match.start() + len(text)
