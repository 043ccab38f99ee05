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

HIDDEN = "某*＊×✕╳○◯●Ｘ"
"""Characters by which a source itself hides part of a name (Latin x is left to callers)."""

_TRANSLITERATION = frozenset(
    "阿艾埃爱安奥巴白拜班包贝比别宾波伯博布卜不策茨次崔措达大代丹德得登地迪蒂丁顿多朵额恩尔"
    "法凡菲弗夫福甫嘎改盖甘格戈根工贡古哈海汉罕合赫黑胡呼华霍吉加嘉佳江姜杰金久卡开凯坎康克"
    "肯孔库拉来兰朗老勒雷里丽利力连莲列林灵玲琳留娄卢鲁伦罗洛旅玛马买麦曼毛梅美米蜜明莫姆木"
    "穆那纳乃南娜内尼年宁诺努帕排潘旁培佩彭皮片平普其奇齐恰前青琼曲仁热日荣如茹瑞若萨赛三桑"
    "色森沙山善尚什师史世斯松苏素索塔台太坦唐特提铁帖吐图托瓦外万旺维文翁沃乌吾武西希夏香辛"
    "欣新雄旭雪逊牙雅亚延扬央耶也叶依伊益英尤尧于玉扎珠卓孜紫宗佐买提逊甫孜苏艳红卓玛央金拥"
    "措姆扎西才让仓决曲珍格桑丹增旦增洛桑顿珠嘎玛其木格图雅苏日娜布和朝鲁"
)
"""Characters usual in Uyghur, Kazakh, Tibetan and Mongol names written in Chinese."""

# What stands where a name is asked for and is none.
_STOP = frozenset(
    [
        "详见",
        "同上",
        "同前",
        "如上",
        "见上",
        "无",
        "暂无",
        "没有",
        "不详",
        "待定",
        "附件",
        "如下",
        "以下",
        "以上",
        "上述",
        "略",
        "另行",
        "保密",
        "不公开",
        "公开",
        "联系",
        "联络",
        "联系人",
        "代表",
        "联系代表",
        "采购人",
        "采购",
        "负责人",
        "管理员",
        "客服",
        "人工",
        "客服部",
        "经办人",
        "经办",
        "业务员",
        "业务部",
        "办公室",
        "综合部",
        "综合科",
        "采购科",
        "采购部",
        "采购办",
        "招标办",
        "招标部",
        "招采部",
        "项目部",
        "代理部",
        "工作人员",
        "前台",
        "值班",
        "值班室",
        "电话",
        "手机",
        "传真",
        "地址",
        "邮编",
        "邮箱",
        "网址",
        "信箱",
        "信息",
        "名单",
        "名称",
        "姓名",
        "性别",
        "职务",
        "职称",
        "单位",
        "单位章",
        "身份",
        "身份证",
        "签字",
        "签名",
        "签章",
        "盖章",
        "公章",
        "日期",
        "备注",
        "序号",
        "时间",
        "地点",
        "方式",
        "联系方式",
        "联系电话",
        "电子邮件",
        "电子邮箱",
        "电子信箱",
        "项目",
        "项目联系",
        "编号",
        "部门",
        "学历",
        "专业",
        "年龄",
        "民族",
        "出生",
        "籍贯",
        "工作",
        "工作单位",
        "业绩",
        "资格",
        "证书",
        "证号",
        "证书编号",
        "编码",
        "代码",
        "内容",
        "说明",
        "要求",
        "标准",
        "结果",
        "意见",
        "理由",
        "男",
        "女",
        "是",
        "否",
        "有",
        "元",
        "号",
        "公司",
        "供应商",
        "中标人",
        "投标人",
        "招标人",
        "代理",
        "代理机构",
        "机构",
        "组长",
        "组员",
        "成员",
        "专家",
        "评委",
        "主任",
        "经理",
        "主管",
        "老师",
        "先生",
        "女士",
        "小姐",
        "同志",
        "技术",
        "技术支持",
        "服务",
        "咨询",
        "受理",
        "监督",
        "质疑",
        "投诉",
        "举报",
        "异议",
        "管理",
        "财务",
        "财务部",
        "财务科",
        "行政部",
        "人事部",
        "信息科",
        "设备科",
        "后勤",
        "后勤处",
        "总务处",
        "总务科",
        "教务处",
        "及电话",
        "及方式",
        "电话号",
        "其他",
        "其它",
        "全体",
        "相关",
        "有关",
        "本人",
        "本项目",
        "法人",
        "法定代表",
        "法定代表人",
        "授权代表",
        "委托代理",
        "盖",
        "采购单位",
        "建设单位",
        "业主",
        "业主单位",
        "招标代理",
        "甲方",
        "乙方",
        "丙方",
        "买方",
        "卖方",
        "承包人",
        "发包人",
        "监理",
        "监理单位",
        "施工单位",
        "中级",
        "高级",
        "初级",
        "正高",
        "副高",
        "教授",
        "副教授",
        "工程师",
        "助理",
        "会计师",
        "经济师",
        "讲师",
        "研究员",
        "本科",
        "硕士",
        "博士",
        "大专",
        "讲解",
        "按照",
        "根据",
        "依据",
        "应当",
        "必须",
        "具有",
        "具备",
        "不得",
        "须",
        "应",
        "需",
        "提供",
        "或",
        "和",
        "及",
        "与",
        "的",
        "在",
        "为",
        "由",
        "等",
        "其",
        "该",
        "各",
        "每",
        "一级",
        "二级",
        "三级",
        "甲级",
        "乙级",
        "注册",
        "合格",
        "不合格",
        "通过",
        "同意",
        "签订",
        "附",
        "见",
        "空",
        "开标",
        "评标",
        "定标",
        "投标",
        "招标",
        "中国",
        "国内",
        "国外",
        "境内",
        "境外",
        "省内",
        "本地",
        "外地",
        "本省",
        "本市",
        "本县",
        "金额",
        "价格",
        "数量",
        "总价",
        "单价",
        "合计",
        "小计",
        "群众",
        "公众",
        "学生",
        "教师",
        "居民",
        "村民",
        "网民",
        "用户",
        "个人",
        "人员",
        "重点人员",
        "党员",
        "干部",
        "职工",
        "员工",
        "领导",
        "群体",
        "对象",
        "少数民族",
        "年月",
        "月日",
        "年月日",
        "收件",
        "寄件",
        "邮寄",
        "投递",
        "收货",
        "国籍",
        "户籍",
        "住址",
        "类型",
        "类别",
        "级别",
        "状态",
        "简介",
        "简历",
        "分工",
        "职责",
        "任务",
        "权限",
        "账号",
        "密码",
        "登录名",
        "用户名",
        "昵称",
    ]
)
_STOP_PART = re.compile(
    "电话|手机|传真|地址|邮箱|邮编|热线|专线|客服|附件|公告|采购|招标|投标|中标|代理|联系|公司|项目|"
    "单位|供应商|编号|号码|签字|盖章|签章|名单|人员|资格|要求|信息|系统|平台|技术|服务|管理|支持|维护|"
    "咨询|查询|监督|部门|机构|中心|政府|大学|学院|医院|学校|银行|支队|大队|委员|办公|窗口|业务|负责|"
    "评审|评标|专家|小组|代表|报名|登记|质疑|投诉|举报|受理|详见|另行|符合|进行|应当|提供|文件|合同|"
    "工程|设备|数据|网络|视频|监控|分机|总机|邮件|扣扣|微信|账号|帐号|户名|开户|时间|日期|地点|方式|"
    "市场|价格|金额|人民|国家|社会|自治|街道|有限|集团|股份|分公司|职务|职称|性别|身份|姓名|责任|或者|"
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
    "支队长|大队长|中队长|厂长|店长|园长|馆长|镇长|乡长|村长|区长|县长|市长|会长|秘书长|董事长|总裁|理事长|主席|"
    "行长|社长|台长|团长|连长|营长|排长|班长|司令|军长)|总工程师|工程师|总工|总|工|科|处|队|所|局|导|师|姐|哥|sir)"
)
"""Titles that follow a surname or a name (王老师, 李工, 张先生)."""

_TITLE_AT_END = re.compile(TITLE + "$")


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
    return text in _STOP or _STOP_PART.search(text) is not None


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
    return length <= 9 and _TRANSLITERATION.issuperset(text)


def listed_name(text: str) -> bool:
    """Whether ``text`` (no blanks) is a name where it follows one in a list without a mark."""
    return likely_name(text) or (
        3 <= len(text) <= 9 and _TRANSLITERATION.issuperset(text) and labelled_name(text)
    )


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


def without_title(run: str) -> str | None:
    """The name before a title at the end of a run (王小明主任 → 王小明), or None."""
    match = _TITLE_AT_END.search(run)
    # The leftmost title wins: 王副主任 is 王 + 副主任.
    name = run[: match.start()] if match else ""
    if not name or len(name) > 4 or not surname_length(name):
        return None
    if len(name) > 1 and (is_stop(name) or is_word(name) or not _name_length(name)):
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
