"""Where a record came from and what was done with it: added, read, coded, decided, unmasked."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

from sousveil.case.decisions import decisions_on
from sousveil.case.folder import Case
from sousveil.model import Coding, Decision
from sousveil.report.record.view import RecordView

MOST_STEPS = 60
"""Steps of each kind that are listed, the last ones."""

StepKind = Literal["added", "stated", "read", "coded", "recoded", "decided", "unmasked"]


class Step(msgspec.Struct, frozen=True):
    """One step: when (ISO 8601, None where it is not kept), who or which version, and what."""

    kind: StepKind
    at: str | None
    by: str
    what: str
    details: tuple[str, ...] = ()


def history(case: Case, record: RecordView, row: Mapping[str, Any]) -> list[Step]:
    """The steps of one record in order. ``row`` is what ``load.notice_row`` gives. Raises
    LedgerError or DecisionError where a file cannot be read."""
    entries = list(case.ledger.about(record.document_sha256))
    came = [
        Step(
            "added",
            entry.time,
            f"Sousveil {entry.software}",
            entry.path or "",
            tuple(
                f"{name}: {value}"
                for name, value in (
                    ("from", entry.source_url),
                    ("captured", entry.captured_at),
                    ("inside", entry.parent_sha256),
                    ("note", entry.note),
                )
                if value
            ),
        )
        for entry in entries
        if entry.kind == "added"
    ]
    seen = [
        Step("unmasked", entry.time, entry.by or "", f"page {entry.page}", (entry.reason or "",))
        for entry in entries
        if entry.kind == "unmasked"
    ]
    text_hash = str(msgspec.json.decode(str(row["key"]))["text_hash"])
    said = [_decided(each, text_hash) for each in decisions_on(case, record.notice_id)]
    return [
        *came[-MOST_STEPS:],
        *_made(record, row),
        *said[-MOST_STEPS:],
        *seen[-MOST_STEPS:],
    ]


def _made(record: RecordView, row: Mapping[str, Any]) -> Iterator[Step]:
    """Reading and coding: they keep no time, for the same versions say the same at any time."""
    rules = msgspec.json.decode(str(row["by_rules"]), type=Coding)
    extractors = sorted({each.extractor for each in record.evidence})
    yield Step("read", None, ", ".join(extractors), record.source_standard)
    yield Step(
        "coded", None, f"{rules.classifier}, taxonomy {rules.taxonomy_version}", _says(rules)
    )
    basis = msgspec.json.decode(str(row["basis"]), type=dict[str, str])
    others = sorted({whose for whose in basis.values() if whose != "rule"})
    if others:
        holding = msgspec.json.decode(str(row["coding"]), type=Coding)
        fields = tuple(f"{name}: {whose}" for name, whose in basis.items() if whose != "rule")
        version = f"{holding.classifier}, taxonomy {holding.taxonomy_version}"
        yield Step("recoded", None, f"{' and '.join(others)}, {version}", _says(holding), fields)


def _says(coding: Coding) -> str:
    word = "surveillance" if coding.surveillance else "not surveillance"
    codes = ", ".join(coding.codes("capability"))
    return f"{word} ({coding.surveillance_score:.2f})" + (f": {codes}" if codes else "")


def _decided(decision: Decision, text_hash: str) -> Step:
    details = [
        f"{name}: {', '.join(codes) or 'none'}"
        for name, codes in (
            ("capabilities", decision.capabilities),
            ("platforms", decision.platforms),
            ("target groups", decision.target_groups),
        )
        if codes is not None
    ]
    if decision.source:
        details.append(f"taken from the {decision.source.kind} {decision.source.name}")
    if decision.note:
        details.append(f"note: {decision.note}")
    if decision.text_hash != text_hash:
        details.append("made on another text: it does not hold for this one")
    return Step("decided", decision.at, decision.coder, decision.relevant, tuple(details))
