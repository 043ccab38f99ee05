"""Find phone and fax numbers in folded text, by shape and by what stands before them.

A number is a phone if a label says so, or if it has the shape of a mobile, an area code with a
number, a service line or an international number and nothing says that it is something else
(a project number, an amount, an account). Numbers that a label calls 编号 keep standing wherever
they come again in the text.
"""

import re
from collections.abc import Sequence
from itertools import chain

Span = tuple[int, int]

_DASH = r"[-—–－−‐‑―﹣~]"
_LABEL_WORDS = (
    r"(?:电 *话|手 *机|传 *真|座 ?机|固 ?话|热 ?线|总 ?机|专 ?线|联 *系 *方 *式|联络方式|致电|拨打"
    r"|来电|电询|小灵通|值班|客服)"
)
_VALUE = r"[+(]?\d[\d ()*#/转xX、,;或和及\-—–－−‐‑―﹣~\n分机EeTt.]{2,80}"
_LABELLED = re.compile(
    rf"{_LABEL_WORDS}(?:\s{{0,2}}(?:号码?|[/或及、]?(?:手机|传真|微信|电话)"
    rf"|\([^()\n]{{0,24}}\)|为|是|"
    rf"[ABC]\b))*\s{{0,6}}[\]】]?[:∶︰]?\s{{0,6}}(?P<value>{_VALUE})"
)
_NUMERAL = "零〇○幺一二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖"
_IN_WORDS = re.compile(
    rf"{_LABEL_WORDS}(?:号码?)?\s{{0,4}}[:∶︰]?\s{{0,4}}"
    rf"(?P<value>(?=[\d-]{{0,16}}[Oo{_NUMERAL}])(?:[Oo\d{_NUMERAL}]{_DASH}?){{6,17}}"
    rf"[\d{_NUMERAL}])(?![{_NUMERAL}十百千万亿拾佰仟萬億])"
)
"""In numerals, or with the letter O that recognition takes a nought for."""

_PIECE = re.compile(
    rf"(?:\+?\d{{1,3}}[ -])?(?:\(\s?\+?\d{{1,4}}\s?\)\s?)?\+?\d(?:\d|{_DASH}\s?\d| \d"
    rf"|\) ?\d|\(\d|\.\d){{2,20}}"
)
_EXTENSION = re.compile(
    rf"\s?(?:(?:转|分机|[xX*#]|[Ee]xt\.?)\s?\d{{1,6}}"
    rf"|[/、]\s?\d{{3,4}}(?![{_DASH[1:-1]}\d年月日号元万层室])"
    rf"|{_DASH}{{1,2}}\s?\d{{1,5}}(?!\d))"
    r"(?:[、/,]\s?\d{3,4}(?![\d年月日号元万.]))*"
)
_SHAPED = re.compile(
    rf"(?:(?:\+|00)\s?\d{{1,3}}[-. ()]{{0,3}}\d(?:[-. ()]{{0,2}}\d){{6,12}}"
    rf"|\(?86\)?[-— ]?1[3-9]\d(?:[- ]?\d{{4}}){{2}}"
    rf"|1[3-9]\d(?:[-— ]?\d{{4}}){{2}}"
    rf"|1[3-9]\d[-— ]\d{{3}}[-— ]\d{{5}}|1[3-9]\d{{2}}[-— ]\d{{3}}[-— ]\d{{4}}"
    rf"|1[3-9]\d{{3}}[-— ]\d{{6}}|1[3-9](?:[ -]\d){{9}}"
    rf"|\(?0\d{{2,3}}\s?\)?\s?{_DASH}{{1,2}}\s{{0,2}}\d{{7,9}}"
    rf"|\(0\d{{2,3}}\)\s?\d{{3,4}}[ -]?\d{{4}}"
    rf"|\(?0\d{{2,3}}\s?\)?\s?{_DASH}{{1,2}}\s?\d{{3,4}}[- ]\d{{4}}"
    rf"|0\d{{2,3}} {{1,2}}\d{{7,8}}|0(?:10|2\d|[3-9]\d\d)\d{{7,8}}"
    rf"|1[3-9]\d[*xX＊×]{{3,6}}\d{{2,4}}"
    rf"|[48]\d{{2,3}}{_DASH}\s?\d{{3,4}}{_DASH}\s?\d{{3,4}}|[48]00\d{{7}}"
    r")"
)
_OTHER = re.compile(
    r"(?:编\s{0,4}[号码]|代\s{0,2}码|备\s?案号?|计\s?划[号书]?|文\s?号|账\s{0,4}号"
    r"|帐\s{0,4}号|账\s?户|卡\s?号|行\s?号|邮\s{0,4}编|邮政编码|税\s{0,2}号|"
    r"信用代码|登记证?号|许可证?号?|证\s{0,2}号|证书号?|序\s?号|序列号|发票号码?|流水号"
    r"|单\s?号|条码|型\s?号|"
    r"批\s?号|项目号|包\s?号|合同号|意向号|金\s?额|预\s?算|价|[iI][dD]|[Nn][oO]\.?"
    r"|[Qq][Qq]群?号?|群\s?号|会议号|¥|￥|\$)"
    r"(?:\([^()\n]{0,16}\))?\s{0,4}[:为是]?\s{0,4}[\[(《〔]?(?:[A-Z]{0,12}[-—]?)?$"
)
_NUMBERED = re.compile(
    r"(?:编\s{0,4}号|文\s?号|项目号|合同号"
    r"|备案号)(?:\([^()\n]{0,16}\))?\s{0,4}:?\s{0,4}(\d[\d-]{6,20}\d)"
)
_CALLED = re.compile(
    r"(?:电\s{0,4}话|手\s{0,4}机|传\s{0,4}真|热\s?线|专\s?线|致电|拨打|[Tt]el|TEL|[Ff]ax"
    r"|[Pp]hone)[^\n\d]{0,12}$"
)
_DATE = re.compile(r"(?:19|20)\d\d\s?[-./—]\s?[01]?\d\s?[-./—]\s?[0-3]?\d(?!\d)|(?:19|20)\d\d\s?年")
_SPLIT = re.compile(r"[、,;或和及\n]|(?<=\d{7})/|(?<=\d{4})\s{2,}(?=\d{7})")
_HOTLINE = re.compile(
    r"(?:热线|致电|拨打|联系|电话|客服|服务)(?:电话|热线|号码)?\s?:?\s?((?:9[5-9]\d{3,4}"
    r"|1(?:0000|0010|0086|23\d\d|2[0-3]\d{2}|1[0-9]{1}))(?!\d))"
)
_URL = re.compile(r"(?:https?:/{0,2}|www\.)[!-~]+")


_RUN = re.compile(r"[\d+(][\d\-—–－−‐‑―﹣~ ()+*xX＊×./\n]{5,}+")


def digit_runs(text: str) -> list[Span]:
    """Where numbers may stand: digits with the marks and blanks that numbers are written with."""
    return [match.span() for match in _RUN.finditer(text)]


def phones(text: str, runs: Sequence[Span]) -> list[Span]:
    """Spans of phones, in order, none overlapping. ``runs`` are those of ``digit_runs``."""
    urls = [match.span() for match in _URL.finditer(text)] if ":/" in text or "www." in text else []
    taken: list[Span] = []
    for match in _LABELLED.finditer(text):
        taken += _labelled(text, match)
    taken += [match.span(1) for match in _HOTLINE.finditer(text)]
    taken += [match.span("value") for match in _IN_WORDS.finditer(text)]
    numbered = {match[1] for match in _NUMBERED.finditer(text)}
    for match in chain.from_iterable(_SHAPED.finditer(text, *run) for run in runs):
        span = match.span()
        if _free(text, match) and match[0].strip("()") not in numbered and not _inside(span, urls):
            taken.append(_extended(text, span))
    return _merge(taken + [more for span in taken for more in _continued(text, span[1])])


_MORE = re.compile(r"\s{0,2}[、,;/或和]\s{0,2}(\d{7,12})(?![\d.])(?!\s?[元万年])")


def _continued(text: str, end: int) -> list[Span]:
    """Numbers listed after a phone: 0751-48718860或82791316转2642."""
    found: list[Span] = []
    while match := _MORE.match(text, end):
        found.append(_extended(text, match.span(1)))
        end = found[-1][1]
    return found


def _labelled(text: str, match: re.Match[str]) -> list[Span]:
    """The numbers of a labelled value, one span each."""
    found: list[Span] = []
    start, end = match.span("value")
    if _OTHER.search(text[max(0, match.start() - 8) : match.start()]):
        return found
    position = start
    pieces = list(_SPLIT.finditer(text, start, end))
    for cut in [*pieces, None]:
        stop = cut.start() if cut else end
        if cut and cut[0] == "\n" and not text[position:stop].strip().endswith(tuple("-—–")):
            span = _piece(text, position, stop, bool(found))
            if span:
                found.append(span)
            if not re.match(r"\s*[、,;或/]", text[stop : stop + 4]):
                return found
            position = stop + 1
            continue
        if cut and cut[0] == "\n":
            continue
        span = _piece(text, position, stop, bool(found))
        if span:
            found.append(span)
        elif text[position:stop].strip():
            return found
        position = cut.end() if cut else end
    return found


_NO_PHONE_AFTER = re.compile(r"\s?[元万亿%％:年月日个名人份套℃]")
_GOES_ON = re.compile(r"\.\d|[A-Za-z@]")


def _piece(text: str, start: int, stop: int, again: bool) -> Span | None:
    """One number of a labelled list, with its extension; None where it is none.

    ``again``: a number stood before it, so that a short one may be an extension.
    """
    while start < stop and text[start] in " \n/":
        start += 1
    match = _PIECE.match(text, start, stop)
    if not match or _DATE.match(text, start) or _NO_PHONE_AFTER.match(text, match.end()):
        return None
    digits = sum(char.isdigit() for char in match[0])
    if not (3 if again else 5) <= digits <= 16 or (digits < 5 and not match[0].isdigit()):
        return None
    if _GOES_ON.match(text, match.end()) and not _EXTENSION.match(text, match.end()):
        return None
    return _extended(text, match.span())


def _extended(text: str, span: Span) -> Span:
    extension = _EXTENSION.match(text, span[1])
    start, end = span[0], extension.end() if extension else span[1]
    if text[start] == "(" and ")" not in text[start:end]:
        start += 1
    return start, end


_UNIT_AFTER = re.compile(r"\s{0,2}[元万亿年]|\.\d|@")
_CODE_AFTER = re.compile(rf"[A-DF-Za-df-wyz_\d]|{_DASH}[A-Za-z0-9]*[A-Za-z]|[\])]\d")
_CODE_BEFORE = re.compile(r"[A-Za-z0-9_=%&#$]$")
_JOINED_BEFORE = re.compile(r"[A-Za-z0-9\]][-—/.\[]$")
_LISTED_BEFORE = re.compile(r"\d{7}/$")


def _free(text: str, match: re.Match[str]) -> bool:
    """Whether an unlabelled number of phone shape may be a phone."""
    start, end = match.span()
    if _UNIT_AFTER.match(text, end) or _CODE_AFTER.match(text, end):
        return False
    before = text[max(0, start - 40) : start]
    called = _CALLED.search(before, max(0, len(before) - 24)) is not None
    if _CODE_BEFORE.search(before):
        return called and before[-1].isalpha()
    if called:
        return True
    # ZB-138… is the tail of a code; 0991-2345678/13800000000 is the second number of a list.
    if _JOINED_BEFORE.search(before) and not _LISTED_BEFORE.search(before):
        return False
    return _OTHER.search(before) is None


def _inside(span: Span, others: list[Span]) -> bool:
    return any(start <= span[0] < end for start, end in others)


def _merge(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
