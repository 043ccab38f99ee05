"""What a correction changes: the new amount counts, the old one is history.

Old and new stand in two columns, behind 变更前 and 变更后, or in one sentence with 更正为.
"""

import re

from sousveil.extract.chinese.amounts import money
from sousveil.extract.chinese.forms import find_label
from sousveil.extract.chinese.reading import Reading
from sousveil.model import Field, Money, MoneyKind

_OLD = r"变更前|更正前|修改前|调整前|原(?!因|则|件|子|料|告)"
_NEW = (
    r"变更后|更正后|修改后|调整后|更正为|变更为|修改为|调整为|改为|"
    r"现(?:变更|更正|修改|调整)?(?:为)?(?!场|有|对|就|将|金|代|行)"
)
_MARK = re.compile(rf"(?P<old>{_OLD})|(?P<new>{_NEW})")
_WORDS = {"budget": re.compile(r"预算"), "ceiling": re.compile(r"限价|控制价")}
_AMOUNT = re.compile(
    r"(?P<label>预算(?:总?金额|总额|价)?|最高(?:投标)?限价|限价|控制价)\s{0,3}(?:为|是|:)?\s{0,3}"
    r"(?P<amount>(?:人民币|￥|¥|\s){0,3}[\d,.壹贰叁肆伍陆柒捌玖拾佰仟零万亿]{2,30}\s{0,3}[万亿]?[元圆]?整?)"
)
_REPLACED = re.compile(
    rf"(?P<label>预算(?:总?金额|总额|价)?|最高(?:投标)?限价|限价|控制价)[^。;；\n]{{1,50}}?(?:{_NEW})\s{{0,3}}(?:为|是|:){{0,2}}\s{{0,3}}"
    r"(?P<amount>(?:人民币|￥|¥|\s){0,3}[\d,.壹贰叁肆伍陆柒捌玖拾佰仟零万亿]{2,30}\s{0,3}[万亿]?[元圆]整?)"
)
"""原预算金额：315万元，现变更为：326万元: the label stands before the old alone."""
_FAR = 100


def corrected(reading: Reading, name: str) -> Field[Money] | None:
    """The budget or ceiling (``name``) that a correction puts in place of another."""
    kind: MoneyKind = "budget" if name == "budget" else "ceiling"
    skeleton = reading.source.skeleton
    words = _WORDS[name]
    for record in reading.records:
        new = record.cells.get("new")
        if new is None:
            continue
        for column, item in record.cells.items():
            if column == "new" or not words.search(
                skeleton, item.start, min(item.end, item.start + 60)
            ):
                continue
            said = find_label(skeleton[item.start : item.end].strip(": "))
            hint = new.label.hint or (said.hint if said else "")
            amount = money(reading, new.start, new.end, hint, kind, 0.9)
            if amount is not None:
                return amount
    found: Field[Money] | None = None
    for match in _AMOUNT.finditer(skeleton):
        if words.search(match["label"]) is None:
            continue
        age = _age(skeleton, match.start())
        if age == "old":
            continue
        field = money(reading, *match.span("amount"), "", kind, 0.85)
        if field is not None and (age == "new" or found is None):
            found = field
            if age == "new":
                break
    return found or _replaced(reading, words, kind)


def _replaced(reading: Reading, words: re.Pattern[str], kind: MoneyKind) -> Field[Money] | None:
    for match in _REPLACED.finditer(reading.source.skeleton):
        if words.search(match["label"]) is not None:
            return money(reading, *match.span("amount"), "", kind, 0.85)
    return None


def _age(skeleton: str, position: int) -> str | None:
    """Whether the words before a position speak of the old or the new: the nearest decides."""
    start = max(skeleton.rfind("\n", 0, position) + 1, position - _FAR)
    marks = list(_MARK.finditer(skeleton, start, position))
    return marks[-1].lastgroup if marks else None
