"""Illustrative notices of invented kinds of surveillance that no rule knows, beside harmless ones.

Each kind has several names in Chinese and English, what it is said to do, and harmless purchases
that share its words (an electroencephalograph beside a reader of brain waves). All of it is made
up; no two notices are alike.
"""

import random
from collections.abc import Iterator
from typing import NamedTuple

from sousveil.model import Evidence, Field, Notice, Page, Section

SHA = "0" * 64


class Kind(NamedTuple):
    """Names of the system, what it does, and names of harmless things, in Chinese and English."""

    zh: tuple[str, ...]
    zh_does: tuple[str, ...]
    zh_harmless: tuple[str, ...]
    en: tuple[str, ...]
    en_does: tuple[str, ...]
    en_harmless: tuple[str, ...]


KINDS = (
    Kind(
        ("脑波窥读终端", "街头脑波采读装置", "脑电意图读取设备", "过街脑波感应柱"),
        ("读取过往群众脑波并推断其意图", "对经过者的脑电进行无感采读", "远距感应脑波,标记异常念头"),
        ("脑电图机", "脑波睡眠治疗仪", "新生儿脑电设备", "脑电教学模型"),
        (
            "brainwave reading posts",
            "street brainwave readers",
            "remote intent reading of brainwaves",
        ),
        (
            "reads the brainwaves of passers-by and infers intent",
            "marks unusual thoughts of walkers",
        ),
        ("EEG machines for the clinic", "brainwave sleep therapy units", "EEG teaching models"),
    ),
    Kind(
        ("气味认人系统", "人体气味留样比对装置", "嗅源身份核查终端", "体味样本库"),
        ("留存到访者体味样本以便日后认人", "凭体味找出曾到场的群众", "嗅源样本入库并与旧样比对"),
        ("污水厂除臭设备", "燃气加臭装置", "厨余气味处理系统", "异味在线检测仪"),
        (
            "scent identity cabinets",
            "body scent sampling and matching",
            "odour sample bank of visitors",
        ),
        ("keeps scent samples of visitors to name them later", "matches body odour to old samples"),
        ("odour control for the sewage works", "gas odoriser", "kitchen odour filters"),
    ),
    Kind(
        ("隔墙呼吸探人装置", "穿墙气息感知系统", "屋内人数透墙探知仪", "隔墙动静雷达"),
        ("在屋外探知屋内有几人及其作息", "透过墙体感知住户呼吸", "夜间核对住户屋内人数"),
        ("呼吸机", "墙体空鼓检测仪", "无创呼吸治疗设备", "墙面保温材料"),
        (
            "through-wall breathing detectors",
            "behind-the-wall occupant sensing",
            "wall radar for dwellings",
        ),
        (
            "tells from outside how many residents are home",
            "senses the breath of residents at night",
        ),
        ("ventilators for the ward", "wall insulation boards", "breathing apparatus for divers"),
    ),
    Kind(
        ("地面震感步伐登记系统", "脚步震纹采集地砖", "足音认人地板", "步伐震感档案系统"),
        ("以脚步震纹登记经过者", "凭足音认出常来人员", "为每名行人建立震纹档案"),
        ("桥梁振动检测设备", "地震烈度仪", "舞蹈教室减震地板", "防滑地砖"),
        (
            "footfall vibration register",
            "floor tiles that know footsteps",
            "step tremor enrolment floor",
        ),
        ("enrols walkers by the tremor of their steps", "names regular visitors by their footfall"),
        ("bridge vibration gauges", "sprung floor for the dance hall", "anti-slip floor tiles"),
    ),
    Kind(
        ("敲键节律认作者系统", "击键节奏归属分析平台", "打字习惯留样库", "键击韵律比对软件"),
        ("凭击键节律认出匿名作者", "对公用电脑使用者的打字习惯留样", "将匿名来信归属到人"),
        ("机械键盘", "打字比赛软件", "乐器节拍器", "盲文键盘"),
        ("typing rhythm attribution", "keystroke cadence bank", "author naming by typing habit"),
        ("names anonymous authors by typing rhythm", "keeps the typing habit of library users"),
        ("mechanical keyboards", "typing tuition software", "braille keyboards"),
    ),
    Kind(
        ("用电作息推断平台", "电表读家系统", "家电使用习惯画出作息软件", "户内作息反推服务"),
        ("从电表曲线推断住户何时在家", "按用电起伏列出夜间聚会住户", "反推每户作息并上报异常户"),
        ("智能电表", "配电箱改造", "节能灯具", "用电安全宣传"),
        (
            "household routine inference",
            "meter curves that tell who is home",
            "appliance habit reading",
        ),
        ("infers from meter curves when residents are home", "lists homes with late gatherings"),
        ("smart electricity meters", "distribution boards", "energy saving lamps"),
    ),
    Kind(
        ("远距唇读转写系统", "读唇记录设备", "无声谈话转写终端", "唇形转文字镜头"),
        ("转写远处路人的无声谈话", "读唇并留存谈话文字", "对广场交谈者逐句转写"),
        ("唇腭裂手术器械", "听障学生口型教学软件", "会议速记服务", "口红检测试剂"),
        ("distant lip transcription", "lip reading recorders", "silent talk transcribers"),
        (
            "writes down what far talkers say by their lips",
            "keeps the talk of people on the square",
        ),
        ("cleft lip surgery sets", "lip shape tuition for deaf pupils", "meeting stenography"),
    ),
    Kind(
        ("汗液情绪把手", "握把汗样采集装置", "门把汗样测谎终端", "汗样情绪登记系统"),
        ("由把手采汗样并判断来人是否紧张", "登记入门者汗样与情绪", "对紧张者自动列册"),
        ("不锈钢门把手", "运动汗液补水饮料", "吸汗训练服", "汗蒸房设备"),
        ("sweat reading door handles", "handle sweat samplers", "sweat based nerve registers"),
        ("samples sweat at the door and tells who is nervous", "lists nervous callers by sweat"),
        ("stainless door handles", "sweat absorbing training shirts", "sauna equipment"),
    ),
)
_PLACES = (
    "青溪",
    "南桥",
    "东澜",
    "北屏",
    "云岭",
    "石门",
    "白沙",
    "临江",
    "松原口",
    "金塔",
    "柳泉",
    "河湾",
)
_BODIES = ("街道办事处", "公安分局", "教育局", "卫生院", "交通局", "市民中心", "图书馆", "水务局")
_TOWNS = ("Ashby", "Corvale", "Dunmere", "Eastlow", "Farnley", "Greyport", "Holt", "Inverley")
_OFFICES = ("Town Council", "Police", "Library Board", "Health Trust", "Transport Office")
_ZH_PLAIN = (
    "办公家具",
    "校服",
    "道路养护",
    "食堂食材",
    "绿化养护",
    "公务用车",
    "档案柜",
    "电梯维保",
    "宣传册印刷",
)
_EN_PLAIN = ("office furniture", "road salt", "school uniforms", "lift maintenance", "printing")
_ZH_TAIL = (
    "含安装调试与培训",
    "质保三年",
    "交货期三十日",
    "须满足国家标准",
    "分两期实施",
    "按季度验收",
)
_EN_TAIL = ("including installation", "three years of warranty", "delivery in thirty days",
            "training of staff", "quarterly reports")  # fmt: skip


class Drawn(NamedTuple):
    """A notice, its pages, and whether it is of the new kind."""

    notice: Notice
    pages: dict[int, Page]
    relevant: bool


def population(kind: Kind, count: int, rng: random.Random) -> Iterator[Drawn]:
    """``count`` notices: three in ten of the kind, four in ten harmless ones that share its words,
    the rest about other things."""
    for number in range(count):
        lot = rng.random()
        sort = "new" if lot < 0.3 else "near" if lot < 0.7 else "other"
        title, purpose = (_chinese if rng.random() < 0.6 else _english)(kind, sort, rng)
        yield Drawn(*_notice(number, title, purpose), sort == "new")


def _chinese(kind: Kind, sort: str, rng: random.Random) -> tuple[str, str]:
    thing = rng.choice({"new": kind.zh, "near": kind.zh_harmless, "other": _ZH_PLAIN}[sort])
    place = rng.choice(_PLACES)
    # Half of the titles of the kind are vague: the purpose alone says what it is.
    shown = "设备" if sort == "new" and rng.random() < 0.3 else thing
    title = rng.choice(("{p}{b}{t}采购项目", "{p}{t}项目", "{t}采购({p})", "{p}{b}购置{t}")).format(
        p=place, b=rng.choice(_BODIES), t=shown
    )
    said = rng.sample(kind.zh_does, rng.randint(1, 2)) if sort == "new" else [f"采购{thing}一批"]
    tail = rng.sample(_ZH_TAIL, rng.randint(1, 3))
    return title, f"{'，'.join([thing, *said, *tail])}，数量{rng.randint(1, 400)}。"


def _english(kind: Kind, sort: str, rng: random.Random) -> tuple[str, str]:
    thing = rng.choice({"new": kind.en, "near": kind.en_harmless, "other": _EN_PLAIN}[sort])
    town = rng.choice(_TOWNS)
    shown = "equipment" if sort == "new" and rng.random() < 0.3 else thing
    title = rng.choice(("{p} {b}: {t}", "Supply of {t}, {p}", "{t} for {p} {b}")).format(
        p=town, b=rng.choice(_OFFICES), t=shown
    )
    said = [rng.choice(kind.en_does)] if sort == "new" else [f"supply of {thing}"]
    tail = rng.sample(_EN_TAIL, rng.randint(1, 3))
    return title, f"{'; '.join([thing, *said, *tail])}; quantity {rng.randint(1, 400)}."


def _notice(number: int, title: str, purpose: str) -> tuple[Notice, dict[int, Page]]:
    text = f"{title}\n{purpose}"
    page = Page(SHA, 1, text, "plain", "text/plain")
    sections = (
        Section("title", 1, 0, len(title)),
        Section("purpose", 1, len(title) + 1, len(text)),
    )
    field = Field(title, title, Evidence(SHA, 1, 0, len(title), title, "benchmark/1"))
    made = Notice(
        f"{number:032x}", SHA, 1, (1,), None, "benchmark", "tender", title=field, sections=sections
    )
    return made, {1: page}
