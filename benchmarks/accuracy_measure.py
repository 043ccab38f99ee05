"""Compares produced records with labels: fields, evidence, leaks, over-masking. Knows no stage."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Protocol

import msgspec

from sousveil.measure import Score, squash

FIELDS = {
    "notice_type": "notice_type",
    "project_id": "project_id",
    "project_name": "project_name",
    "buyer": "buyer",
    "agency": "agency",
    "budget": "budget_cny",
    "ceiling": "ceiling_cny",
    "bid_deadline": "bid_deadline",
    "province": "province",
}
"""Measured fields: name in the export, name in the labels."""

DERIVED = frozenset({"notice_type", "province"})
MICRO_TARGET = 0.96


class Record(Protocol):
    """What is measured: a labelled document's id, its notices and pages as exported."""

    id: int
    notices: list[dict[str, Any]]
    pages: list[dict[str, Any]]


class Report(msgspec.Struct):
    """All that was measured."""

    labelled: int
    notices: int = 0
    fields: dict[str, Score] = msgspec.field(default_factory=dict)
    evident: int = 0
    misquoted: int = 0
    without_evidence: int = 0
    personal: int = 0
    organisations: int = 0
    leaks: list[tuple[int, str]] = msgspec.field(default_factory=list)
    overmasked: list[tuple[int, str]] = msgspec.field(default_factory=list)
    errors: list[tuple[int, str, str, str]] = msgspec.field(default_factory=list)

    @property
    def micro(self) -> Score:
        """All fields together."""
        return sum(self.fields.values(), Score())

    def met(self) -> bool:
        """Whether every target of the project is met."""
        return (
            self.micro.f1 >= MICRO_TARGET
            and not self.misquoted
            and not self.without_evidence
            and not self.leaks
        )

    def as_dict(self) -> dict[str, Any]:
        """For --json: rates beside counts; leaks as counts, for the report must not leak either."""
        scores = {**self.fields, "micro": self.micro}
        return {
            "labelled": self.labelled,
            "notices": self.notices,
            "fields": {
                name: {
                    "precision": round(score.precision, 4),
                    "recall": round(score.recall, 4),
                    "f1": round(score.f1, 4),
                    "right": score.right,
                    "wrong": score.wrong,
                    "missed": score.missed,
                }
                for name, score in scores.items()
            },
            "evidence": {
                "values": self.evident,
                "misquoted": self.misquoted,
                "without": self.without_evidence,
            },
            "personal": {"labelled": self.personal, "leaked": len(self.leaks)},
            "organisations": {"labelled": self.organisations, "masked": len(self.overmasked)},
            "met": self.met(),
        }


def measure(labels: Iterable[dict[str, Any]], produced: Iterable[Record]) -> Report:
    """Compare what was produced with what was labelled."""
    by_id = {record.id: record for record in produced}
    labels = list(labels)
    report = Report(labelled=len(labels), fields={name: Score() for name in FIELDS})
    for label in labels:
        record = by_id.get(label["id"])
        notice = record.notices[0] if record is not None and record.notices else {}
        report.notices += bool(notice)
        _compare(report, label, notice)
        if record is not None:
            _check_evidence(report, record)
            _check_masking(report, label, record)
    return report


def _compare(report: Report, label: dict[str, Any], notice: dict[str, Any]) -> None:
    for name, gold in FIELDS.items():
        want, got = squash(label.get(gold)), squash(notice.get(name))
        if not report.fields[name].count(want, got):
            report.errors.append((label["id"], name, str(want), str(got)))


def _check_evidence(report: Report, record: Record) -> None:
    texts = {(page["document_sha256"], page["page"]): page["text"] for page in record.pages}
    for notice in record.notices:
        evidence = notice.get("evidence") or {}
        for name in FIELDS:
            if name in DERIVED or notice.get(name) is None:
                continue
            entry = evidence.get(name)
            if entry is None:
                report.without_evidence += 1
                continue
            report.evident += 1
            text = texts.get((notice["document_sha256"], entry["page"]))
            if text is not None and text[entry["start"] : entry["end"]] != entry["quote"]:
                report.misquoted += 1


def _check_masking(report: Report, label: dict[str, Any], record: Record) -> None:
    """Labelled persons, phones and addresses must be gone; labelled organisations must stay.

    A person's label that is an ordinary word elsewhere counts only where it stands for the person:
    beside a label or a title (联系人, 老师), or by itself between separators.
    """
    text = "\n".join(page["text"] for page in record.pages)
    flat = "".join(unicodedata.normalize("NFKC", text).split())
    for name in label["persons"]:
        report.personal += 1
        word = re.escape(squash(name) or "")
        before = rf"(?:联系人|联系方式|负责人|姓名|[:：、,，;；]){word}"
        around = rf"{before}|{word}(?:老师|先生|女士|工|[、,，;；]|\d{{3}})"
        if len(name) >= 2 and re.search(around, flat):
            report.leaks.append((label["id"], "person"))
    for kind in ("phones", "emails"):
        for number in label[kind]:
            report.personal += 1
            if (squash(number) or "") in flat:
                report.leaks.append((label["id"], kind))
    for kind in ("buyer", "agency"):
        if label[kind]:
            report.organisations += 1
            if (squash(label[kind]) or "") not in flat:
                report.overmasked.append((label["id"], kind))
