"""Numbers of the parties of a Chinese notice, wherever they stand beside a party's name.

统一社会信用代码 stands behind a name, in its row, or on one of the next lines; 厂商代码 of Taiwan
before or behind it, the same way throughout a notice, and so 机关代码. Whose a number is must be
plain: where another organisation stands between, or two numbers claim one name, none is taken.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

import msgspec

from sousveil.extract.chinese.reading import Reading
from sousveil.extract.chinese.source import Source
from sousveil.extract.chinese.values import looks_like_organisation
from sousveil.extract.party_ids import each_once, party_id
from sousveil.model import Field, Notice, PartyId

_CREDIT_LABEL = re.compile("信用代码|信用码|纳税人识别号")
_CREDIT_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z](?: ?[0-9A-Za-z]){17}(?![0-9A-Za-z])")
_TAIWAN = re.compile(
    r"(?P<label>[厂机][商关]代码|统一编号)[\]\s:]{1,4}(?P<number>[0-9A-Za-z.]{2,20})"
)
_FURTHEST = 250
_MOST_LINES = 6
_NEAR = 80
_MOST_PLACES = 50
_GOES_ON = re.compile(
    "(?!统一社会|统一信用|社会信用|社会统一|信用|纳税人|地址|联系|法定|法人|代码|企业信用|为|的|[（(])[一-龥]"
)
_BEFORE = re.compile(r"(?:[^一-龥]|^|为|是|由|商|人|位|称|方|构)$")
_SEGMENTS = re.compile(r"[\n\t:,，、;；()]")
_NAMES = "厂商名称"


class _Place(msgspec.Struct, frozen=True, order=True, gc=False):
    """Where a party is named."""

    start: int
    end: int
    name: str
    role: str


def identifiers(reading: Reading, notice: Notice) -> tuple[Field[PartyId], ...]:
    """The numbers of buyer, agency, suppliers and bidders, each with its own evidence."""
    skeleton = reading.source.skeleton
    found: list[Field[PartyId] | None] = []
    if _CREDIT_LABEL.search(skeleton):
        found += _credit_codes(reading.source, _places(reading.source, notice))
    if reading.currency == "TWD" and _TAIWAN.search(skeleton):
        found += _taiwan(reading.source, _places(reading.source, notice))
    return _undisputed(each_once(found))


def _places(source: Source, notice: Notice) -> list[_Place]:
    """Every place where a party's name stands by itself, in order; of nested ones the longest."""
    parties = [("buyer", notice.buyer), ("agency", notice.agency)]
    parties += [("supplier", field) for field in notice.suppliers]
    parties += [("bidder", field) for field in notice.bidders]
    found: list[_Place] = []
    for role, field in parties:
        if field is None or len(field.value) < 4:
            continue
        at = source.text.find(field.raw)
        for _ in range(_MOST_PLACES):
            if at < 0:
                break
            found.append(_Place(at, at + len(field.raw), field.value, role))
            at = source.text.find(field.raw, at + 1)
    found.sort(key=lambda place: (place.start, -place.end))
    kept: list[_Place] = []
    for place in found:
        if kept and place.end <= kept[-1].end and place.name != kept[-1].name:
            continue
        if _alone(source.skeleton, place):
            kept.append(place)
    return kept


def _alone(skeleton: str, place: _Place) -> bool:
    """Whether the name ends and begins there: 某局 in 某局交警大队 names another body."""
    if _GOES_ON.match(skeleton, place.end):
        return False
    return _BEFORE.search(skeleton, max(0, place.start - 1), place.start) is not None


def _credit_codes(source: Source, places: list[_Place]) -> Iterator[Field[PartyId] | None]:
    skeleton = source.skeleton
    label = _CREDIT_LABEL.search(skeleton)
    for match in _CREDIT_CODE.finditer(skeleton, label.end() if label else len(skeleton)):
        owner = _beside(skeleton, places, match.start(), match.end())
        if owner is not None:
            yield party_id(owner.name, "CN-USCC", match[0], source.evidence(*match.span()))


def _beside(skeleton: str, places: list[_Place], start: int, end: int) -> _Place | None:
    """The party whose line or row a number stands in, else the one named on a line above."""
    first, last = skeleton.rfind("\n", 0, start) + 1, skeleton.find("\n", end)
    line = (first, last if last >= 0 else len(skeleton))
    here = [place for place in places if line[0] <= place.start and place.end <= line[1]]
    before = [place for place in here if place.end <= start]
    if before:
        return _nothing_between(skeleton, before[-1], start)
    names = {place.name for place in here}
    if names:
        return here[0] if len(names) == 1 and "\t" in skeleton[slice(*line)] else None
    above = [place for place in places if start - _FURTHEST <= place.start and place.end <= start]
    if not above or skeleton.count("\t", *line) > 1:
        return None
    if skeleton.count("\n", above[-1].end, start) > _MOST_LINES:
        return None
    return _nothing_between(skeleton, above[-1], start)


def _nothing_between(skeleton: str, place: _Place, start: int) -> _Place | None:
    between = _SEGMENTS.split(skeleton[place.end : start])
    other = any(looks_like_organisation(segment.strip()) for segment in between)
    return None if other or _CREDIT_CODE.search(skeleton, place.end, start) else place


def _taiwan(source: Source, places: list[_Place]) -> Iterator[Field[PartyId] | None]:
    skeleton = source.skeleton
    named, coded = skeleton.find(_NAMES), skeleton.find("厂商代码")
    names_first = 0 <= named < coded
    for match in _TAIWAN.finditer(skeleton):
        of_buyer = match["label"] == "机关代码"
        own = [place for place in places if (place.role in ("buyer", "agency")) is of_buyer]
        start, end = match.span()
        if names_first and not of_buyer:
            near = [place for place in own if start - _NEAR <= place.end <= start][-1:]
        else:
            near = [place for place in own if end <= place.start <= end + _NEAR][:1]
        span = match.span("number")
        for owner in near:
            scheme = "TW-PCC" if of_buyer else "TW-UBN"
            yield party_id(owner.name, scheme, match["number"], source.evidence(*span))


def _undisputed(found: tuple[Field[PartyId], ...]) -> tuple[Field[PartyId], ...]:
    """Without the numbers of names that have several of one scheme: one of them is another's."""
    claims: dict[tuple[str, str], set[str]] = defaultdict(set)
    for field in found:
        claims[field.value.name, field.value.scheme].add(field.value.id)
    return tuple(f for f in found if len(claims[f.value.name, f.value.scheme]) == 1)
