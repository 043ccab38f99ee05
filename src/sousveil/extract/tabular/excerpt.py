"""What the words of a notice inside a record say: exports give its beginning, all on one line.

The labelled values of a notice (项目编号：… 二、项目名称：…) stand in the description. It is read
by the rules of the Chinese forms, with the line ends put back that the export has lost.
"""

import re
from itertools import pairwise
from typing import TypeVar

from sousveil.extract.chinese import EXTRACTOR as CHINESE
from sousveil.extract.chinese.run_on import line_ends
from sousveil.extract.tabular.cells import Value
from sousveil.model import Evidence, Field, Notice, Page
from sousveil.text.json_escapes import undo_escapes

_T = TypeVar("_T")
_LABELLED = re.compile(
    r"(?:项目|采购|招标|招標|標案|标案)(?:编号|編號|名称|名稱|案号|案號)\s?[:：(（]?"
)
_NAMED = re.compile(r"名称\s?[:：]\s?$")
_SHORTEST = 12
_WHOSE = re.compile(
    r"项目概况\s{0,3}(?P<name>(?=\S)[^。;；:：\n【】]{4,100}?)(?P<form>招标项目|(?:(?<=项目)|(?<=项目[(（].{3}[)）]))采购项目)?的?潜在(?:供应商|投标人|申请人)应"
)
"""How the ministry's form opens: (项目名称)采购项目的潜在供应商应在…获取采购文件."""
_EXPLAINED = re.compile(
    r"拟采购的?(?:货物|服务|工程)(?:[或和、]者?(?:货物|服务|工程))*的说明\s?[:：]"
)
"""The label that stands behind 项目名称 in the form of a single source."""


def named_in_words(said: str, title: str) -> tuple[str, int, int] | None:
    """The project's name as a description tells it without its label, and where it stands: in the
    ``title`` if the description has lost its beginning ("title"), else in the description."""
    whose = _WHOSE.search(said)
    if whose is not None:
        return ("purpose", *whose.span("name"))
    explained = _EXPLAINED.search(said)
    if explained is None or explained.start() < _SHORTEST:
        return None
    at = title.find(said[: explained.start()].strip())
    return ("title", 0, at + len(said[: explained.start()].strip())) if at > 0 else None


class Excerpt:
    """The notice that a description holds, its fields with evidence in the record's own text."""

    def __init__(self, page: Page, notice: Notice, offsets: list[int]) -> None:
        self.notice = notice
        self._page = page
        self._offsets = offsets

    def labelled_name(self) -> Field[str] | None:
        """The project's name where a label states it; a title is no label."""
        field = self.field(self.notice.project_name)
        if field is None or not _NAMED.search(self._page.text[: field.evidence.start][-6:]):
            return None
        return field

    def field(self, field: Field[_T] | None) -> Field[_T] | None:
        """A field of the excerpt's notice with its evidence in the record."""
        if field is None:
            return None
        found = field.evidence
        start = self._offsets[found.start]
        end = self._offsets[found.end - 1] + 1 if found.end > found.start else start
        page = self._page
        quote = page.text[start:end]
        evidence = Evidence(page.document_sha256, page.number, start, end, quote, found.extractor)
        return Field(field.value, quote, evidence, min(field.confidence, 0.9))


def excerpt(page: Page, value: Value | None) -> Excerpt | None:
    """The notice in a description; None where it has no labelled values."""
    if value is None or len(value.said) < _SHORTEST or not _LABELLED.search(value.said):
        return None
    content = page.text[value.start : value.end]
    plain = undo_escapes(content) if page.obtained == "record" else None
    text, places = (plain.text, plain.offsets) if plain else (content, range(len(content) + 1))
    cuts = line_ends(text)
    parts: list[str] = []
    offsets: list[int] = []
    for start, end in pairwise([0, *cuts, len(text)]):
        parts.append(text[start:end])
        offsets += [value.start + place for place in places[start:end]]
        offsets.append(value.start + places[end])  # of the line end put back
    words = Page(page.document_sha256, page.number, "\n".join(parts), "plain", page.media_type)
    notice = next(iter(CHINESE.extract([words])), None)
    return None if notice is None else Excerpt(page, notice, offsets)
