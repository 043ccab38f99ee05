import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sousveil.case import rows
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.ledger import Entry, now
from sousveil.case.manifest import Segment
from sousveil.case.segments import Row, compact, read_rows, write_corpus, write_segment
from sousveil.case.verify import verify
from sousveil.model import Outcome, Page


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "case")


def rows_of(*names: str) -> dict[str, list[Row]]:
    outcomes = [Outcome(name, "not_a_record", pages=1) for name in names]
    pages = [Page(name, 1, f"text of {name}", "plain", "text/plain") for name in names]
    return {
        "pages": [rows.page_row(page) for page in pages],
        "outcomes": [rows.outcome_row(outcome) for outcome in outcomes],
        "notices": [],
        "parsed": [],
    }


def write(case: Case, *names: str, key: str = "k") -> Segment:
    return write_segment(case.root, key, rows_of(*names))


def texts(case: Case) -> list[str]:
    with connect(case) as connection:
        return [t for (t,) in connection.execute("SELECT text FROM pages ORDER BY 1").fetchall()]


def test_only_what_the_manifest_names_exists(case: Case) -> None:
    state = case.manifest()
    first = write(case, "a")
    write(case, "stray")
    assert texts(case) == []
    state = case.commit(state, segments=[first])
    assert texts(case) == ["text of a"]
    assert [p.name for p in (case.root / "derived/segments").iterdir()] == [first.id]


def test_pending_segments_are_kept_but_not_shown(case: Case) -> None:
    pending = write(case, "a")
    case.commit(case.manifest(), pending=[pending])
    case.sweep()
    assert texts(case) == []
    assert pq.read_table(case.root / pending.tables["pages"].path).num_rows == 1


def test_the_generation_before_is_kept_for_its_readers(case: Case) -> None:
    old, new = write(case, "a", key="1"), write(case, "a", key="2")
    state = case.commit(case.manifest(), segments=[old])
    case.commit(state, segments=[new])
    assert (case.root / old.tables["pages"].path).exists()
    third = write(case, "a", key="3")
    case.commit(case.manifest(), segments=[third])
    assert not (case.root / old.tables["pages"].path).exists()


def test_the_same_rows_give_the_same_segment(case: Case) -> None:
    assert write(case, "a", "b") == write(case, "a", "b")
    assert write(case, "a").id != write(case, "a", key="other").id


def test_small_segments_are_merged_and_nothing_is_lost(case: Case) -> None:
    segments = [write(case, f"{number:03}") for number in range(30)]
    merged = compact(case.root, segments)
    assert len(merged) == 1
    assert merged[0].documents == 30
    case.commit(case.manifest(), segments=merged)
    assert texts(case) == [f"text of {number:03}" for number in range(30)]
    assert compact(case.root, merged) == merged


def test_segments_of_other_versions_and_parts_are_not_merged(case: Case) -> None:
    part = write_segment(case.root, "k", rows_of("p"), partial_of="p")
    segments = [write(case, "a"), part, write(case, "b"), write(case, "c", key="other")]
    assert compact(case.root, segments) == segments


def test_verify_names_missing_derived_files(case: Case) -> None:
    segment = write(case, "a")
    case.commit(case.manifest(), segments=[segment])
    assert list(verify(case)) == []
    (case.root / segment.tables["pages"].path).unlink()
    assert [f.name for f in verify(case)] == [segment.tables["pages"].path]


def test_files_view_counts_paths_and_refusals(case: Case) -> None:
    sha, size = case.originals.keep_bytes(b"x")
    case.ledger.append(
        [
            Entry("added", now(), "t", sha256=sha, size=size, path="a.txt"),
            Entry("added", now(), "t", sha256=sha, size=size, path="b.txt"),
            Entry("refused", now(), "t", path="c", reason="unreadable", message="m", hint="h"),
        ]
    )
    segment = write_segment(case.root, "k", rows_of(sha))
    case.commit(case.manifest(), segments=[segment])
    with connect(case) as connection:
        found = connection.execute("SELECT path, status FROM files ORDER BY path").fetchall()
    assert found == [("a.txt", "not_a_record"), ("b.txt", "not_a_record"), ("c", "failed")]


def test_text_with_quotes_in_the_case_path(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "it's a case")
    case.commit(case.manifest(), segments=[write(case, "a")])
    assert texts(case) == ["text of a"]


def test_a_bit_that_a_disk_loses_is_noticed_and_told(case: Case) -> None:
    """Words that compression leaves as they are were read with the bit lost, and nobody told."""
    rng = random.Random(7)
    kept = [(rng.randbytes(16), rng.randbytes(40)) for _ in range(500)]
    corpus = write_corpus(case.root, "k", {"worked_out": kept})
    case.commit(case.manifest(), corpus=corpus)
    [table] = corpus.tables.values()
    path = case.root / table.path
    written = path.read_bytes()
    assert list(verify(case)) == []
    for _ in range(60):
        place = rng.randrange(len(written))
        lost = bytearray(written)
        lost[place] ^= 1 << rng.randrange(8)
        path.write_bytes(lost)
        try:
            assert list(read_rows(path, ("key", "value"))) == kept
        except (OSError, pa.ArrowException):
            [finding] = verify(case)
            assert (finding.part, finding.name) == ("derived", table.path)
            assert "sousveil rebuild" in finding.problem
