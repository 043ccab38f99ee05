"""Find phones, accounts, identity numbers and homes in columns of tables whose header names them.

In a row of text a label stands before a number; in a table it stands above, and the number may be
too short, or too plain, to be told by itself. Works on folded text.
"""

import re
from collections.abc import Sequence

from sousveil.extract.masking.tables import Row, Span, Table
from sousveil.model.document import MaskKind

_KINDS: tuple[tuple[MaskKind, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "phone",
        re.compile(
            r"(?:联系|办公|移动|固定|手机|负责人|联系人)?(?:电话|手机|座机|传真)(?:号码?)?|联系方式"
            r"|(?i:tel|phone|mobile|telephone|fax)(?i:[. ]?(?:no|number))?\.?|[Tt]eléfono|Телефон"
        ),
        re.compile(r"\+?[\d()][\d() -]{3,22}\d(?:\s?(?:转|ext\.?|x)\s?\d{1,6})?"),
    ),
    (
        "account",
        re.compile(
            r"(?:QQ|qq|微信|微 信|钉钉|WeChat|wechat|Telegram|WhatsApp)(?:号码?|账号|ID|id)?"
        ),
        re.compile(r"[A-Za-z0-9_@+][A-Za-z0-9_.@+ -]{3,40}"),
    ),
    (
        "id_number",
        re.compile(r"(?:居民)?(?:身份证|身分证|证件)(?:件)?(?:号码?|字号)?|护照号码?"),
        re.compile(r"(?=.{0,4}\d)[A-Za-z0-9][A-Za-z0-9*() ]{5,22}"),
    ),
    (
        "account",
        re.compile("(?:银行)?(?:账号|帐号|卡号)"),
        re.compile(r"62(?:[ -]?\d){14,17}"),
    ),
    (
        "address",
        re.compile("(?:家庭|居住|现居住?|户籍|身份证)(?:住址|地址)|现?住址"),
        re.compile(r"[^\n\t]{4,80}"),
    ),
)
"""What a header asks for, and what a cell below it may hold."""
_ANY = re.compile("|".join(f"(?:{header.pattern})" for _, header, _ in _KINDS))


def in_number_columns(text: str, tables: Sequence[Table]) -> list[tuple[MaskKind, Span]]:
    """What stands in cells below a header of phones, accounts, identity numbers or homes."""
    found: list[tuple[MaskKind, Span]] = []
    for rows in tables:
        columns: dict[int, tuple[MaskKind, re.Pattern[str]]] = {}
        for row in rows:
            headers = _headers(text, row)
            columns |= headers
            for column, (kind, shape) in columns.items():
                span = row.get(column)
                if column not in headers and span and (held := shape.fullmatch(text, *span)):
                    found.append((kind, held.span()))
            columns = {c: asked for c, asked in columns.items() if _goes_on(text, row.get(c))}
    return found


def _goes_on(text: str, span: Span | None) -> bool:
    """Whether a column goes on below a cell: below another header it is another column."""
    return span is None or span[1] - span[0] < 2 or _OTHER.search(text, *span) is None


_OTHER = re.compile("金额|价格?|数量|编号|得分|评分|日期|时间|名称|备注|单位|预算|规格|型号|序号")


def _headers(text: str, row: Row) -> dict[int, tuple[MaskKind, re.Pattern[str]]]:
    """Columns of the row that name what is personal; none where a value stands beside the name."""
    found: dict[int, tuple[MaskKind, re.Pattern[str]]] = {}
    for column, (start, end) in row.items():
        title = text[start:end].strip()
        if not _ANY.fullmatch(title):
            continue
        beside = row.get(column + 1)
        for kind, header, shape in _KINDS:
            if not header.fullmatch(title):
                continue
            if beside is None or not shape.fullmatch(text, *beside) or kind == "address":
                found[column] = kind, shape
            break
    return found
