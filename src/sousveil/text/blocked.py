"""Tells words of a record from what a server says in its place: a check, a refusal, an error.

The phrases are those of firewalls and content networks in use in China and elsewhere and of the
error pages of common servers (RFC 9110 15.5, 15.6). What could be the name of something bought
(安全验证, Web应用防火墙) counts only where it is a whole line. Words under labels of a notice are a
notice, whatever else they say.
"""

import re

from sousveil.text.scripts import fold

_SHORT = 600
"""Characters, white space apart, beyond which a text says more than a check does."""

_VERY_SHORT = 160
_HEADING = 60
_FIRST_LINES = 4

_SCRIPTS = r"(?:javascript|js|脚本|cookies?)"
_SAID = re.compile(
    r"请(?:先)?(?:完成|通过|进行)(?:下列|以下|下方|安全|人机|滑动|滑块)?验证|(?:拖动|滑动)(?:下方|左侧|此)?滑块"
    r"|(?:访问|操作|请求)(?:过于|太|次数过)(?:频繁|快|多)"
    r"|(?:访问|请求|ip(?:地址)?)(?:已经?)?被(?:[^\n。]{0,12})?(?:拒绝|拦截|阻断|阻止|禁止|限制|屏蔽)"
    r"|(?:请求|访问)(?:存在|含有|疑似|包含)[^\n。]{0,12}(?:攻击|威胁|风险|非法|恶意)"
    r"|拒绝了?(?:您的?)?(?:访问|请求)|(?:没有|无)权(?:限)?访问|访问权限不足"
    rf"|(?:开启|启用|打开|允许)(?:您的?)?(?:浏览器)?的?\s?{_SCRIPTS}"
    rf"|(?:不支持|未启用|未开启|禁用了?|关闭了)(?:浏览器)?的?\s?{_SCRIPTS}"
    r"|正在(?:进行)?(?:安全)?(?:检测|检查|验证)(?:您的?)?(?:浏览器|环境|访问|网络)"
    r"|enable java\s?script|java\s?script (?:is|must be|has been) (?:required|disabled|enabled)"
    r"|(?:requires?|needs?) java\s?script|turn on java\s?script|enable cookies"
    r"|checking your browser"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|are you a (?:human|robot)|not a robot"
    r"|complete the (?:security )?(?:check|captcha)|you have been blocked|unusual traffic"
    r"|(?:you )?(?:do not|don't) have permission to (?:access|view)"
    r"|(?:your )?request (?:was|has been|could not be) (?:blocked|rejected|denied|satisfied)"
    r"|access to (?:this|the) (?:page|site|resource|website) (?:has been|is|was) "
    r"(?:denied|blocked|forbidden|restricted)"
    r"|доступ (?:к \w+ )?(?:запрещ|ограничен)|включите javascript|javascript aktivieren"
    r"|habilit[ea] (?:o )?javascript|activer javascript|active[zr] javascript",
)
"""Said to a visitor: no notice says so in its first lines."""

_LINE = re.compile(
    r"(?:请(?:输入|填写)(?:图片|图形|下方|正确的?)?验证码|安全验证|人机验证|滑动验证|滑块验证|访问验证|身份验证"
    r"|安全检查|安全检测|浏览器(?:安全)?检查|验证码|访问异常|访问受限|访问被拒绝|禁止访问|拒绝访问|网络环境异常"
    r"|网站防火墙|web应用防火墙|系统繁忙(?:请稍后再试)?|页面(?:不存在|没有找到|找不到了)|服务器(?:内部)?错误"
    r"|just a moment|attention required|access denied|access forbidden|forbidden|security check"
    r"|(?:页面|数据|正在)*加载中?|请稍[候后等]|loading|please wait"
    r"|captcha|robot check|request blocked|pardon our interruption|too many requests|page not found"
    r"|acceso denegado|acc[eè]s refus[eé]|zugriff verweigert|доступ запрещ[её]н"
    r"|(?:http |error |错误 ?|状态 ?)*(?:400|401|403|404|405|410|412|418|429|451|50[0-4]|52\d)"
    r"(?: ?[-–—:|]? ?(?:forbidden|not found|bad request|unauthorized|bad gateway|error|错误"
    r"|禁止访问|service (?:temporarily )?unavailable|gateway time-?out|internal server error"
    r"|too many requests|页面不存在|precondition failed|gone|method not allowed))?)"
    r"[\s.…!！。,，:：|–-]*(?:cloudflare|nginx(?:/[\d.]+)?|openresty|apache|akamai|waf)?[\s.…!！。]*",
)
"""The whole of a heading of such a page."""

_NOTICE = re.compile(
    r"(?:项目|采购|招标|标案|合同|公告|计划)(?:编号|名称|案号|代码|预算|金额|内容|需求|方式|概况)"
    r"|(?:采购|招标|中标|成交|投标|供应|代理|建设|得标)(?:人|单位|商|机构|厂商)|机关名称"
    r"|预算(?:金额|总?价)|最高限价|中标(?:金额|价)|成交金额|合同金额|开标(?:时间|日期)"
    r"|截止(?:时间|日期)|投标截止|发布(?:时间|日期)"
    r"|buyer|contracting (?:authority|officer)|supplier|tender|solicitation"
    r"|contract (?:no|number|value|title)|procurement|award(?:ed)?|budget|deadline|closing date"
    r"|estimated (?:value|cost)|notice (?:id|type|number)|entidad|comprador|proveedor|presupuesto"
    r"|acheteur|titulaire|auftraggeber|vergabe|заказчик|поставщик|закупк"
)
_BEFORE_VALUE = re.compile(r"([^\n:：\t]{2,24})[:：\t]\s?(?=\S)")


def notice_labels(text: str) -> int:
    """How many different labels of notices stand before a value, after a colon or in a cell."""
    labels: set[str] = set()
    for match in _BEFORE_VALUE.finditer(fold(text)):
        labels.update(found[0] for found in _NOTICE.finditer(match[1]))
    return len(labels)


def is_blocked(text: str, title: str | None = None) -> bool:
    """Whether the words of a page are a check or an error in the place of a record."""
    written = "".join(text.split())
    if not written or len(written) > _SHORT or notice_labels(text) >= 2:
        return False
    folded = fold(text)
    lines = [" ".join(line.split()) for line in folded.split("\n") if line.strip()]
    heads = [fold(title or "").strip(), *lines[:_FIRST_LINES]]
    if any(_LINE.fullmatch(head) for head in heads):
        return True
    if any(_SAID.search(head) for head in heads if len(head) <= _HEADING):
        return True
    return len(written) <= _VERY_SHORT and _SAID.search(folded) is not None
