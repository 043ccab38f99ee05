"""What the decisions on each notice amount to: the last of each coder, and whether they agree.

An adjudication outranks what coders say; how far coders agree is told from what each said before.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from sousveil.model import Decision

Verdict = Literal["yes", "no", "unsure", "disputed", "outdated"]


class Ruling(msgspec.Struct, frozen=True):
    """What holds of one notice. ``verdict``: ``yes`` or ``no`` where every coder who is sure says
    so; ``unsure`` where none is sure; ``disputed`` where some say yes and some no; ``outdated``
    where all decisions were made on another text.

    Codes are those on which all who name codes agree, else None: the classifier's stand.
    """

    notice_id: str
    verdict: Verdict
    coders: tuple[str, ...]
    capabilities: tuple[str, ...] | None = None
    platforms: tuple[str, ...] | None = None
    target_groups: tuple[str, ...] | None = None
    overseas_target: bool | None = None
    review: tuple[str, ...] = ()
    """Why a person should look again: ``coders_disagree``, ``coder_unsure``,
    ``decision_outdated``."""
    adjudicator: str | None = None
    """Who settled it, where somebody did."""

    @property
    def decided(self) -> bool:
        """Whether it outranks the classifier."""
        return self.verdict in ("yes", "no")


def rulings(decisions: Iterable[Decision], texts: Mapping[str, str]) -> dict[str, Ruling]:
    """The ruling on each notice that was decided on. ``texts``: the present text hash by notice.

    Decisions of one coder come oldest first: the last on a notice counts. The order of coders does
    not matter. Notices that are not in ``texts`` have none.
    """
    last: dict[str, dict[str, Decision]] = defaultdict(dict)
    settled: dict[str, Decision] = {}
    for decision in decisions:
        notice = decision.notice_id
        if notice not in texts:
            continue
        if decision.role == "coder":
            last[notice][decision.coder] = decision
        elif decision.text_hash == texts[notice]:
            before = settled.get(notice)
            if before is None or _moment(before) <= _moment(decision):
                settled[notice] = decision
    return {
        notice: _ruling(
            notice,
            [last[notice][name] for name in sorted(last[notice])],
            texts[notice],
            settled.get(notice),
        )
        for notice in sorted({*last, *settled})
    }


def _moment(decision: Decision) -> tuple[str, str]:
    return decision.at, decision.coder


def independent(decisions: Iterable[Decision]) -> list[Decision]:
    """What coders said by themselves: no adjudication, nothing that was asked anew because coders
    differed, and nothing said of a notice after either, when the others' words were known."""
    given = list(decisions)
    told: dict[str, str] = {}
    for decision in given:
        if not _own(decision):
            told[decision.notice_id] = min(decision.at, told.get(decision.notice_id, decision.at))
    return [d for d in given if _own(d) and d.at <= told.get(d.notice_id, d.at)]


def asked_anew(decision: Decision) -> bool:
    """Whether it was taken from the queue of what coders differ on."""
    source = decision.source
    return source is not None and source.kind == "queue" and source.name == "disagreements"


def _own(decision: Decision) -> bool:
    return decision.role == "coder" and not asked_anew(decision)


def _ruling(
    notice: str, stated: list[Decision], text_hash: str, settled: Decision | None
) -> Ruling:
    coders = tuple(decision.coder for decision in stated)
    present = [decision for decision in stated if decision.text_hash == text_hash]
    if settled is not None:
        return _settled(notice, coders, present, settled)
    if not present:
        return Ruling(notice, "outdated", coders, review=("decision_outdated",))
    sure = [decision for decision in present if decision.relevant != "unsure"]
    if not sure:
        return Ruling(notice, "unsure", coders, review=("coder_unsure",))
    if len({decision.relevant for decision in sure}) > 1:
        return Ruling(notice, "disputed", coders, review=("coders_disagree",))
    return _agreeing(notice, coders, sure[0].relevant, sure)


def _settled(
    notice: str, coders: tuple[str, ...], present: list[Decision], settled: Decision
) -> Ruling:
    """As the adjudicator says; what they leave open is as the coders who say the same agree."""
    if settled.relevant == "unsure":
        return Ruling(notice, "unsure", coders, review=("coder_unsure",), adjudicator=settled.coder)
    alike = [decision for decision in present if decision.relevant == settled.relevant]
    said = {name: getattr(settled, name) for name in _CODED if getattr(settled, name) is not None}
    open_to_coders = [
        msgspec.structs.replace(decision, **dict.fromkeys(said)) for decision in alike
    ]
    return msgspec.structs.replace(
        _agreeing(notice, coders, settled.relevant, [*open_to_coders, settled]),
        adjudicator=settled.coder,
    )


def _agreeing(
    notice: str, coders: tuple[str, ...], verdict: str, sure: Sequence[Decision]
) -> Ruling:
    agreed = {name: _agreed(sure, name) for name in _CODED}
    at_odds = any(value is _DIFFER for value in agreed.values())
    values = {name: None if value is _DIFFER else value for name, value in agreed.items()}
    review = ("coders_disagree",) if at_odds else ()
    held = {"notice_id": notice, "verdict": verdict, "coders": coders, "review": review}
    return msgspec.convert({**held, **values}, Ruling)


_CODED = ("capabilities", "platforms", "target_groups", "overseas_target")
_DIFFER = object()


def _agreed(sure: Iterable[Decision], name: str) -> object:
    stated = {_value(getattr(d, name)) for d in sure if getattr(d, name) is not None}
    if len(stated) > 1:
        return _DIFFER
    return next(iter(stated), None)


def _value(value: object) -> object:
    return tuple(sorted(set(value))) if isinstance(value, tuple) else value
