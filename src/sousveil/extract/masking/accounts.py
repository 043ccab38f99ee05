"""Find messenger and social accounts, and bank accounts of persons, in folded text."""

import re

Span = tuple[int, int]

_WORDS = re.compile(
    "QQ|qq|Qq|Q Q|扣扣|微信|微 信|V信|VX|vx|Vx|威信|钉钉|飞书|电报|纸飞机|旺旺|陌陌|小红书|抖音"
    "|快手|微博|推特|脸书|"
    "WeChat|Wechat|wechat|WECHAT|Weixin|weixin|Telegram|telegram|TELEGRAM|TG|WhatsApp"
    "|Whatsapp|whatsapp|WhatsAPP|"
    "WHATSAPP|Skype|skype|SKYPE|LINE|Line|line|Signal|Viber|viber|Twitter|twitter"
    "|Facebook|facebook|Instagram|"
    "instagram|Zalo|KakaoTalk|카카오톡|t\\.me/|wa\\.me/|telegram\\.me/"
)
_KINDS = (
    "(?:工作|交流|咨询|报名|客服)?(?:群号|群|号码|账号|帐号|账户|用户名|昵称|ID|Id|id|同号"
    "|号|用户|邮箱)*"
)
_NUMBERED = re.compile(
    rf"{_KINDS}(?:\([^()\n]{{0,12}}\))?\s{{0,4}}[:为是]?\s{{0,4}}"
    rf"(?P<id>(?:\d{{5,12}}|\d{{3,5}}(?: \d{{3,5}}){{1,2}})"
    rf"(?:\s?[、,/或]\s?\d{{5,12}})*)(?! ?\d)"
)
_NAMED = re.compile(
    rf" ?(?!公众|官方|小程序|视频号){_KINDS}(?:\([^()\n]{{0,12}}\))?"
    r"(?: ?(?:account|handle|ID|id|no\.?))?\s{0,3}"
    r"(?:[:为是]\s{0,3}|\( ?(?=[@A-Za-z0-9])| (?=@)"
    r"|(?<=[号D]) {1,3})(?P<id>@?[A-Za-z0-9_+][A-Za-z0-9_.\-]{3,40})"
)
_GLUED = re.compile(
    r"(?:号码?|账号)? ?(?P<id>(?=[a-z_-]{0,20}[\d_])[a-z][a-z0-9_-]{5,19})"
    r"(?![A-Za-z0-9.]|[版端型系])"
)
"""微信号abc_2020, 加微信abc2020: WeChat's own rule for an identifier (6 to 20 characters that begin
with a letter), in small letters and with a digit or a low line: no word of English is one."""
_WECHAT = frozenset(("微信", "微 信", "威信", "V信"))
_LINK = re.compile(r"\+?[A-Za-z0-9_]{4,40}")
_NOT_ACCOUNT = re.compile(r"https?|www|APP\b|app\b|API\b|api\b|SDK")
_CONTEXT = re.compile(
    "账号|帐号|联系|推特|脸书|微博|微信|用户|博主|电报|twitter|telegram|facebook"
    "|instagram|contact|handle|account|关注",
    re.I,
)
_QQ = frozenset(("QQ", "qq", "Qq", "Q Q", "扣扣"))


def accounts(text: str, handles: list[Span]) -> list[Span]:
    """Spans of messenger and social accounts that a label or a link names, and named handles."""
    found = [span for span in handles if _CONTEXT.search(text, max(0, span[0] - 30), span[0])]
    for match in _WORDS.finditer(text):
        word, end = match[0], match.end()
        if word.endswith("/"):
            link = _LINK.match(text, end)
            if link:
                found.append(link.span())
            continue
        value = _NUMBERED.match(text, end) if word in _QQ else _NAMED.match(text, end)
        if value is None and word in _WECHAT:
            value = _GLUED.match(text, end)
        if value and not _NOT_ACCOUNT.match(value["id"]):
            found.append(value.span("id"))
    return found


_BANK = re.compile(
    r"[^\n]{0,60}?(?:\n[^\n]{0,60}?){0,3}?(?:账|帐"
    r"|卡)\s{0,3}号\s{0,2}:?\s{0,3}(?P<number>\d[\d -]{10,28}\d)"
)


# A card's number (UnionPay's prefix 62, 16 to 19 digits) belongs to a person, whoever is named.
_CARD = re.compile(
    r"(?:账|帐|卡)\s{0,3}号码?\s{0,2}:?\s{0,3}(?P<number>62(?:[ -]?\d){14,17})(?!\d)"
)


_OTHER_HOLDER = re.compile("公司|集团|事务所|大学|供应商|户名|账户名称|单位名称")
"""Between a person and an account these say that the account is another party's."""


def bank_accounts(text: str, holders: list[Span]) -> list[Span]:
    """Account numbers that follow the name of a person as their holder, and numbers of cards."""
    if "账" not in text and "帐" not in text and "卡" not in text:
        return []
    matches = (_BANK.match(text, end) for _, end in holders)
    found = [
        match.span("number") for match in matches if match and not _OTHER_HOLDER.search(match[0])
    ]
    return found + [match.span("number") for match in _CARD.finditer(text)]
