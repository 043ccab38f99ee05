"""A population of organisations and the ways in which notices write their names.

Public bodies of real divisions, their units, companies with namesakes in other provinces, branches
of banks and carriers, bodies of the United States and Taiwan, companies of ten legal traditions.
Nothing here is a real company. The ways of writing are those met in notices: another script,
spaces, widths, a province left out or put in front, a level word dropped, short forms, the notice's
own place assumed, legal forms, remarks in brackets, one wrong sign, former and romanised names.
"""

import random
from collections.abc import Iterator

import msgspec
import opencc

from sousveil.model import NameKey, OrganisationId
from sousveil.reference.divisions import Division, gazetteer


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SIGNS = (
    "华安信达博瑞恒宇鑫泰宏远科创智云海天元正中联盛世嘉禾金龙建国鼎立同方诚佳美晨星光明慧普众腾飞"
    "翔凯越卓隆顺昌兴业德润万邦锐捷迪维力拓源泽丰亿通达利康宁永新东旭升阳浩博雅文景逸骏途畅"
)
_LINES = _listed(
    """
    科技 信息技术 网络科技 电子科技 软件 智能科技 通信技术 系统集成 安防科技 数码科技
    建设工程 建筑工程 医疗器械 物业管理 商贸 传媒 文化传播 数据服务 信息工程 电子工程
    环境科技 保安服务 测绘 自动化设备
    """
)
_FORMS = ("有限公司", "有限责任公司", "股份有限公司", "集团有限公司")
_BODIES = _listed(
    """
    公安局 教育局 财政局 司法局 民政局 交通运输局 市场监督管理局 住房和城乡建设局
    文化和旅游局 卫生健康委员会 发展和改革委员会 生态环境局 自然资源局 应急管理局
    人力资源和社会保障局 城市管理局 人民政府 人民法院 人民检察院 大数据管理局 人民医院
    中医医院 妇幼保健院 融媒体中心 信访局 审计局
    """
)
_PARTY = ("宣传部", "政法委员会", "统战部", "组织部", "网络安全和信息化委员会办公室")
_UNITS = ("交通警察支队", "刑事侦查支队", "网络安全保卫支队", "特警支队", "治安管理支队", "看守所")
_CARRIERS = (
    "中国移动通信集团有限公司",
    "中国电信股份有限公司",
    "中国工商银行股份有限公司",
    "中国建设银行股份有限公司",
    "中国铁塔股份有限公司",
)
_SHORT = {
    "卫生健康委员会": "卫健委",
    "发展和改革委员会": "发改委",
    "住房和城乡建设局": "住建局",
    "市场监督管理局": "市监局",
    "人力资源和社会保障局": "人社局",
    "文化和旅游局": "文旅局",
    "政法委员会": "政法委",
    "网络安全和信息化委员会办公室": "网信办",
    "交通警察支队": "交警支队",
    "人民政府": "政府",
    "生态环境局": "环境保护局",
    "自然资源局": "国土资源局",
}
_WORDS = _listed(
    """
    Falcon Harbor Summit Ridge Atlas Beacon Cedar Delta Ember Granite Horizon Iris
    Juniper Keystone Lumen Meridian Nimbus Orbit Pioneer Quantum Raven Sierra Titan
    Union Vector Willow Zenith Argus
    """
)
_TRADES = _listed(
    """
    Security Surveillance Systems Technologies Solutions Analytics Networks Electronics
    Aviation Engineering Construction Services Logistics Software Communications Imaging
    """
)
_FORMS_ABROAD = {
    "US": ("LLC", "INC.", "Corp."),
    "GB": ("Limited", "PLC"),
    "DE": ("GmbH", "AG"),
    "FR": ("SARL", "SAS"),
    "ES": ("S.L.", "S.A."),
    "BR": ("Ltda", "S.A."),
    "RU": ("ООО", "АО"),
}
_TO_TRADITIONAL = opencc.OpenCC("s2t")


class Mention(msgspec.Struct, frozen=True):
    """A name as a notice gives it, and the number of the organisation it is."""

    truth: int
    key: NameKey


class _Org(msgspec.Struct):
    kind: str
    division: Division | None
    head: str
    tail: str
    country: str = "CN"
    number: str = ""


def population(count: int, seed: int = 7) -> Iterator[Mention]:
    """Mentions of ``count`` organisations, one to five each; namings that are equal come once."""
    draw = random.Random(seed)
    table = gazetteer()
    divisions = sorted(
        (d for d in table.divisions.values() if d.stem and d.code[:2] < "70"), key=lambda d: d.code
    )
    seen: set[str] = set()
    orgs = _organisations(draw, divisions, count)
    for truth, org in enumerate(orgs):
        names: set[str] = set()
        for _ in range(draw.choice((1, 1, 2, 2, 3, 4, 5))):
            key = _mention(draw, org, table.divisions)
            if key.name_id not in seen and key.name_id not in names:
                names.add(key.name_id)
                yield Mention(truth, key)
        seen |= names


def _organisations(draw: random.Random, divisions: list[Division], count: int) -> Iterator[_Org]:
    taken: set[tuple[str, str, str]] = set()
    made = 0
    while made < count:
        org = _organisation(draw, divisions)
        key = (org.division.code if org.division else org.country, org.head, org.tail)
        if key in taken:
            continue
        taken.add(key)
        made += 1
        yield org
        if org.kind == "company" and org.country == "CN" and draw.random() < 0.1 and made < count:
            other = draw.choice([d for d in divisions if d.rank == 1])
            key = (other.code, org.head, org.tail)
            if org.division and other.code[:2] != org.division.code[:2] and key not in taken:
                taken.add(key)
                made += 1
                yield _Org("company", other, org.head, org.tail)


def _organisation(draw: random.Random, divisions: list[Division]) -> _Org:
    roll = draw.random()
    if roll < 0.30:
        division = draw.choice(divisions)
        body = draw.choice(_PARTY if draw.random() < 0.15 else _BODIES)
        return _Org("party" if body in _PARTY else "body", division, body, "")
    if roll < 0.38:
        division = draw.choice([d for d in divisions if d.rank == 1])
        if draw.random() < 0.4:
            tail = "".join(draw.sample(_SIGNS, 2)) + "派出所"
        else:
            tail = draw.choice(_UNITS)
        return _Org("body", division, "公安局", tail)
    if roll < 0.42:
        division = draw.choice([d for d in divisions if d.rank == 1])
        carrier = draw.choice(_CARRIERS)
        return _Org("branch", division, carrier, "分行" if "银行" in carrier else "分公司")
    if roll < 0.82:
        division = draw.choice([d for d in divisions if d.rank < 2])
        brand = "".join(draw.sample(_SIGNS, draw.choice((2, 2, 2, 3))))
        return _Org("company", division, brand + draw.choice(_LINES), draw.choice(_FORMS))
    country = draw.choice(sorted(_FORMS_ABROAD))
    words = [*draw.sample(_WORDS, 2), *draw.sample(_TRADES, draw.choice((1, 2)))]
    return _Org("abroad", None, " ".join(words), draw.choice(_FORMS_ABROAD[country]), country)


def _mention(draw: random.Random, org: _Org, table: dict[str, Division]) -> NameKey:
    if org.kind == "abroad":
        return _abroad(draw, org)
    assert org.division is not None
    place = _path(org.division, table)
    name, said = _chinese(draw, org, table)
    if draw.random() < 0.12:
        name = _TO_TRADITIONAL.convert(name)
    if draw.random() < 0.08:
        at = draw.randrange(1, len(name))
        name = name[:at] + " " + name[at:]
    if draw.random() < 0.05:
        name += draw.choice(("（盖章）", "(采购人)", "（联合体牵头人）"))
    buys = org.kind in {"body", "party"}
    noticed = place if buys and (not said or draw.random() < 0.8) else None
    ids: tuple[OrganisationId, ...] = ()
    if org.kind == "company" and draw.random() < 0.3:
        ids = (OrganisationId("CN-USCC", _number(org)),)
    return _key(name, "CN", noticed, buys, ids)


def _number(org: _Org) -> str:
    if not org.number:
        code = org.division.code if org.division else ""
        digits = random.Random(f"{code}{org.head}{org.tail}")
        org.number = "91" + "".join(digits.choice("0123456789ABCDEFGH") for _ in range(16))
    return org.number


def _chinese(draw: random.Random, org: _Org, table: dict[str, Division]) -> tuple[str, bool]:
    """The name, and whether it says where."""
    division = org.division
    assert division is not None
    where, said = _where(draw, division, org.kind, table)
    head, tail = org.head, org.tail
    if draw.random() < 0.25:
        head = _SHORT.get(head, head)
        tail = _SHORT.get(tail, tail)
    if org.kind == "party":
        level = {0: "省", 1: "市", 2: "县"}[division.rank]
        if where.endswith(("省", "市", "县", "区", "州")):
            where += "委"
        elif said:
            where += level + "委"
        return (draw.choice(("中共", "", "")) if said else "") + where + head, said
    if org.kind == "branch":
        city = division.stem + draw.choice(("", "", "市" if division.name.endswith("市") else ""))
        return head + city + tail, True
    if org.kind == "company":
        roll = draw.random()
        if roll < 0.08:
            tail = ""
        elif roll < 0.16 and tail == "有限责任公司":
            tail = "有限公司"
        if draw.random() < 0.04 and len(head) >= 6:
            at = draw.randrange(3, len(head))
            head = head[:at] + draw.choice("技木伩忄乙") + head[at + 1 :]
    return where + head + tail, said


def _where(
    draw: random.Random, division: Division, kind: str, table: dict[str, Division]
) -> tuple[str, bool]:
    province = table.get(division.code[:2] + "0000")
    prefecture = table.get(division.code[:4] + "00")
    roll = draw.random()
    if kind == "company":
        return (division.stem if division.rank == 0 or roll < 0.5 else division.name), True
    if roll < 0.07 and division.rank == 1 and kind == "body":
        return ("州" if division.name.endswith("州") else "市"), False
    whole = division.name
    if roll < 0.2 and province is not None and province is not division:
        whole = province.name + whole
    elif roll < 0.35 and division.rank == 2 and prefecture is not None:
        whole = prefecture.name + whole
    elif roll < 0.42 and whole.endswith(("自治州", "自治县")):
        whole = division.stem + whole[-1]
    return whole, True


def _abroad(draw: random.Random, org: _Org) -> NameKey:
    form = org.tail if draw.random() > 0.15 else ""
    name = f"{form} «{org.head}»" if org.country == "RU" else f"{org.head} {form}".strip()
    roll = draw.random()
    if roll < 0.3:
        name = name.upper()
    elif roll < 0.4:
        name = name.replace(" ", ", ", 1) if form and draw.random() < 0.2 else "The " + name
    if draw.random() < 0.15:
        name = name.replace("Technologies", "Tech").replace("Systems", "Sys.")
    ids = ()
    return _key(name, org.country, None, False, ids)


def _path(division: Division, table: dict[str, Division]) -> str:
    chain = [table.get(division.code[:2] + "0000"), table.get(division.code[:4] + "00"), division]
    names = [d.stem if d.rank == 0 else d.name for d in chain if d is not None]
    return "/".join(dict.fromkeys(names))


def _key(
    name: str, country: str, place: str | None, buys: bool, ids: tuple[OrganisationId, ...]
) -> NameKey:
    name_id = "|".join((country, place or "", name, ",".join(map(str, ids))))
    role = "buyer" if buys else "supplier"
    return NameKey(name_id, name, country, place, (role,), ids, "police" if buys else None)  # type: ignore[arg-type]
