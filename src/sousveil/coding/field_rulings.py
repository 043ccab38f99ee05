"""What the decisions on a field amount to: the last of each coder, and whether they agree."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from sousveil.model.field_decision import FieldDecision, FieldName

FieldStanding = Literal["decided", "unsure", "disputed", "outdated"]


class FieldRuling(msgspec.Struct, frozen=True):
    """What holds of a field. ``decided``: the values of ``decision`` are right, by every coder who
    is sure, or as settled; ``outdated``: all that was said is of another text.

    ``decision`` is the one to show: of those that agree the first with a quote.
    """

    notice_id: str
    field: FieldName
    standing: FieldStanding
    decision: FieldDecision


def field_rulings(
    decisions: Iterable[FieldDecision], texts: Mapping[str, str]
) -> dict[str, dict[FieldName, FieldRuling]]:
    """The rulings by notice and field. ``texts``: the present text hash by notice. Decisions of one
    coder come oldest first; the order of coders does not matter."""
    last: dict[tuple[str, FieldName], dict[tuple[str, str], FieldDecision]] = defaultdict(dict)
    for decision in decisions:
        if decision.notice_id in texts:
            said = last[decision.notice_id, decision.field]
            said[decision.role, decision.coder] = decision
    found: dict[str, dict[FieldName, FieldRuling]] = {}
    for (notice, field), said in sorted(last.items()):
        stated = [said[who] for who in sorted(said) if said[who].verdict != "undone"]
        if stated:
            ruled = _ruling(stated, texts[notice])
            found.setdefault(notice, {})[field] = ruled
    return found


def _ruling(stated: list[FieldDecision], text_hash: str) -> FieldRuling:
    present = [decision for decision in stated if decision.text_hash == text_hash]
    if not present:
        return _as("outdated", stated[0])
    settled = [decision for decision in present if decision.role == "adjudicator"]
    voices = [max(settled, key=lambda d: (d.at, d.coder))] if settled else present
    sure = [decision for decision in voices if decision.verdict != "unsure"]
    if not sure:
        return _as("unsure", voices[0])
    if len({decision.values for decision in sure}) > 1:
        return _as("disputed", sure[0])
    return _as("decided", next((d for d in sure if d.quoted), sure[0]))


def _as(standing: FieldStanding, decision: FieldDecision) -> FieldRuling:
    return FieldRuling(decision.notice_id, decision.field, standing, decision)
