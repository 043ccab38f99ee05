"""What changed between two checks of a claim, and which records made it change."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from sousveil.model.claim import Check, FoundNotice, FoundProject


class Change(msgspec.Struct, frozen=True):
    """A project that came in, left, or counts otherwise than before, and why."""

    how: Literal["in", "out", "changed"]
    project_key: str
    name: str | None
    reasons: tuple[str, ...]


class Difference(msgspec.Struct, frozen=True):
    """What changed of one claim. ``stated``: of the claim, its figure, its verdict and what made
    it; ``records``: of the projects that it counts."""

    claim: str
    since: str
    stated: tuple[str, ...]
    records: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.stated or self.records)


class News(msgspec.Struct, frozen=True):
    """What came to a case since a check: ``documents`` (SHA-256) that were added; by notice, who
    ``decided`` on it; ``notices`` of those asked for that the case has, with their project."""

    documents: frozenset[str]
    decided: Mapping[str, tuple[str, ...]]
    notices: Mapping[str, str]


def difference(before: Check, now: Check, news: News) -> Difference:
    """What changed since ``before``."""
    old = {project.project_key: project for project in before.evidence}
    new = {project.project_key: project for project in now.evidence}
    made_otherwise = _made_otherwise(before, now)
    changes = []
    for key in sorted(old.keys() | new.keys()):
        was, is_now = old.get(key), new.get(key)
        change = None
        if was is None and is_now is not None:
            change = Change("in", key, is_now.name, _why_in(is_now, news, made_otherwise))
        elif was is not None and is_now is None:
            change = Change("out", key, was.name, _why_out(was, news, made_otherwise))
        elif was is not None and is_now is not None:
            reasons = _otherwise(was, is_now, news)
            change = Change("changed", key, is_now.name, reasons) if reasons else None
        if change is not None:
            changes.append(change)
    return Difference(now.claim, before.at, _stated(before, now), tuple(changes))


def _stated(before: Check, now: Check) -> tuple[str, ...]:
    pairs = (
        ("verdict", before.verdict, now.verdict),
        ("figure", before.figure, now.figure),
        ("expected", before.expected, now.expected),
        ("definition", before.definition, now.definition),
        ("counted", before.what, now.what),
        ("software", before.software, now.software),
        ("taxonomy", before.taxonomy_version, now.taxonomy_version),
    )
    found = [f"{name}: {was} → {is_now}" for name, was, is_now in pairs if was != is_now]
    told = any(line.startswith(("expected", "definition", "counted")) for line in found)
    if before.claim_hash != now.claim_hash and not told:
        found.append("definition: another detail of what counts was changed")
    return tuple(found)


def _made_otherwise(before: Check, now: Check) -> tuple[str, ...]:
    """Reasons that may concern every record."""
    found = []
    if before.definition != now.definition:
        found.append("the definition changed")
    if before.taxonomy_version != now.taxonomy_version:
        found.append(f"coded by taxonomy {now.taxonomy_version}, not {before.taxonomy_version}")
    if before.software != now.software:
        found.append(f"read by version {now.software}, not {before.software}")
    return tuple(found)


def _why_in(project: FoundProject, news: News, made_otherwise: tuple[str, ...]) -> tuple[str, ...]:
    added = [n for n in project.notices if n.document_sha256 in news.documents]
    reasons = [f"new: notice {notice.notice_id[:12]} was added" for notice in added]
    reasons += _decided(project, news)
    if not reasons:
        reasons += made_otherwise or ("it was in the case, and matches now",)
    return tuple(reasons)


def _why_out(project: FoundProject, news: News, made_otherwise: tuple[str, ...]) -> tuple[str, ...]:
    reasons = []
    for notice in project.notices:
        key = news.notices.get(notice.notice_id)
        if key is None:
            reasons.append(f"gone: notice {notice.notice_id[:12]} is not in the case")
        elif key != project.project_key:
            reasons.append(f"notice {notice.notice_id[:12]} now belongs to project {key[:12]}")
    reasons += _decided(project, news)
    if not reasons:
        reasons += made_otherwise or ("it is in the case, and matches no longer",)
    return tuple(reasons)


def _otherwise(was: FoundProject, now: FoundProject, news: News) -> tuple[str, ...]:
    """How a project counts otherwise than before."""
    reasons = []
    if (was.amount, was.currency) != (now.amount, now.currency):
        reasons.append(f"amount: {_amount(was)} → {_amount(now)}")
    elif was.amount_usd != now.amount_usd:
        reasons.append(f"US dollars: {was.amount_usd} → {now.amount_usd}")
    if was.amount_doubt != now.amount_doubt:
        reasons.append(f"doubt of the amount: {was.amount_doubt} → {now.amount_doubt}")
    reasons += [
        f"{name}: {getattr(was, name)} → {getattr(now, name)}"
        for name in ("buyer", "country", "year")
        if getattr(was, name) != getattr(now, name)
    ]
    if _standing(was) != _standing(now):
        reasons.append(f"it was {_standing(was)}, and is {_standing(now)}")
    before = {notice.notice_id: notice for notice in was.notices}
    after = {notice.notice_id: notice for notice in now.notices}
    for notice_id in sorted(before.keys() | after.keys()):
        reasons += _of_notice(before.get(notice_id), after.get(notice_id), news)
    return tuple(dict.fromkeys(reasons))


def _of_notice(was: FoundNotice | None, now: FoundNotice | None, news: News) -> list[str]:
    if was is None and now is not None:
        came = "was added" if now.document_sha256 in news.documents else "matches now"
        return [f"notice {now.notice_id[:12]} {came}", *_who(now.notice_id, news)]
    if was is not None and now is None:
        gone = "matches no longer" if was.notice_id in news.notices else "is not in the case"
        return [f"notice {was.notice_id[:12]} {gone}", *_who(was.notice_id, news)]
    if was is None or now is None:
        return []
    found = [
        f"{name}: {was.values.get(name)} → {now.values.get(name)}"
        for name in sorted(was.values.keys() | now.values.keys())
        if was.values.get(name) != now.values.get(name)
    ]
    if was.numbers != now.numbers:
        found.append(f"numbers: {list(was.numbers)} → {list(now.numbers)}")
    if (was.decided, was.coders) != (now.decided, now.coders):
        found += _who(now.notice_id, news)
    return found


def _decided(project: FoundProject, news: News) -> list[str]:
    return [line for notice in project.notices for line in _who(notice.notice_id, news)]


def _who(notice_id: str, news: News) -> list[str]:
    coders = news.decided.get(notice_id, ())
    return [f"notice {notice_id[:12]} was decided by {', '.join(coders)}"] if coders else []


def _standing(project: FoundProject) -> str:
    if project.sure:
        return "sure"
    return "found, and in doubt" if project.found else "possible"


def _amount(project: FoundProject) -> str:
    return "none" if project.amount is None else f"{project.currency} {project.amount:,}"
