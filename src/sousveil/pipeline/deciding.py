"""Bringing decisions into a case from a table that somebody filled in."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from sousveil.case.database import text_hashes
from sousveil.case.decisions import append_decisions, coder_name, read_decisions
from sousveil.case.folder import Case
from sousveil.case.ledger import moment
from sousveil.case.own_taxonomy import taxonomy_of
from sousveil.case.scheme import keep_scheme
from sousveil.coding import Known, Row, WrongRow, read_table
from sousveil.coding.scheme import in_use
from sousveil.errors import DecisionError
from sousveil.extract.masking import mask_text
from sousveil.model import Decision
from sousveil.model.scheme import FACETS
from sousveil.pipeline.scheme import scheme_of
from sousveil.sources.given_table import given_text


class Taken(msgspec.Struct, frozen=True):
    """What came of a table: decisions added, rows that repeat what the coder said last, and rows
    that cannot be used."""

    added: int
    repeated: int
    wrong: tuple[WrongRow, ...]


def take(case: Case, table: Path, coder: str) -> Taken:
    """Add the decisions of a table as those of ``coder``. The lock must be held.

    Rows that can be used are taken, the others told. A row that says what the coder's last
    decision on the notice says adds nothing: a corrected table can be given whole again.
    Raises DecisionError where there is no such table.
    """
    name = coder_name(coder)
    taxonomy = taxonomy_of(case)
    scheme = scheme_of(case)
    known: Known = {
        facet: frozenset(code.id for code in in_use(scheme, question, taxonomy))
        for question, facet in FACETS.items()
    }
    texts = text_hashes(case)
    rows, wrong = read_table(
        given_text(table, "table", "--from", DecisionError), sorted(texts), known
    )
    last = {d.notice_id: d for d in read_decisions(case) if d.coder == name and d.role == "coder"}
    made = {
        "coder": name,
        "at": moment(),
        "taxonomy_version": taxonomy.version,
        "scheme": scheme.hash if scheme else "",
    }
    decisions = [_decision(row, made, texts) for row in rows]
    new = [d for d in decisions if not _same(d, last.get(d.notice_id))]
    if scheme and new:
        keep_scheme(case, scheme.hash)
    append_decisions(case, name, new)
    return Taken(len(new), len(decisions) - len(new), tuple(wrong))


def _decision(row: Row, made: Mapping[str, str], texts: Mapping[str, str]) -> Decision:
    stated = {name: getattr(row, name) for name in _STATED}
    stated["note"] = mask_text(row.note) if row.note else None
    text_hash = row.text_hash or texts[row.notice_id]
    return msgspec.convert({**stated, **made, "text_hash": text_hash}, Decision)


_STATED = (
    "notice_id", "relevant", "capabilities", "platforms", "target_groups", "overseas_target",
    "note",
)  # fmt: skip


def _same(decision: Decision, last: Decision | None) -> bool:
    return (
        last is not None and decision.says() == last.says() and decision.text_hash == last.text_hash
    )
