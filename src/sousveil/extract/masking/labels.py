"""Chinese labels after which a natural person is named, as one pattern over folded text.

Sources: the forms of 财办库〔2020〕50号, contact blocks of provincial portals, signature blocks
of contracts, evaluation reports of the bidding law. Labels are written without blanks here; the
pattern allows blanks between any two characters (联 系 人). The end of a label is enough:
项目联系人 and 采购单位联系人 are both found by 联系人.
"""

import re
from enum import Enum

BLANK = " *+"
"""Blanks that may stand inside a word on one line."""


class Asks(Enum):
    """What a label asks for, and so how sure a candidate has to be."""

    PERSON = "person"
    """A person: any short value that is no placeholder is a name."""
    CONTACT = "contact"
    """A person or a phone: a name needs a surname."""
    EXPERTS = "experts"
    """Persons, often many and over several lines."""
    COLON = "colon"
    """An ordinary word that asks for a person only when a colon follows."""
    TOPIC = "topic"
    """An ordinary word, a colon must follow, and the name needs a surname."""
    PARTY = "party"
    """An organisation, seldom a person's bare name; a colon must follow."""


_HEADS: dict[Asks, str] = {
    Asks.PERSON: (
        "联系人员 联系人 联络人 联络员 经办人员 经办人 经手人 承办人 负责人 责任人 对接人 咨询人 "
        "收件人 受理人员 受理人 监督人员 监督人 监标人 唱标人 记录人 主持人 复核人 审核人 审批人 "
        "编制人 制表人 填报人 填表人 授权代表 采购人代表 采购代表 业主代表 业主评委 法定代表人 "
        "法定代表 法人代表 法人 代理人 代表人 项目经理 客户经理 项目总监 总监理工程师 建造师 "
        "技术负责 姓名 公证员 公证人 承办律师 实际控制人 经营者 持证人 当事人 申请人姓名 "
        "投诉人姓名 担当者 担当 氏名 授权人 声明人 承诺人 见证人 送达人 签署人 出席人"
    ),
    Asks.CONTACT: "联系方式 联络方式 联系窗口",
    Asks.EXPERTS: (
        "评审专家 评标专家 谈判专家 磋商专家 询价专家 论证专家 评审委员会 评标委员会 评审小组 "
        "评标小组 谈判小组 磋商小组 询价小组 采购小组 验收小组 协商小组 单一来源采购人员 "
        "单一来源采购小组 专业人员 专家组 专家 评委 验收人员 成员 组员 委员"
    ),
    Asks.COLON: (
        "代表 组长 主任委员 总监 设计师 安全员 施工员 质检员 质量员 资料员 "
        "造价员 校长 院长 局长 处长 科长 所长 队长 站长 园长 书记 作者 记者 撰稿 签发人 采购经办 "
        "监测对象 监控对象 目标人物 重点人物 重点人员 关注人物 重点对象 关注对象 管控对"
        "象 嫌疑人 被告人 "
        "受害人 信访人 上访人 举报人 投诉人 保管人 使用人 签收人 收货人 接收人 持有人 承租"
        "人 出租人 "
        "被保险人 监护人 乘客 驾驶员 司机"
    ),
    Asks.TOPIC: (
        "监测目标 监控目标 目标对象 监测人物 "
        "客服 客服人员 工作人员 技术人员 专员 人员 编辑 校对 审稿 签发 审批 签字 签名 签"
        "章 负责老师 "
        "监理员 户主 车主 房主 租客 患者 学生 家长 班主任 医生 护士 校核 收件 "
        "监督员 纪检员 审定 复核人员 发布人 发布者 发布员 "
        "信息录入 录入人 录入 上传者 上传人 发稿人 拟稿人 拟稿 经办 编制 记录 "
        "老师 举报受理 投诉受理 受理 咨询 制单 制表 审核 复核 验收人 签收 业主 联系 会计 出纳 "
        "经理 主管 主任 工程师 被告 原告 董事 监事 股东 投资人"
    ),
    Asks.PARTY: (
        "供应商名称 供应商姓名 供应商 中标人名称 中标人 中标单位 中标单位名称 中标候选人 候选人 "
        "成交人 成交供应商名称 成交单位 投标人名称 投标人 投标单位 竞得人 承包人 承租方 乙方 "
        "受让方 卖方 户名 账户名称 开户名称 收款人 收款单位 单位名称 名称 甲方 出租方 响应人 "
        "入围供应商 入围人 公司名称"
    ),
}

_TAIL_WORDS = (
    "联系电话 电话号码 电话 联系方式 方式 手机号码 手机 号码 姓名 名字 名单 成员 委员 人"
    "员 信息 职务 签字 "
    "签名 签章 盖章 身份证号 情况 组成 推荐 授权代表 授权委托人 委托代理人 授权代理人 代理"
    "人 代表 负责人 为 是 人 员 长 包括 包含 分别为 分别是 如下 抽取结果 抽取"
)


def _trie(words: list[str]) -> str:
    """A pattern for any of the words, the longest first, with blanks allowed inside."""
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[0], []).append(word[1:])
    branches = []
    for char, rests in groups.items():
        longer = [rest for rest in rests if rest]
        branch = re.escape(char)
        if longer:
            inner = BLANK + _trie(longer)
            branch += f"(?:{inner})?" if len(longer) < len(rests) else inner
        branches.append(branch)
    return branches[0] if len(branches) == 1 else "(?:" + "|".join(branches) + ")"


_ASKS = {word: asks for asks, words in _HEADS.items() for word in words.split()}

# What may stand between the head of a label and its value: more of the label, bracketed notes.
_TAIL = (
    rf"(?:{BLANK}(?:\([^()\n]{{0,30}}\)|[\dA-Z①-⑩一二三四五]{{1,2}}(?= *:)"
    rf"|\[[^\[\]\n]{{0,20}}\]|[及和与或/、]?{BLANK}其?" + _trie(_TAIL_WORDS.split()) + "))*"
)

_OTHER_MARK = "(?:[|=→;]|-{1,2}>)"
"""Marks that stand for a colon at times: what follows one must look like a name."""
_OPENING = '(?:[—-]{1,2}\\s?)?[“"「『]?'

LABEL = re.compile(
    rf"(?P<head>{_trie(list(_ASKS))})(?P<tail>{_TAIL})"
    rf"(?P<gap>\s{{0,8}}(?:(?P<colon>\)? ?[:︰∶﹕]|[\]】] ?:?)|{_OTHER_MARK})?\s{{0,8}}{_OPENING})"
)


def asks(head: str) -> Asks:
    """What a label asks for, by the ``head`` of a match of ``LABEL``."""
    return _ASKS.get(head) or _ASKS["".join(head.split())]


HEADER = re.compile(
    r"(?:[一-鿿]{0,8}(?:姓名|联系人|负责人|经办人|代表人?|专家|评委|成员|项目经理|建造师"
    r"|总监|委员)(?:姓名|名单|及电话|及联系方式)?|"
    r"法人|经营者|监督员)(?:\([^()]{0,12}\))?"
)
"""A table's header cell (without blanks) whose column holds persons; fullmatch."""

PARTY_HEADER = re.compile(
    r"(?:中标|成交|入围|拟定)?(?:供应商|投标人|响应人|中标人|成交人|候选人|竞得人|承租人"
    r"|中标单位|成交单位|收款人|户名)(?:名称|姓名)?"
)
"""A header cell whose column holds organisations and sometimes a person's bare name."""
