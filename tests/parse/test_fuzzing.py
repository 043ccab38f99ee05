"""A few mutated files for every parser; ``python -m tests.parse.fuzzing`` makes many more."""

import io
from pathlib import Path

import openpyxl
from tests.parse.fuzzing import SEEDS, run

from sousveil.engine import Crashed, Files, Pool
from sousveil.model import Document, Provenance
from sousveil.parse import PARSERS
from sousveil.pipeline.process import LIMITS
from sousveil.pipeline.reading import read_document
from sousveil.pipeline.tasks import Task


def test_mutated_files_end_no_worker_and_surprise_nobody() -> None:
    assert set(SEEDS) == {parser.name for parser in PARSERS}
    found, wrong = run(25, seed=20)
    assert wrong == []
    reached = sum(counts.pop("reached") for counts in found.values())
    total = sum(counts.total() for counts in found.values())
    assert total == 25 * len(SEEDS)
    assert reached > total / 2


def test_a_sheet_whose_last_cell_is_far_away_costs_only_itself(tmp_path: Path) -> None:
    """The library makes room for every cell before the last one."""
    book = openpyxl.Workbook()
    book.active.cell(1_048_576, 16_384, "x")
    book.active.cell(1, 1, "y")
    out = io.BytesIO()
    book.save(out)
    data = out.getvalue()
    path = tmp_path / "a"
    path.write_bytes(data)
    task = Task(Document("0" * 64, len(data), (Provenance("a.xlsx"),)), str(path), str(tmp_path))
    files = Files(read=(str(tmp_path),), write=(str(tmp_path),))
    with Pool(read_document, workers=1, limits=LIMITS, files=files) as pool:
        (found,) = pool.run([task])
    assert isinstance(found, Crashed)
    assert found.reason == "limit"
