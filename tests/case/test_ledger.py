import json
from pathlib import Path

import pytest

from sousveil.case.ledger import Entry, Ledger, now
from sousveil.errors import LedgerError


def entry(name: str) -> Entry:
    return Entry("added", now(), "test", sha256=name * 64, size=1, path=f"{name}.txt")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = Ledger(tmp_path)
    ledger.append([entry("a"), entry("b")])
    ledger.append([entry("c")])
    return ledger


def file_of(folder: Path) -> Path:
    (file,) = folder.glob("*.jsonl")
    return file


def test_entries_are_chained_across_appends(ledger: Ledger) -> None:
    entries = list(ledger.entries())
    assert [e.n for e in entries] == [0, 1, 2]
    assert [e.prev for e in entries[1:]] == [e.hash for e in entries[:2]]
    assert list(ledger.breaks()) == []


def test_torn_last_line_was_never_acknowledged_and_is_cut_off(
    ledger: Ledger, tmp_path: Path
) -> None:
    with file_of(tmp_path).open("ab") as handle:
        handle.write(b'{"kind":"added","n":3,"pa')
    assert [e.path for e in ledger.entries()] == ["a.txt", "b.txt", "c.txt"]
    assert [b.line for b in ledger.breaks()] == [4]
    ledger.append([entry("d")])
    assert [e.path for e in ledger.entries()] == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert list(ledger.breaks()) == []


@pytest.mark.parametrize("damage", ["change", "remove", "swap", "garble"])
def test_every_alteration_is_named(ledger: Ledger, tmp_path: Path, damage: str) -> None:
    file = file_of(tmp_path)
    lines = file.read_bytes().splitlines(keepends=True)
    if damage == "change":
        altered = json.loads(lines[1])
        altered["path"] = "other.txt"
        lines[1] = json.dumps(altered).encode() + b"\n"
    elif damage == "remove":
        del lines[1]
    elif damage == "swap":
        lines[1], lines[2] = lines[2], lines[1]
    else:
        lines[1] = b"\x00\xff\n"
    file.write_bytes(b"".join(lines))
    (broken,) = ledger.breaks()
    assert broken.line == 2


def test_unreadable_line_stops_reading_with_its_place(ledger: Ledger, tmp_path: Path) -> None:
    file = file_of(tmp_path)
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(lines[0] + b"not json\n" + lines[2])
    with pytest.raises(LedgerError, match="Line 2"):
        list(ledger.entries())


def test_appending_after_a_spoilt_last_line_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    with file_of(tmp_path).open("ab") as handle:
        handle.write(b"spoilt\n")
    with pytest.raises(LedgerError):
        ledger.append([entry("d")])


def test_entries_about_one_document_are_found_among_others(ledger: Ledger, tmp_path: Path) -> None:
    seen = Entry("unmasked", now(), "test", sha256="b" * 64, page=2, by="A", reason="to compare")
    inside = Entry("added", now(), "test", sha256="d" * 64, path="x", parent_sha256="b" * 64)
    ledger.append([inside, seen])
    assert [e.kind for e in ledger.about("b" * 64)] == ["added", "unmasked"]
    assert [e.path for e in ledger.about("c" * 64)] == ["c.txt"]
    assert list(ledger.about("e" * 64)) == []
    with file_of(tmp_path).open("ab") as handle:
        handle.write(b'{"kind":"added","sha256":"' + b"b" * 64)
    assert len(list(ledger.about("b" * 64))) == 2, "a torn line was never acknowledged"
    assert next(iter(ledger.breaks())).problem.startswith("a torn line")


def test_a_ledger_without_an_unmasking_hashes_as_before(ledger: Ledger, tmp_path: Path) -> None:
    lines = file_of(tmp_path).read_text(encoding="utf-8").splitlines()
    assert not any('"by"' in line or '"page"' in line for line in lines)


def test_a_line_about_a_document_that_cannot_be_read_is_said(
    ledger: Ledger, tmp_path: Path
) -> None:
    with file_of(tmp_path).open("ab") as handle:
        handle.write(b'{"kind":"nothing","sha256":"' + b"b" * 64 + b'"}\n')
    with pytest.raises(LedgerError):
        list(ledger.about("b" * 64))
