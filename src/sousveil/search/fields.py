"""The fields a query may name: one explicit list, and how each reads its values from a row."""

import math
import re
from collections.abc import Iterable
from datetime import date
from enum import Enum
from functools import lru_cache
from itertools import combinations, product
from typing import get_args

import msgspec

from sousveil.model import NoticeType
from sousveil.search.rows import IndexRow
from sousveil.text.normalise import normalise, squash
from sousveil.text.scripts import fold


class Kind(Enum):
    """How the values of a field are compared."""

    WORDS = "words or a phrase in it"
    CODE = "a code"
    ID = "an identifier given by Sousveil"
    NUMBER = "a number of a document"  # a name such as 〔2020〕12号, compared without spaces
    PLACE = "a place"
    ORGANISATION = "an organisation: its key, any of its names, or a number (`CN-USCC:…`)"
    FLAG = "true or false"
    WHOLE = "whole numbers"
    AMOUNT = "numbers"
    DAY = "dates"


class FieldSpec(msgspec.Struct, frozen=True):
    """One field: ``attribute`` of IndexRow it reads, other names it goes by, and an example."""

    name: str
    kind: Kind
    attribute: str
    example: str
    aliases: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("title", Kind.WORDS, "title", "title:人脸识别"),
    FieldSpec("name", Kind.WORDS, "project_name", "name:平安城市", ("project_name",)),
    FieldSpec("buyer", Kind.WORDS, "buyer", 'buyer:"公安局"'),
    FieldSpec("agency", Kind.WORDS, "agency", "agency:招标"),
    FieldSpec("supplier", Kind.WORDS, "suppliers", "supplier:海康", ("suppliers",)),
    FieldSpec("bidder", Kind.WORDS, "bidders", "bidder:海康", ("bidders",)),
    FieldSpec("org", Kind.ORGANISATION, "orgs", "org:昌吉市公安局", ("organisation",)),
    FieldSpec("buyer_org", Kind.ORGANISATION, "buyer_orgs", "buyer_org:昌吉市公安局"),
    FieldSpec(
        "supplier_org", Kind.ORGANISATION, "supplier_orgs", "supplier_org:g04d9fe8a0c1b2d3e4f5a6b7c"
    ),
    FieldSpec("method", Kind.WORDS, "method", "method:磋商"),
    FieldSpec(
        "type", Kind.CODE, "notice_type", "type:award", ("notice_type",), get_args(NoticeType)
    ),
    FieldSpec("buyer_type", Kind.CODE, "buyer_type", "buyer_type:police"),
    FieldSpec("country", Kind.CODE, "country", "country:CN"),
    FieldSpec("province", Kind.PLACE, "province", "province:新疆"),
    FieldSpec("place", Kind.PLACE, "place", "place:昌吉"),
    FieldSpec(
        "capability", Kind.CODE, "capabilities", "capability:face_recognition", ("capabilities",)
    ),
    FieldSpec("platform", Kind.CODE, "platforms", "platform:twitter", ("platforms",)),
    FieldSpec(
        "target",
        Kind.CODE,
        "target_groups",
        "target:diaspora",
        ("targets", "target_group", "target_groups"),
    ),
    FieldSpec("function", Kind.CODE, "functions", "function:link", ("functions",)),
    FieldSpec(
        "source",
        Kind.CODE,
        "data_sources",
        "source:telecom_records",
        ("sources", "data_source", "data_sources"),
    ),
    FieldSpec("surveillance", Kind.FLAG, "surveillance", "surveillance:true"),
    FieldSpec("basis", Kind.CODE, "basis", "basis:coder", (), ("rule", "model", "coder")),
    FieldSpec("overseas", Kind.FLAG, "overseas_target", "overseas:true", ("overseas_target",)),
    FieldSpec("level", Kind.WHOLE, "sophistication", "level:>=3", ("sophistication",)),
    FieldSpec("ladder", Kind.CODE, "ladder", "ladder:online", ("sophistication_ladder",)),
    FieldSpec("year", Kind.WHOLE, "year", "year:2020..2022"),
    FieldSpec("published", Kind.DAY, "published", "published:2020-01..2020-06", ("date",)),
    FieldSpec("amount_usd", Kind.AMOUNT, "amount_usd", "amount_usd:>200000", ("usd",)),
    FieldSpec("amount", Kind.AMOUNT, "amount", "amount:100万..500万"),
    FieldSpec("currency", Kind.CODE, "currency", "currency:CNY"),
    FieldSpec(
        "project", Kind.ID, "project_key", "project:p04d9fe8a0c1b2d3e4f5a6b7c", ("project_key",)
    ),
    FieldSpec(
        "notice", Kind.ID, "notice_id", "notice:e3b0c44298fc1c149afbf4c8996fb924", ("notice_id",)
    ),
    FieldSpec("project_id", Kind.NUMBER, "project_id", "project_id:XJ-2020-017"),
    FieldSpec("plan_id", Kind.NUMBER, "plan_id", "plan_id:JH-2020-44"),
    FieldSpec(
        "document",
        Kind.ID,
        "document_sha256",
        "document:2c26b46b68ffc68ff99b453c1d304134",
        ("document_sha256",),
    ),
    FieldSpec("standard", Kind.CODE, "source_standard", "standard:ocds-1.1", ("source_standard",)),
    FieldSpec("duplicate", Kind.FLAG, "duplicate", "duplicate:false"),
    FieldSpec("flag", Kind.CODE, "flags", "flag:amount_conversion_disagrees", ("flags",)),
)

BY_NAME: dict[str, FieldSpec] = {
    name: spec for spec in FIELDS for name in (spec.name, *spec.aliases)
}

_SPACES = re.compile(r"\s+")
_WORD_BREAKS = re.compile(r"[\s\-]+")
# Peoples that autonomous prefectures, counties and banners are named after, without 族.
_PEOPLES = (
    "壮|回|维吾尔|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|藏|羌|彝|苗|侗|布依|土家|土|傣|景颇|傈僳|独龙|怒|白|哈尼|拉祜|佤"
    "|布朗|纳西|普米|朝鲜|满|瑶|黎|畲|仡佬|仫佬|毛南|水|撒拉|东乡|保安|裕固|各|达斡尔|鄂温克|鄂伦春"
)
_PLAIN_UNITS = "自治[区州县旗]|特别行政区|地区|新区|[省市州盟县区旗]"
_UNITS = (
    re.compile(f"(?:(?:(?:{_PEOPLES})族?)+自治[区州县旗]|{_PLAIN_UNITS})$"),
    re.compile(f"(?:{_PLAIN_UNITS})$"),  # for 西藏 and 内蒙古, where the people's name stays
)
_MAX_CODE = 200


def code_key(value: str, kind: Kind) -> str:
    """The form in which codes, ids, numbers and places are compared: never longer than 200."""
    if kind is Kind.ID and value.isascii():
        return value[:_MAX_CODE].strip().lower()
    if kind is Kind.ORGANISATION:  # as names are told apart: script, width, case, spaces aside
        return fold(squash(value[: 2 * _MAX_CODE]))[:_MAX_CODE]
    text = fold(normalise(value[: 2 * _MAX_CODE]).text).strip()
    if kind is Kind.CODE:
        text = _WORD_BREAKS.sub("_", text)
    elif kind is Kind.NUMBER:
        text = _SPACES.sub("", text)
    return text[:_MAX_CODE]


@lru_cache(8192)
def short_place(place: str) -> str:
    """A place's name without its kind: 昌吉回族自治州 → 昌吉, 广东省 → 广东; 沙县 stays."""
    for unit in _UNITS:
        short = unit.sub("", place)
        if len(short) >= 2:
            return short
    return place


def row_words(row: IndexRow, spec: FieldSpec | None) -> tuple[str, ...]:
    """Texts of a words field, or of all of them and the pages where ``spec`` is None.

    No phrase reaches from one text into the next.
    """
    if spec is not None:
        return row_values(row, spec)
    single = (row.title, row.project_name, row.project_id, row.plan_id, row.buyer, row.agency)
    texts = (*(text for text in single if text), *row.suppliers, *row.bidders)
    return (*texts, row.text) if row.text else texts


def row_values(row: IndexRow, spec: FieldSpec) -> tuple[str, ...]:
    """Values of a field of words, codes, numbers, places or flags, as the row has them."""
    value = getattr(row, spec.attribute)
    if value is None or value == "":
        return ()
    if isinstance(value, bool):
        return ("true",) if value else ("false",)
    return value if isinstance(value, tuple) else (str(value),)


def row_number(row: IndexRow, spec: FieldSpec) -> int | float | date | None:
    """Value of a field of whole numbers, amounts or days; None where absent or not finite."""
    value: int | float | date | None = getattr(row, spec.attribute)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def place_keys(value: str) -> set[str]:
    """What a place can be asked for by: ``=`` and a name as it is, ``~`` and its short name.

    Each part of the path counts, and parts one after the other, with others between or not:
    新疆/昌吉 finds all of 昌吉's counties, 新疆/玛纳斯县 one of them.
    """
    parts = _parts(value)
    if len(parts) > _LONGEST_PATH:
        return {_whole(parts)} | {key for part in parts for key in _part_keys(part)}
    return {
        "/".join(keys)
        for length in range(1, len(parts) + 1)
        for some in combinations(parts, length)
        for keys in product(*map(_part_keys, some))
    }


def asked_place_keys(value: str) -> set[str]:
    """Keys that answer a place: 昌吉 finds 昌吉州, 广东省 finds 广东; 朝阳市 not 朝阳区."""
    parts = _parts(value)
    if len(parts) > _LONGEST_PATH:
        return {_whole(parts)}
    return {"/".join(keys) for keys in product(*map(_asked_part_keys, parts))}


_AUTONOMOUS = ("自治州", "自治县", "自治旗")
_LONGEST_PATH = 4
"""Parts of a path: its keys multiply, and none in the tables has more."""


def _parts(value: str) -> list[str]:
    whole = code_key(value, Kind.PLACE)
    return [part for each in whole.split("/") if (part := each.strip())]


def _whole(parts: Iterable[str]) -> str:
    return "/".join(f"={part}" for part in parts)


def _part_keys(part: str) -> tuple[str, ...]:
    short = short_place(part)
    keys = (f"={part}", f"~{short}")
    # 昌吉州 is 昌吉回族自治州.
    return (*keys, f"={short}{part[-1]}") if part.endswith(_AUTONOMOUS) else keys


def _asked_part_keys(part: str) -> tuple[str, ...]:
    short = short_place(part)
    return (f"={part}", f"~{part}") if short == part else (f"={part}", f"={short}")
