"""What the decisions on each notice amount to: the last of each coder, and whether they agree."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
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
    for decision in decisions:
        if decision.notice_id in texts:
            last[decision.notice_id][decision.coder] = decision
    return {
        notice: _ruling(notice, [by_coder[name] for name in sorted(by_coder)], texts[notice])
        for notice, by_coder in sorted(last.items())
    }


def _ruling(notice: str, stated: list[Decision], text_hash: str) -> Ruling:
    coders = tuple(decision.coder for decision in stated)
    present = [decision for decision in stated if decision.text_hash == text_hash]
    if not present:
        return Ruling(notice, "outdated", coders, review=("decision_outdated",))
    sure = [decision for decision in present if decision.relevant != "unsure"]
    if not sure:
        return Ruling(notice, "unsure", coders, review=("coder_unsure",))
    if len({decision.relevant for decision in sure}) > 1:
        return Ruling(notice, "disputed", coders, review=("coders_disagree",))
    agreed = {name: _agreed(sure, name) for name in _CODED}
    at_odds = any(value is _DIFFER for value in agreed.values())
    values = {name: None if value is _DIFFER else value for name, value in agreed.items()}
    review = ("coders_disagree",) if at_odds else ()
    held = {"notice_id": notice, "verdict": sure[0].relevant, "coders": coders, "review": review}
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
