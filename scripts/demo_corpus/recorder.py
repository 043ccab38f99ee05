"""Writes a notice as blocks and notes, as it writes them, the values a reader must find."""

from collections.abc import Sequence
from datetime import datetime

from demo_corpus.numerals import written

Block = tuple[str, object]
"""(kind, content): ``h`` heading, ``p`` paragraph, ``table`` rows of cells."""


class Recorder:
    """Collects blocks of text and the truth of what they state.

    A field enters the truth only when the layout really prints it.
    """

    def __init__(self, quirk: str = "") -> None:
        self.quirk = quirk
        self.blocks: list[Block] = []
        self.truth: dict[str, object] = {}
        self.people: dict[str, list[str]] = {
            k: [] for k in ("person", "phone", "email", "id_number", "account")
        }

    def head(self, text: str) -> None:
        """A heading."""
        self.blocks.append(("h", text))

    def para(self, text: str) -> None:
        """A paragraph; line breaks make several."""
        for line in text.strip().split("\n"):
            if line.strip():
                self.blocks.append(("p", line.strip()))

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """A table; the first row is its header."""
        self.blocks.append(("table", [list(r) for r in rows]))

    def label(self, label: str, value: str) -> None:
        """A labelled line, with the oddities that real notices show."""
        if self.quirk == "spaced" and len(label) == 2:
            label = f"{label[0]} {label[1]}"
        if self.quirk == "newline":
            self.para(f"{label}：\n{value}")
        elif self.quirk == "half":
            self.para(f"{label}:{value}")
        elif self.quirk == "zero":
            self.para(f"{label[0]}\u200b{label[1:]}：{value}")
        else:
            self.para(f"{label}：{value}")

    def note(self, field: str, value: object) -> str:
        """Note ``value`` as the truth of ``field`` and give it back as text."""
        if value is None:
            return ""
        self.truth[field] = value
        return str(value)

    def also(self, field: str, value: str) -> str:
        """Add to a list field, once."""
        values = self.truth.setdefault(field, [])
        if value not in values:
            values.append(value)
        return value

    def money(self, field: str, amount: float, style: str) -> str:
        """An amount in a given way of writing; the truth is in units of the currency."""
        self.truth[field] = amount
        return written(amount, style)

    def when(self, moment: datetime, style: int) -> str:
        """The bid deadline in one of five ways of writing."""
        self.truth["bid_deadline"] = moment.strftime("%Y-%m-%dT%H:%M")
        m = moment
        half = "上午" if m.hour < 12 else "下午"
        hour = m.hour if m.hour <= 12 else m.hour - 12
        minute = f"{m.minute}分" if m.minute else "整"
        return (
            f"{m:%Y}年{m:%m}月{m:%d}日 {m:%H}点{m:%M}分",
            f"{m:%Y-%m-%d %H:%M:%S}",
            f"{m.year}年{m.month}月{m.day}日{half}{hour}时{minute}",
            f"{m:%Y}年{m:%m}月{m:%d}日{m:%H}:{m:%M}",
            f"{m.year}年{m.month}月{m.day}日{m.hour}时{m:%M}分",
        )[style % 5]

    def who(self, kind: str, value: object) -> str:
        """A detail of a natural person, or several parted by a comma: must appear nowhere."""
        for one in str(value).replace("、", ",").split(","):
            if one.strip() and one.strip() not in self.people[kind]:
                self.people[kind].append(one.strip())
        return str(value)
