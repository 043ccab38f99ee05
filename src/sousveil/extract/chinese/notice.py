"""Puts a notice together from what the pickers found."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import structs

from sousveil.extract.chinese import amounts, awards, deadlines, parties, projects
from sousveil.extract.chinese.acceptance import judge, may_be
from sousveil.extract.chinese.conversions import stated_conversions
from sousveil.extract.chinese.crosscheck import (
    agreed_amount,
    agreed_words,
    check_amounts,
    check_planned,
)
from sousveil.extract.chinese.identifiers import identifiers
from sousveil.extract.chinese.intentions import intentions
from sousveil.extract.chinese.layout import lay_out
from sousveil.extract.chinese.lots import lots_of
from sousveil.extract.chinese.planned import planned
from sousveil.extract.chinese.reading import Reading, group
from sousveil.extract.chinese.sections import chapters_of, sections_of
from sousveil.extract.chinese.source import Source
from sousveil.extract.chinese.tables import read_tables
from sousveil.extract.chinese.titles import decide_type, field_of, find_title
from sousveil.extract.party_ids import of_parties
from sousveil.model import Field, Money, Notice, Page
from sousveil.model.ids import notice_id

_HEAD_PAGES = 8
"""Pages in which the notice of a bidding document is looked for (cover, contents, chapter one)."""


@lru_cache(maxsize=1)
def read(pages: tuple[Page, ...]) -> Reading:
    """Read the shape, title and type of the first pages; kept from the judgement to the reading."""
    source = Source(head_of(pages))
    layout = lay_out(source)
    title = find_title(source, layout)
    reading = Reading(
        source=source,
        layout=layout,
        records=read_tables(source, layout),
        by_field=group(layout.pairs),
        title=field_of(source, title),
        type="other",
        type_raw=None,
        title_span=(title.start, title.end) if title else (0, 0),
    )
    if source.traditional:
        reading.currency = "HKD" if source.hong_kong else "TWD"
    method = projects.method(reading)
    reading.type, reading.type_raw = decide_type(
        source, layout, title, method.value if method else None
    )
    return reading


def head_of(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages read for fields."""
    return tuple(pages[:_HEAD_PAGES])


def accepts(pages: Sequence[Page]) -> float:
    """How surely the pages are a Chinese procurement notice."""
    return judge(read(tuple(pages))) if may_be(pages) else 0.0


def extract(pages: Sequence[Page]) -> Iterator[Notice]:
    """The notice that the pages hold; of a table of intentions, one for each purchase."""
    reading = read(tuple(pages))
    notice = _notice(reading, pages)
    rows = intentions(reading) if reading.type == "intention" else ()
    if len(rows) < 2:
        yield notice
        return
    for ordinal, row in enumerate(rows):
        one = structs.replace(
            notice,
            notice_id=notice_id(notice.document_sha256, notice.page, notice.pointer, ordinal),
            project_name=row.name,
            budget=row.budget,
            currency=amounts.currency_of(reading, (row.budget,)),
            buyer=row.buyer or notice.buyer,
            lots=(),
            lot_count=None,
            sections=row.sections,
            flags=row.flags,
            masked=dict(row.masked),
        )
        yield structs.replace(one, identifiers=of_parties(one))


def _notice(reading: Reading, pages: Sequence[Page]) -> Notice:
    number = agreed_words(reading, projects.project_id(reading), "project_id")
    name = agreed_words(reading, projects.project_name(reading), "project_name")
    budget, budgets = planned(reading, "budget")
    ceiling, ceilings = planned(reading, "ceiling")
    award, parts = awards.award(reading)
    _judge(reading, award, budget or ceiling)
    check_amounts(reading, "budget", budget, budgets, ("budget",))
    check_amounts(reading, "ceiling", ceiling, ceilings, ("ceiling",))
    check_amounts(reading, "award", award, parts, ("award", "contract_amount"))
    check_planned(reading, budget, ceiling)
    budget = agreed_amount(reading, "budget", budget, ("budget",))
    ceiling = agreed_amount(reading, "ceiling", ceiling, ("ceiling",))
    award = agreed_amount(reading, "award", award, ("award", "contract_amount"))
    lots, count = lots_of(reading, budgets, ceilings, parts)
    published = deadlines.published(reading)
    deadline = deadlines.bid_deadline(reading)
    others = awards.others(reading)
    conversions = stated_conversions(reading, published, deadline)
    first = pages[0]
    rest = tuple(page for page in pages if page.number > reading.source.pages[-1].number)
    notice = Notice(
        notice_id=notice_id(first.document_sha256, first.number, first.pointer),
        document_sha256=first.document_sha256,
        page=first.number,
        pages=tuple(page.number for page in pages),
        pointer=first.pointer,
        source_standard=_standard(reading),
        notice_type=reading.type,
        type_raw=reading.type_raw,
        language="zh",
        project_id=number,
        plan_id=projects.plan_id(reading),
        project_name=name,
        title=reading.title,
        buyer=agreed_words(reading, parties.buyer(reading), "buyer", "name"),
        agency=agreed_words(reading, parties.agency(reading), "agency", "name"),
        method=projects.method(reading),
        budget=budget,
        ceiling=ceiling,
        award=award,
        other_amounts=others + conversions,
        currency=amounts.currency_of(reading, (award, budget, ceiling)),
        suppliers=parties.suppliers(reading),
        bidders=parties.bidders(reading),
        lots=lots,
        lot_count=count,
        published=published,
        first_published=deadlines.first_published(reading),
        bid_deadline=deadline,
        country={"CNY": "CN", "TWD": "TW", "HKD": "HK"}[reading.currency],
        places=parties.places(reading),
        sections=sections_of(reading, name) + chapters_of(rest),
        references=projects.references(reading, number),
        source_url=first.source_url,
        captured_at=first.captured_at,
        flags=tuple(sorted(reading.flags)),
        masked=dict(Counter(span.kind for page in pages for span in page.masked)),
    )
    return structs.replace(notice, identifiers=identifiers(reading, notice))


_FAR_OFF = 100


def _judge(reading: Reading, award: Field[Money] | None, planned: Field[Money] | None) -> None:
    """Flag an award a hundredfold off what was planned: somebody misread a unit."""
    if award is None or planned is None or award.value.currency != planned.value.currency:
        return
    high, low = sorted((award.value.amount, planned.value.amount), reverse=True)
    if high >= _FAR_OFF * low:
        reading.flags.add("award_far_off_budget")


def _standard(reading: Reading) -> str:
    """Whose rules the notice follows."""
    if reading.currency == "TWD":
        return "tw-pcc"
    sections = {mark.section for mark in reading.layout.marks}
    skeleton = reading.source.skeleton
    if "招标条件" in skeleton and "招标人" in skeleton:
        return "cn-bidding-law"
    ministry = sum(
        words in skeleton
        for words in (
            "项目基本情况",
            "按以下方式联系",
            "其他补充事宜",
            "公告期限",
            "主要标的信息",
            "更正信息",
        )
    )
    if ministry >= 2 and sections:
        return "cn-mof-2020"
    return "cn-bidding-law" if "招标人" in skeleton and "采购人" not in skeleton else "cn-free"
