"""Where a body sits: Chinese province, prefecture and county from its name, else the country.

How a Chinese name is read. Names of divisions are looked up from left to right, longest first.
The first one found says where; each further one may only narrow it (福州市 … 鼓楼区) or is
ignored. A form with its level word (昌吉州) counts anywhere, a bare one (昌吉, 广东) only where
names of bodies put a place; neither counts as part of a street, bridge or station (南京东路). One
in the middle of a name (浔阳江区), or with another level word than its own (福海市, where 福海 is a
county), is a guess: it counts only where no name given says more. After
分公司, 分行 or 支行 the branch's place counts. A name that many counties share is settled by the
other names given, or stays open. Bodies of the central government stand in Beijing, their seat.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from sousveil.reference.countries import country_of, us_state
from sousveil.reference.divisions import TAIWAN_CITIES, Division, Gazetteer, gazetteer
from sousveil.reference.regions import country_of_region, region_of
from sousveil.text.scripts import fold

_SPACE = re.compile(r"\s+")
_HAN = re.compile("[\u3400-\u9fff]")
_STREET = re.compile(
    "[东西南北中]?(?:[一二三四五六七八九十]+)?(?:路|街|大道|大街|里弄|巷|弄|胡同|大桥|站|立交|广场|大厦|公园)"
)
_NOT_A_STREET = re.compile("街道|街办|路段|路桥|站前")
_BRAND = re.compile("大学|银行|大众|现代|晚报|啤酒")
_BRANCH = re.compile("分公司|分行|支行|分校|分院|办事处|分所|（[^）]*）|\\([^)]*\\)")
_BEFORE_BARE = re.compile(
    "(?:^|中共|中国|国网|国家税务总局|集团|移动|电信|联通|铁塔|邮政|海关总署|有限公司|股份|公安部|驻|原|[（(、,，])$"
)
_AFTER_BARE = re.compile(
    "公安|警察|检察|法院|司法|监狱|戒毒|政法|宣传|网信|网络|统战|宗教|教育|卫生|卫健|融媒|广播|电视|日报|报社|"
    "人民|政府|县委|市委|区委|州委|市|县|区|州|海关|出入境|边境|边检|税务|财政|交通|公路|铁路|机场|"
    "分局|支队|大队|供电|消防|武警|军分区|城管|街道|镇|乡|大学|学院|中学|医院|"
    "监管|发展|住建|住房|民政|信访|经济|高新|开发|"
    "省|自治|盟|旗|地区|新区|技术|职业|师范|工业|科技|农业|中心|委员会|局|厅|处|站|院|所|校|有限"
)
_LEARNED = re.compile("大学|日报|晚报|报社")
"""Bodies that are not named for a county: 南华大学 is not of 南华县."""
_LEVELS = frozenset("市县区旗州盟")
_SHARED_STEMS = frozenset({"朝阳", "通州", "吉林", "海南", "河北"})
_NOT_PLACES = re.compile(
    "长治久安|平安城市|平安乡村|平安建设|和平统一|安康(?:医院|工程)|中山(?:公园|纪念)|民政|新华(?:社|通讯社|网)|"
    "西藏(?:中路|南路|北路)|海关总署"
)
_CENTRAL = re.compile(
    "^(?:中国共产党中央|中共中央|中央(?:网络|网信|军委|宣传|统战|政法|广播|电视|人民|办公厅|纪委|编办|国家|财经|党校)|"
    "国务院|最高人民(?:法院|检察院)|全国人大|全国政协|全国(?:总工会|妇联|工商联)|"
    "(?:中华人民共和国)?(?:外交|公安|国家安全|司法|国防|教育|科学技术|工业和信息化|民政|财政|人力资源和社会保障|自然资源|"
    "生态环境|住房和城乡建设|交通运输|水利|农业农村|商务|文化和旅游|退役军人事务|应急管理|审计)部|"
    "国家(?:互联网信息办公室|广播电视总局|移民管理局|信访局|宗教事务局|民族事务委员会|发展和改革委员会|卫生健康委员会|"
    "计算机网络(?:与信息安全管理中心|应急技术处理协调中心)|税务总局|市场监督管理总局|体育总局|统计局|知识产权局|能源局|邮政局|"
    "铁路局|铁路集团|档案局|保密局|密码管理局|国际发展合作署|医疗保障局|信息中心)|"
    "国家税务总局$|海关总署|中国(?:人民银行$|证券监督管理委员会|银行保险监督管理委员会|日报社?|新闻社|国际广播电台|"
    "国际电视台|外文出版发行事业局|外文局|社会科学院|科学院$|互联网络信息中心|政法大学|传媒大学|人民公安大学|驻)|"
    "中华人民共和国(?:驻|海关总署|国家)|新华(?:通讯社|社|网)|人民日报|人民网|光明日报|经济日报|环球时报|求是|央视|中新社|"
    "解放军报|法制日报|法治日报|人民公安报|中国外文)"
)
_SHANGHAI_SEAT = re.compile("公安部第三研究所")


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where a body sits. ``country`` is ISO 3166-1 alpha-2; ``province`` a short name (新疆, 广东;
    elsewhere the first-level unit), ``prefecture`` and ``county`` full Chinese names. None: open.
    """

    country: str
    province: str | None = None
    prefecture: str | None = None
    county: str | None = None


class _Hit(msgspec.Struct, frozen=True, gc=False):
    start: int
    end: int
    divisions: tuple[Division, ...]
    strong: bool
    branded: bool = False
    guess: bool = False
    """A brand that keeps the name of a place (北京大学 in 北京大学深圳医院)."""


def locate(names: Sequence[str]) -> Place | None:
    """The place of the body that ``names`` speak of, best first (its name, its address, …).

    Later names settle what an earlier one leaves open; they never overrule it. None where
    nothing tells.
    """
    return _locate(tuple(name for name in names if name))


@lru_cache(maxsize=8192)
def _locate(names: tuple[str, ...]) -> Place | None:
    found = _first_telling(names, guesses=False)
    if found is None or (found.country == "CN" and found.province is None):
        found = _first_telling(names, guesses=True) or found
    if found is None:
        country = next((c for name in names if (c := country_of_region(name))), None)
        return Place(country, region_of(names, country)) if country else None
    if found.country == "CN" or found.province is not None:
        return found
    return Place(found.country, region_of(names, found.country))


def _first_telling(names: tuple[str, ...], *, guesses: bool) -> Place | None:
    """What the names say, the first telling one first; regions of other countries left open."""
    open_divisions: tuple[Division, ...] = ()
    country: str | None = None
    for name in names:
        if open_divisions:
            narrowed = _narrow(
                open_divisions, _divisions(_squashed(name), guesses), keep_wider=True
            )
            if len(narrowed) == 1 or len({d.code[:2] for d in narrowed}) == 1:
                return _place(narrowed)
            open_divisions = narrowed
            continue
        found = _of_name(name, guesses)
        if isinstance(found, Place):
            if country in (None, found.country):
                return found
        elif isinstance(found, str):
            country = country or found
        elif found and country in (None, "CN"):
            if len({d.code[:2] for d in found}) == 1:
                return _place(found)
            open_divisions = found
    if open_divisions:
        return _place(open_divisions)
    return Place(country) if country else None


def _of_name(name: str, guesses: bool) -> Place | str | tuple[Division, ...]:
    """A settled place, a country alone, or the divisions the name leaves open."""
    text = _squashed(name)
    if not _HAN.search(text):
        country = country_of([name])
        if country == "US":
            return Place("US", us_state([name]))
        if country in {"HK", "MO", "TW"}:
            return Place(country)
        found = _latin(name) if country in (None, "CN") else ()
        return found or country or ()
    if text.startswith(("台湾", *TAIWAN_CITIES)):
        return Place("TW", name.strip()[:3] if text.startswith(tuple(TAIWAN_CITIES)) else None)
    divisions = _divisions(text, guesses)
    if divisions and divisions[0].code[:2] in {"71", "81", "82"}:
        return Place({"71": "TW", "81": "HK", "82": "MO"}[divisions[0].code[:2]])
    if divisions and not text.startswith(("中国驻", "中华人民共和国驻")):
        return divisions
    if _SHANGHAI_SEAT.search(text):
        return Place("CN", "上海", "上海市")
    if _CENTRAL.search(text):
        return Place("CN", "北京", "北京市")
    for city in TAIWAN_CITIES:
        if city in text:
            return Place("TW", city)
    return country_of([name]) or ()


def _divisions(text: str, guesses: bool) -> tuple[Division, ...]:
    """What the places in one squashed name leave possible, widest reading that fits them all."""
    hits = _hits(text)
    if not hits:
        return ()
    strong = [hit for hit in hits if hit.strong] or hits
    first = strong[0]
    if first.guess and not guesses:
        return ()
    last = hits[-1]
    if first.branded and last is not first and not last.branded:
        return _narrow(first.divisions, last.divisions, instead=True)
    branch = _BRANCH.search(text) if last is not first else None
    if branch is not None:
        cut = branch.group().startswith(("（", "("))
        if (branch.start() <= last.start < branch.end()) if cut else last.end <= branch.start():
            return _narrow(first.divisions, last.divisions, instead=True)
    found = first.divisions
    for hit in hits:
        if hit.start > first.start:
            found = _narrow(found, hit.divisions)
    return found


def _narrow(
    found: tuple[Division, ...],
    others: tuple[Division, ...],
    *,
    keep_wider: bool = False,
    instead: bool = False,
) -> tuple[Division, ...]:
    """``found`` cut to what ``others`` allow; where they have nothing in common ``found`` itself,
    or the others with ``instead``.

    With ``keep_wider`` no division narrower than those found is taken on: another body's county
    says which of several a name means, not where in a province it sits.
    """
    if not keep_wider:
        inside = tuple(b for b in others if any(a.holds(b) for a in found))
        if inside:
            return inside
    kept = tuple(a for a in found if any(b.holds(a) or a.holds(b) for b in others))
    return kept or (others if instead else found)


def _hits(text: str) -> list[_Hit]:
    table = gazetteer()
    blocked = [m.span() for m in _NOT_PLACES.finditer(text)]
    hits: list[_Hit] = []
    position = 0
    while position < len(text) - 1:
        hit = _hit_at(text, position, table, hits)
        if hit is None or any(start <= hit.start < end for start, end in blocked):
            position += 1
            continue
        hits.append(hit)
        position = hit.end
    return hits


def _hit_at(text: str, start: int, table: Gazetteer, hits: list[_Hit]) -> _Hit | None:
    for name in table.names.get(text[start : start + 2], ()):
        if not text.startswith(name.text, start):
            continue
        end = start + len(name.text)
        street = _STREET.match(text, end)
        if street and not _NOT_A_STREET.match(text, street.end() - 1):
            return None
        divisions = tuple(table.divisions[code] for code in name.codes if code in table.divisions)
        if name.full:
            other = all(d.rank == 2 and d.name[-1:] != name.text[-1] for d in divisions)
            inside = any(a.holds(b) for h in hits for a in h.divisions for b in divisions)
            return _Hit(start, end, divisions, True, guess=other and not inside)
        return _bare_hit(text, start, end, divisions, hits)
    return None


def _bare_hit(
    text: str, start: int, end: int, divisions: tuple[Division, ...], hits: list[_Hit]
) -> _Hit | None:
    """A name without its level word: by rank, by what stands before it and after it."""
    follows = bool(hits) and hits[-1].end == start
    rank = min(d.rank for d in divisions)
    if text[start:end] in _SHARED_STEMS and text.startswith(("分局", "公安分局"), end):
        divisions = tuple(d for d in divisions if d.rank == 2) or divisions
    elif text[start:end] not in _SHARED_STEMS or rank == 0:
        divisions = tuple(d for d in divisions if d.rank == rank)
    placed = follows or _BEFORE_BARE.search(text, 0, start) is not None
    branded = _BRAND.match(text, end) is not None
    if rank == 0:
        return _Hit(start, end, divisions, not branded, branded)
    fitting = _AFTER_BARE.match(text, end) is not None or end == len(text)
    inside = any(a.holds(b) for h in hits for a in h.divisions for b in divisions)
    if rank == 1:
        if not (placed or inside or fitting):
            return None
        known = placed or inside
        return _Hit(start, end, divisions, known and not branded, branded, not (known or hits))
    if not fitting or not (placed or inside) or (_LEARNED.match(text, end) and not inside):
        return None
    level = text[end : end + 1]
    other = level in _LEVELS and not any(d.name.endswith(level) for d in divisions)
    other = other or text.startswith("新区", end)
    return _Hit(start, end, divisions, True, guess=other and not inside)


def _latin(name: str) -> tuple[Division, ...]:
    """Divisions named in Latin script: counties with their level word, others also bare."""
    table = gazetteer().latin
    divisions = gazetteer().divisions
    words = [w.strip(",.;()").replace("'", "'") for w in fold(name).split()]
    best: tuple[Division, ...] = ()
    for at in range(len(words)):
        for size in (2, 1):
            codes = table.get(" ".join(words[at : at + size]))
            if codes is None:
                continue
            after = words[at + size] if at + size < len(words) else ""
            found = tuple(divisions[c] for c in codes if _level_fits(divisions[c], after))
            if found:
                best = _narrow(found, best, keep_wider=True) if best else found
                break
    return best


def _level_fits(division: Division, after: str) -> bool:
    if after in {"county", "city", "district", "prefecture", "banner", "league", "province"}:
        return (division.rank == 2) == (after in {"county", "district", "banner"}) or (
            after == "city" and division.level == "City"
        )
    return division.rank < 2


def _place(divisions: tuple[Division, ...]) -> Place:
    """What all the divisions agree on."""
    table = gazetteer()
    provinces = {d.code[:2] for d in divisions}
    if len(provinces) > 1:
        return Place("CN")
    province, _ = table.parents(divisions[0])
    short = province.stem if province else None
    prefectures = {d.code[:4] for d in divisions if d.rank > 0}
    if len(prefectures) != 1 or len({d.rank == 0 for d in divisions}) != 1:
        return Place("CN", short, _municipality(province))
    _, prefecture = table.parents(divisions[0])
    town = prefecture.name if prefecture else _municipality(province)
    counties = [d for d in divisions if d.rank == 2]
    county = counties[0].name if len(counties) == 1 == len(divisions) else None
    return Place("CN", short, town, county)


def _municipality(province: Division | None) -> str | None:
    return province.name if province is not None and province.level == "Municipality" else None


def _squashed(name: str) -> str:
    return fold(_SPACE.sub("", name))
