"""Checking the claims of a case: over its present state, kept in it, and compared with before."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, zip_longest
from pathlib import Path

import duckdb
import msgspec

from sousveil import __version__, demo
from sousveil.case.append_only import person
from sousveil.case.bundle import Bundle, pack_parts, parts_apart, write_bundle
from sousveil.case.claims import claim_texts, keep_check, kept_checks, last_check, write_claim
from sousveil.case.database import connect
from sousveil.case.decisions import read_decisions
from sousveil.case.field_decisions import read_field_decisions
from sousveil.case.folder import Case
from sousveil.case.ledger import now, writer_name
from sousveil.case.own_taxonomy import taxonomy_of
from sousveil.case.queries import saved_queries
from sousveil.claims import (
    Checking,
    Difference,
    News,
    Stamp,
    Tendency,
    asked,
    claim_hash,
    claim_text,
    difference,
    read_claim,
)
from sousveil.coding import Ruling, rulings
from sousveil.errors import ClaimError, UsageError
from sousveil.model import Decision
from sousveil.model.claim import Check, Claim
from sousveil.model.field_decision import FieldDecision
from sousveil.pipeline.claim_samples import Samples
from sousveil.pipeline.find import index_of, parsed
from sousveil.report.levels import levelled
from sousveil.report.trend import SIGNIFICANT, Levelled, trend_of

_NO_NEWS = News(frozenset(), {}, {})


class Checked(msgspec.Struct, frozen=True):
    """What came of the claims asked for: their checks, and what is wrong with other files."""

    checks: tuple[Check, ...]
    wrong: tuple[ClaimError, ...]


def claims(case: Case, names: Collection[str] = ()) -> tuple[list[Claim], list[ClaimError]]:
    """The claims of a case by name (``names``: those alone), and what is wrong with files that
    cannot be used. Raises UsageError where there is no claim of a name."""
    right, wrong, seen = list[Claim](), list[ClaimError](), set[str]()
    for name, text in claim_texts(case):
        if names and name not in names:
            continue
        seen.add(name)
        try:
            right.append(read_claim(name, text))
        except ClaimError as error:
            wrong.append(error)
    for name in names:
        if name not in seen:
            raise UsageError(
                f"There is no claim '{name[:64]}'.", f"See: sousveil claims list {case.root}"
            )
    return right, wrong


def new_claim(case: Case, claim: Claim) -> str:
    """Write a claim's file; returns its path. The lock must be held. Raises ClaimError where it
    would not be understood."""
    text = claim_text(claim)
    read_claim(claim.name, text)
    return str(write_claim(case, claim.name, text))


def check(case: Case, names: Collection[str] = ()) -> Checked:
    """Count and judge claims over the committed state, writing nothing."""
    right, wrong = claims(case, names)
    checks = []
    with _checking(case) as checking:
        for claim in right:
            try:
                checks.append(checking.check(claim))
            except ClaimError as error:
                wrong.append(error)
    return Checked(tuple(checks), tuple(wrong))


def is_of_present(case: Case, check: Check, claim: Claim) -> bool:
    """Whether a check is one of the claim as it is written now."""
    try:
        return check.claim_hash == claim_hash(claim, str(parsed(case, claim.definition.query)))
    except UsageError:
        return False


def current_check(case: Case, claim: Claim) -> Check | None:
    """The last check of a claim, None where it was written anew since."""
    last = last_check(case, claim.name)
    return last if last and is_of_present(case, last, claim) else None


def keep(case: Case, checks: Iterable[Check]) -> None:
    """Keep checks in the case and note each in the ledger. The lock must be held."""
    for each in checks:
        keep_check(case, each)


def check_demo(case: Case) -> tuple[Check, ...]:
    """Write the demonstration's claims where they are not there yet, check all and keep the checks.
    The lock must be held."""
    there = {name for name, _ in claim_texts(case)}
    for name, text in demo.claims().items():
        if name not in there:
            write_claim(case, name, text)
    checked = check(case)
    keep(case, checked.checks)
    return checked.checks


def differences(case: Case, names: Collection[str] = ()) -> tuple[list[Difference], Checked]:
    """What changed of each claim since it was last checked, and the checks of now, which are not
    kept. Claims that were never checked are compared with nothing."""
    checked = check(case, names)
    pairs = [(last_check(case, each.claim), each) for each in checked.checks]
    return [
        difference(before, each, _news(case, before)) for before, each in pairs if before
    ], checked


def history(case: Case, name: str, most: int) -> list[tuple[Check, Difference | None]]:
    """The last checks of a claim, the latest first, each with what changed since the one before;
    None of the first. Why a record left is told by the case as it stands now."""
    kept = kept_checks(case, name, most + 1)
    found = list[tuple[Check, Difference | None]]()
    for now_, before in zip_longest(kept, kept[1:]):
        if before is None:
            found.append((now_, None))
            continue
        same = before.evidence_sha256 == now_.evidence_sha256
        news = _NO_NEWS if same else _news(case, before, now_)
        found.append((now_, difference(before, now_, news)))
    return found[:most]


@contextmanager
def _checking(case: Case) -> Iterator[Checking]:
    state = case.manifest()
    index = index_of(case, state)
    corpus = state.corpus.key if state.corpus else ""
    with connect(case, state) as database:
        stamp = Stamp(
            now(),
            writer_name(),
            __version__,
            _taxonomy(case, database),
            corpus,
            case.ledger.heads(),
        )
        saved = {each.name: each.query for each in saved_queries(case)}
        levels = levelled(database)
        decisions = read_decisions(case)
        said = _rulings(decisions, database)
        yield Checking(
            database,
            index,
            saved,
            said,
            stamp,
            lambda keys, ladder: _tendency(
                ladder, (levels[key] for key in sorted(keys & levels.keys()))
            ),
            Samples(case, database, index, said, len(decisions)).estimated,
        )


def _taxonomy(case: Case, database: duckdb.DuckDBPyConnection) -> str:
    """The versions of the taxonomy that the records were coded with."""
    rows = database.execute(
        "SELECT DISTINCT taxonomy_version FROM notices WHERE taxonomy_version IS NOT NULL"
        " ORDER BY 1"
    ).fetchall()
    return " and ".join(version for (version,) in rows) or taxonomy_of(case).version


def _rulings(
    decisions: Sequence[Decision], database: duckdb.DuckDBPyConnection
) -> dict[str, Ruling]:
    if not decisions:
        return {}
    with asked(database, {decision.notice_id for decision in decisions}):
        texts = database.execute(
            "SELECT notice_id, json_extract_string(key, '$.text_hash') FROM notice_rows"
            " SEMI JOIN asked USING (notice_id)"
        ).fetchall()
    return rulings(decisions, dict(texts))


def _tendency(ladder: str, projects: Iterable[Levelled]) -> Tendency:
    """What the report's test says of these projects."""
    trend = trend_of(ladder, projects)
    found = trend.found
    if found is None or found.difference is None or trend.p_value is None:
        return Tendency(None, trend.verdict)
    clear = trend.p_value < SIGNIFICANT and found.difference != 0
    way = ("rises" if found.difference > 0 else "falls") if clear else "none"
    return Tendency(way, trend.verdict, found.difference, found.low, found.high)


def _news(case: Case, before: Check, until: Check | None = None) -> News:
    """What came to the case since a check, and before another."""
    added, grown, merged = set(), set(), False
    later = {entry.hash for entry in case.ledger.since(until.heads)} if until else set[str]()
    for entry in case.ledger.since(before.heads):
        if entry.hash in later:
            continue
        if entry.kind == "added" and entry.sha256:
            added.add(entry.sha256)
        elif entry.kind == "decided" and entry.path:
            grown.add(person(Path(entry.path)))
        merged |= entry.kind == "merged"
    since = "" if merged else before.at  # what a merged copy brings may have been said before
    known = [n.notice_id for p in before.evidence for n in p.notices]
    with connect(case) as database, asked(database, known):
        notices = database.execute(
            "SELECT notice_id, project_key FROM notices SEMI JOIN asked USING (notice_id)"
        ).fetchall()
    said: Iterable[Decision | FieldDecision]
    said = chain(read_decisions(case), read_field_decisions(case))
    if until:
        said = (decision for decision in said if decision.at < until.at)
    return News(frozenset(added), _decided(said, since, grown), dict(notices))


def _decided(
    decisions: Iterable[Decision | FieldDecision], since: str, coders: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """Which of these coders decided since a moment, by notice."""
    found: dict[str, list[str]] = defaultdict(list)
    for decision in decisions:
        if decision.coder in coders and decision.at >= since:
            found[decision.notice_id].append(decision.coder)
    return {notice: tuple(dict.fromkeys(coders)) for notice, coders in found.items()}


def bundle(case: Case, out: Path, *, only_evidence: bool = False) -> Bundle:
    """Write what lets anybody check the claims again. The lock must be held.

    ``only_evidence``: of the originals those alone that the claims' figures rest on: all of the
    projects found or possible, those that a coder decided on (a model may be learned from them),
    and the files that these came in.

    Raises UsageError where the place or its ending will not do, ClaimError where a claim cannot be
    used: a bundle of half the claims would be taken for the whole.
    """
    return write_bundle(case, out, *_stated(case, only_evidence))


def bundle_apart(case: Case, scratch: Path, out: Path, *, only_evidence: bool = False) -> None:
    """Write the same as ``bundle``, but hold the lock, which is taken here, only while what may
    change is copied to a folder: packing originals may take minutes. Raises the same, and
    LockedError."""
    with case.writing():
        statement, only = _stated(case, only_evidence)
        parts = parts_apart(case, scratch, only)
    pack_parts(parts, statement, out)


def _stated(case: Case, only_evidence: bool) -> tuple[dict[str, object], set[str] | None]:
    """What a bundle says of itself, and the originals it takes, all where None."""
    checked = check(case)
    if checked.wrong:
        raise checked.wrong[0]
    state = case.manifest()
    only = _originals(case, checked.checks) if only_evidence else None
    statement: dict[str, object] = {
        "software": __version__,
        "corpus": state.corpus.key if state.corpus else "",
        "taxonomy": sorted({each.taxonomy_version for each in checked.checks}),
        "originals": "those of the claims' evidence" if only_evidence else "all",
        "claims": {
            each.claim: {
                "claim_hash": each.claim_hash,
                "expected": each.expected,
                "figure": each.figure,
                "verdict": each.verdict,
            }
            for each in checked.checks
        },
    }
    return statement, only


def _originals(case: Case, checks: Iterable[Check]) -> set[str]:
    """The originals that checks rest on, and those that these were inside of."""
    notices = {n.notice_id for each in checks for p in each.evidence for n in p.notices}
    notices |= {decision.notice_id for decision in read_decisions(case)}
    notices |= {decision.notice_id for decision in read_field_decisions(case)}
    with connect(case) as database, asked(database, notices):
        rows = database.execute(
            "SELECT DISTINCT document_sha256 FROM notices WHERE project_key IN"
            " (SELECT project_key FROM notices SEMI JOIN asked USING (notice_id))"
        ).fetchall()
    wanted = {sha256 for (sha256,) in rows}
    inside = {
        document.sha256: {p.parent_sha256 for p in document.provenance if p.parent_sha256}
        for document in case.documents()
    }
    waiting = list(wanted)
    while waiting:
        parents = inside.get(waiting.pop(), set()) - wanted
        wanted |= parents
        waiting += parents
    return wanted
