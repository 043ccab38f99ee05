"""Whether a few Han characters are a natural person's name: surnames, ordinary words, departments.

Works on Simplified text (``scripts.to_simplified`` keeps offsets, so callers fold first). The data
are ``data/surnames.txt`` and ``data/words.txt`` beside this module; what they are is said in them.
"""

import re
from functools import cache
from importlib.resources import files

HAN = "〇㐀-䶿一-鿿豈-\ufaff\U00020000-\U000323af"
"""Body of a character class: Han ideographs."""

DOT = "·•‧・∙●․⋅˙．."
"""Body of a character class: the dots that stand between the parts of a minority name."""

"""Characters by which a source itself hides part of a name (Latin x is left to callers)."""

_TRANSLITERATION = frozenset(
    "琴高阿艾埃爱安奥巴白拜班包贝比别宾波伯博布卜不策茨次崔措达大代丹德得登地迪蒂丁顿多朵额恩尔"
    "法凡菲弗夫福甫嘎改盖甘格戈根工贡古哈海汉罕合赫黑胡呼华霍吉加嘉佳江姜杰金久卡开凯坎康克"
    "肯孔库拉来兰朗老勒雷里丽利力连莲列林灵玲琳留娄卢鲁伦罗洛旅玛马买麦曼毛梅美米蜜明莫姆木"
    "穆那纳乃南娜内尼年宁诺努帕排潘旁培佩彭皮片平普其奇齐恰前青琼曲仁热日荣如茹瑞若萨赛三桑"
    "色森沙山善尚什师史世斯松苏素索塔台太坦唐特提铁帖吐图托瓦外万旺维文翁沃乌吾武西希夏香辛"
    "欣新雄旭雪逊牙雅亚延扬央耶也叶依伊益英尤尧于玉扎珠卓孜紫宗佐买提逊甫孜苏艳红卓玛央金拥"
    "陶朋道仓觉泽旦尕藏俄毕昂邓吾荪托措姆扎西才让仓决曲珍格桑丹增旦增洛桑顿珠嘎玛其木格图雅苏日娜布和朝鲁云苦石伍则呷惹且约芝娃孟敖乐宝音满额敦"
)
"""Characters usual in Uyghur, Kazakh, Tibetan and Mongol names written in Chinese."""


_STOP_PART = re.compile(
    "电话|手机|传真|地址|邮箱|邮编|热线|专线|客服|附件|公告|采购|招标|投标|中标|代理|联系"
    "|公司|项目|"
    "单位|供应商|编号|号码|签字|盖章|签章|名单|人员|资格|要求|信息|系统|平台|技术|服务"
    "|管理|支持|维护|"
    "咨询|查询|监督|部门|机构|中心|政府|大学|学院|医院|学校|银行|支队|大队|委员|办公|窗口"
    "|业务|负责|"
    "评审|评标|专家|小组|代表|报名|登记|质疑|投诉|举报|受理|详见|另行|符合|进行|应当|提供"
    "|文件|合同|"
    "工程|设备|数据|网络|视频|监控|分机|总机|邮件|扣扣|微信|账号|帐号|户名|开户|时间|日期"
    "|地点|方式|"
    "市场|价格|金额|人民|自治|街道|有限|集团|股份|分公司|职务|职称|性别|身份|姓名|责任|或者|"
    "委托|记录|监标|以及|其他|相关|有关|上述|本次|不得|必须|任何|没有|可以"
)
_DEPARTMENT = re.compile(
    "[局部处科室办厅司委厂所站队院校馆园会社团组行库矿台店城区县市省镇乡村街路楼号]$"
)
_CLEAR_DEPARTMENT = re.compile(
    "(?:[局处科室办厅委厂所站队校馆组]|部|医院|[一二三四五六七八九十]院)$"
)
_PLACE_TAIL = frozenset(
    "部科处室组队站局院所厅中等为的是于在及与或之人员者性化类型度量级区县市省镇乡村街路号楼层厂店馆"
    "网机器车费价款额元期日月年次份件套批项条章节线板卡器表册证书费税"
)

TITLE = (
    "(?:先生|女士|小姐|老师|老板|警官|警员|警长|同志|教授|博士|医生|医师|师傅|律师|法官|检察官|"
    "助理|干事|会计|出纳|秘书|专员|参谋|主管|总监|政委|教导员|指导员|辅导员|干警|护士长?|"
    "(?:常务)?副?(?:主任|经理|总经理|科长|处长|局长|股长|所长|院长|校长|书记|站长|部长|组长|队长|"
    "支队长|大队长|中队长|厂长|店长|园长|馆长|镇长|乡长|村长|区长|县长|市长|会长|秘书长"
    "|董事长|总裁|理事长|主席|"
    "行长|社长|台长|团长|连长|营长|排长|班长|司令|军长)|总工程师|工程师|总工|总|工|科|处"
    "|队|所|局|导|师|姐|哥|sir)"
)
"""Titles that follow a surname or a name (王老师, 李工, 张先生)."""

TITLE_AT_END = re.compile(TITLE + "$")


@cache
def _data() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Common surnames, rare ones, compound ones."""
    text = (files(__package__) / "data" / "surnames.txt").read_text("utf-8")
    sections: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif line and not line.startswith("#"):
            sections[name] = sections.get(name, "") + line
    compound = sections["compound"].split()
    pairs = [word[i : i + 2] for word in compound for i in range(0, len(word), 2)]
    common = frozenset(sections["common"])
    return common, frozenset(sections["rare"]) - common, frozenset(pairs)


@cache
def _stopwords() -> frozenset[str]:
    text = (files(__package__) / "data" / "stopwords.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if line[0] != "#" for word in line.split())


@cache
def companies() -> frozenset[str]:
    """Firms whose short names look like persons' names."""
    text = (files(__package__) / "data" / "companies.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if line[0] != "#" for word in line.split())


@cache
def _words() -> frozenset[str]:
    text = (files(__package__) / "data" / "words.txt").read_text("utf-8")
    return frozenset(
        line[0] + rest
        for line in text.splitlines()
        if line and not line.startswith("#")
        for rest in line[2:].split()
    )


def is_word(text: str) -> bool:
    """Whether the text is an ordinary word that happens to begin with a surname."""
    return text in _words()


def surname_length(text: str, *, rare: bool = True) -> int:
    """Characters of the surname that ``text`` begins with: 0, 1 or 2. ``rare``: allow rare ones."""
    common, uncommon, compound = _data()
    if text[:2] in compound:
        return 2
    first = text[:1]
    return 1 if first in common or (rare and first in uncommon) else 0


def is_stop(text: str) -> bool:
    """Whether the text is a placeholder, another label or a department rather than a name."""
    return text in _stopwords() or _STOP_PART.search(text) is not None


def labelled_name(text: str) -> bool:
    """Whether ``text`` (no blanks) is a name where a label has asked for one.

    Generous: any 2–3 characters that are no placeholder, department or place pass, so that names
    outside the table of surnames (Mongol, Tibetan, Hui …) are found as well.
    """
    length = len(text)
    if is_stop(text):
        return False
    if length == 1:
        return surname_length(text, rare=False) == 1
    surname = surname_length(text)
    if length == 2:
        return surname > 0 or not (_DEPARTMENT.search(text) or is_word(text))
    if length == 3:
        if _CLEAR_DEPARTMENT.search(text) or is_word(text):
            return False
        return surname > 0 or not _DEPARTMENT.search(text)
    if _DEPARTMENT.search(text):
        return False
    if length == 4 and (surname == 2 or _double_surname(text)):
        return True
    return length <= 9 and transliterated(text)


def transliterated(text: str) -> bool:
    """Whether ``text`` is written as names of other languages are: at most one character in four
    is not usual in them (乌云其木格)."""
    strange = sum(char not in _TRANSLITERATION for char in text)
    return len(text) >= 3 and strange * 4 <= len(text)


def listed_name(text: str) -> bool:
    """Whether ``text`` (no blanks) is a name where it follows one in a list without a mark."""
    return likely_name(text) or (
        3 <= len(text) <= 9 and _TRANSLITERATION.issuperset(text) and labelled_name(text)
    )


def surnamed(text: str, *, rare: bool = True) -> bool:
    """Whether ``text`` (no blanks) has a surname and passes where a label asked.

    With a ``rare`` surname it must be no ordinary word.
    """
    if len(text) < 2 or not labelled_name(text):
        return False
    if surname_length(text, rare=False):
        return True
    return rare and surname_length(text) > 0 and not is_word(text) and not is_word(text[:2])


def likely_name(text: str) -> bool:
    """Whether ``text`` (no blanks) is a name where only its place suggests one (beside a phone).

    Strict: a frequent or compound surname, the length of a name, and no ordinary word.
    """
    length = len(text)
    surname = surname_length(text, rare=False)
    if not surname or not surname < length <= surname + 2 or is_stop(text) or is_word(text):
        return False
    if length == 2:
        return True
    if _CLEAR_DEPARTMENT.search(text):
        return False
    return not (is_word(text[:2]) and text[2] in _PLACE_TAIL)


def _double_surname(text: str) -> bool:
    """张王小明-like names: both parents' surnames and a given name."""
    return (
        surname_length(text[0], rare=False) == 1
        and surname_length(text[1], rare=False) == 1
        and not is_word(text[:2])
        and not is_word(text[1:3])
        and not is_word(text[2:])
    )


def without_title(run: str, *, labelled: bool = False) -> str | None:
    """The name before a title at the end of a run (王小明主任 → 王小明), or None.

    ``labelled``: a label has asked for a person, so ordinary words may be names (陶艺警官).
    """
    match = TITLE_AT_END.search(run)
    # The leftmost title wins: 王副主任 is 王 + 副主任.
    name = run[: match.start()] if match else ""
    if not name or len(name) > 4 or not surname_length(name, rare=labelled):
        return None
    if len(name) == 1:
        return name
    if is_stop(name) or not _name_length(name) or (is_word(name) and not labelled):
        return None
    return name


def _name_length(name: str) -> bool:
    return len(name) - surname_length(name) in (1, 2)


def split_glued(run: str) -> bool:
    """Whether a run without separators is wholly made of likely names (张三丰李四王小五)."""
    length = len(run)
    if not 4 <= length <= 60:
        return False
    reachable = {0}
    for start in range(length):
        if start in reachable:
            reachable.update(
                end
                for end in range(start + 2, min(start + 4, length) + 1)
                if likely_name(run[start:end])
            )
    return length in reachable
