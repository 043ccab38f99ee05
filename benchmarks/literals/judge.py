"""Reads random literals with the parsers that extraction uses and counts what came back.

``exact``: the amount and its currency, or the date and its time to the minute, as written; for a
rate its number, marked as one; for a price of one piece or a range, no amount that would be taken
for a total. ``flagged``: nothing, or a value with a doubt: extraction then gives none, or flags the
notice. Anything else is silently wrong.
"""

from collections import Counter
from collections.abc import Sequence
from random import Random

import msgspec

from benchmarks.literals.amounts import AMOUNTS
from benchmarks.literals.amounts_chinese import CHINESE_AMOUNTS
from benchmarks.literals.dates import DATES
from benchmarks.literals.written import Form, Written
from sousveil.text import parse_amount, parse_date

_FRAMES: dict[str, tuple[str, ...]] = {
    "zh": (
        "{}",
        "{}",
        "：{}。",
        "预算金额：{}，其中",
        "本项目为{}（详见公告）",
        "时间：{}（北京时间）",
    ),
    "zh-Hant-TW": ("{}", "{}", "預算金額：{}", "（{}）", "{}。"),
    "zh-Hant-HK": ("{}", "{}", "預算：{}", "{}。"),
    "en": ("{}", "{}", "Value: {}", "{} (excl. VAT)", "a total of {}, as planned"),
    "es": ("{}", "{}", "Importe: {}", "{} (IVA no incluido)", "Plazo: {}"),
    "fr": ("{}", "{}", "Montant : {}", "Date : {}", "({})"),
    "de": ("{}", "{}", "Wert: {}", "{} (netto)", "Frist: {}"),
    "pt": ("{}", "{}", "Valor: {}", "({})", "Prazo: {}"),
    "ru": ("{}", "{}", "Цена: {}", "({})", "Срок: {}"),
    "ja": ("{}", "{}", "予定価格：{}", "期限：{}まで", "（{}）"),
    "ko": ("{}", "{}", "추정가격: {}", "({})", "일시: {}"),
    "it": ("{}", "{}", "({})", "entro le {}"),
    "any": ("{}", "{}", "({})", "Date: {}"),
}
FORMS: tuple[Form, ...] = (*AMOUNTS, *CHINESE_AMOUNTS, *DATES)
_EXAMPLES = 3


class Tally(msgspec.Struct):
    """Counts of one group. ``plain`` are the unambiguous literals, ``unflagged`` those of them."""

    written: int = 0
    exact: int = 0
    flagged: int = 0
    wrong: int = 0
    plain: int = 0
    unflagged: int = 0

    def add(self, other: "Tally") -> None:
        """Count another group's with this one's."""
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def share(self) -> float:
        """The unflagged share of the unambiguous."""
        return self.unflagged / self.plain if self.plain else 1.0


class Result(msgspec.Struct):
    """Tallies by form (``kind · language · name``), with a few examples of what was not exact."""

    forms: dict[str, Tally] = msgspec.field(default_factory=dict)
    wrong: dict[str, list[str]] = msgspec.field(default_factory=dict)
    flagged: dict[str, list[str]] = msgspec.field(default_factory=dict)

    def add(self, other: "Result") -> None:
        """Count another run's with this one's."""
        for name, tally in other.forms.items():
            self.forms.setdefault(name, Tally()).add(tally)
        for mine, theirs in ((self.wrong, other.wrong), (self.flagged, other.flagged)):
            for name, examples in theirs.items():
                mine[name] = [*mine.get(name, ()), *examples][:_EXAMPLES]

    def total(self, part: str = "") -> Tally:
        """All forms whose name holds ``part``."""
        total = Tally()
        for name, tally in self.forms.items():
            if part in name:
                total.add(tally)
        return total


def framed(written: Written, language: str, rng: Random) -> Written:
    """The literal in words around it, as in running text; a cell's number stays alone."""
    if written.unit is not None or written.republic or written.text.isdigit():
        return written
    frame = rng.choice(_FRAMES[language])
    return msgspec.structs.replace(written, text=frame.replace("{}", written.text))


def judge(written: Written, day_first: bool) -> str:
    """``exact``, ``flagged`` or ``wrong``."""
    return _date(written, day_first) if written.kind == "date" else _amount(written)


def _date(written: Written, day_first: bool) -> str:
    found = parse_date(written.text, republic=written.republic, day_first=day_first)
    if found is None or found.doubt is not None:
        return "flagged"
    clock = found.time.replace(second=0) if found.time else None
    return "exact" if (found.value, clock) == (written.day, written.clock) else "wrong"


def _amount(written: Written) -> str:
    found = parse_amount(written.text, unit_hint=written.unit, currency_hint=written.known)
    if written.kind == "no_total":
        return "exact" if found is None or found.doubt or found.is_rate else "wrong"
    if found is None or found.doubt is not None:
        return "flagged"
    if written.kind == "rate":
        return "exact" if found.is_rate and found.amount == written.amount else "wrong"
    if found.is_rate or (found.currency is None and written.currency is not None):
        return "flagged"
    same = (found.amount, found.currency) == (written.amount, written.currency)
    return "exact" if same else "wrong"


def run(count: int, seed: int, forms: Sequence[Form] = FORMS) -> Result:
    """Write and read ``count`` literals, the forms in turn."""
    rng = Random(seed)
    result, outcomes = Result(), Counter[str]()
    for number in range(count):
        form = forms[(number + seed) % len(forms)]
        written = framed(form.write(rng), form.language, rng)
        kind = "date" if written.kind == "date" else "amount"
        name = f"{kind} · {form.language} · {form.name}"
        outcome = judge(written, day_first=rng.random() < 0.5)
        outcomes[outcome] += 1
        tally = result.forms.setdefault(name, Tally())
        _count(tally, outcome, written.ambiguous)
        if outcome == "wrong" or (outcome == "flagged" and not written.ambiguous):
            examples = getattr(result, outcome).setdefault(name, [])
            if len(examples) < _EXAMPLES:
                examples.append(repr(written.text))
    return result


def _count(tally: Tally, outcome: str, ambiguous: bool) -> None:
    tally.written += 1
    setattr(tally, outcome, getattr(tally, outcome) + 1)
    tally.plain += not ambiguous
    tally.unflagged += not ambiguous and outcome != "flagged"
