"""Which parts of a notice say what is bought, and which are boilerplate."""

import re

from sousveil.extract.chinese.forms import load
from sousveil.extract.chinese.reading import Reading
from sousveil.extract.chinese.source import Source
from sousveil.model import Field, Page, Section

_CHAPTER = re.compile(
    r"^[ \t]*(?:第\s*[一二三四五六七八九十\d]{1,3}\s*(?:章|部分|卷|篇|节)|"
    r"附件\s*[一二三四五六七八九十\d]{1,2})"
    r"[ :：、.]*(?P<title>[^\n.…]{2,40})$",
    re.MULTILINE,
)
_PURPOSE = re.compile(
    r"采购需求|项目需求|技术(?:要求|规格|需求|参数|标准|部分)|用户需求|供货要求|服务(?:要求|需求|内容)|招标(?:内容|需求|要求|项目及要求|项目要求|范围)|采购内容|货物需求|商务(?:要求|、技术)|项目(?:要求|概况|内容)|工作内容|建设(?:内容|方案|需求)|需求书|需求说明|采购清单|工[程作]量清单|委托人要求|发包人要求"
)


def sections_of(reading: Reading, name: Field[str] | None) -> tuple[Section, ...]:
    """Title, name and sections of the pages read, in the order they stand."""
    source = reading.source
    found: list[tuple[str, int, int]] = []
    start, end = reading.title_span
    body = 0
    if reading.title is not None:
        found.append(("title", start, end))
        body = end
    roles = load().roles
    marks = reading.layout.marks
    first = marks[0].start if marks else len(source.text)
    found += _with_needs(reading, "body", min(body, first), first)
    for index, mark in enumerate(marks):
        until = marks[index + 1].start if index + 1 < len(marks) else len(source.text)
        role = roles.get(mark.section, "body")
        if role == "boilerplate":
            found.append((role, mark.start, until))
        else:
            found += _with_needs(reading, role, mark.start, until)
    result = [piece for role, a, b in found for piece in _on_pages(source, role, a, b)]
    if name is not None:
        evidence = name.evidence
        result.append(Section("name", evidence.page, evidence.start, evidence.end))
    return tuple(result)


def _with_needs(reading: Reading, role: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """A stretch cut where labels such as 采购需求 open a purpose inside it."""
    if start >= end:
        return []
    if role == "purpose":
        return [(role, start, end)]
    found: list[tuple[str, int, int]] = []
    at = start
    for first, last in _needs(reading, start, end):
        if first < at:
            continue
        if first > at:
            found.append((role, at, first))
        found.append(("purpose", first, last))
        at = last
    if at < end:
        found.append((role, at, end))
    return found


def _needs(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    """Spans that say what is bought: from a label of the need to the next other label, cells."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for pair in reading.layout.pairs:
        if not start <= pair.label_start < end:
            continue
        if pair.field == "need" and pair.how == "cell":
            spans.append((pair.label_start, pair.end))
        elif pair.field == "need" and opened is None:
            opened = pair.label_start
        elif opened is not None and pair.field not in _WITHIN and pair.how != "inline":
            spans.append((opened, pair.label_start))
            opened = None
    if opened is not None:
        spans.append((opened, end))
    for record in reading.records:
        cell = record.cells.get("need")
        if cell is not None and start <= cell.start < end:
            spans.append((cell.start, cell.end))
    return sorted(spans)


_WITHIN = frozenset(
    {
        "need", "lot_name", "lot_number", "item_number", "quantity", "budget", "lot_budget",
        "item_budget", "ceiling", "lot_ceiling", "unit_price", "name",
    }
)  # fmt: skip


def _on_pages(source: Source, role: str, start: int, end: int) -> list[Section]:
    pieces: list[Section] = []
    skeleton = source.skeleton
    for base, page_end in zip(source.bases, source.ends, strict=True):
        first, last = max(start, base), min(end, page_end)
        while first < last and skeleton[first] in " \t\n":
            first += 1
        while last > first and skeleton[last - 1] in " \t\n":
            last -= 1
        if first < last:
            page, begins, ends = source.on_page(first, last)
            pieces.append(Section(role, page.number, begins, ends))  # type: ignore[arg-type]
    return pieces


def chapters_of(pages: tuple[Page, ...], last_role: str = "boilerplate") -> tuple[Section, ...]:
    """Roles of the pages behind the notice chapter, by the headings of the document's chapters."""
    found: list[Section] = []
    role = last_role
    for page in pages:
        at = 0
        text = page.text
        if text.count("....") > 3 or text.count("……") > 3:  # a table of contents
            continue
        for match in _CHAPTER.finditer(text):
            if match.start() > at:
                found.append(Section(role, page.number, at, match.start()))  # type: ignore[arg-type]
            role = "purpose" if _PURPOSE.search(match["title"]) else "boilerplate"
            at = match.start()
        if at < len(text):
            found.append(Section(role, page.number, at, len(text)))  # type: ignore[arg-type]
    return tuple(found)
