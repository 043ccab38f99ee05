"""What a worker says it found is not believed: names of files, sizes, labels."""

from pathlib import Path

import pytest

from sousveil.case.folder import Case
from sousveil.model import Document, Provenance
from sousveil.pipeline import members
from sousveil.pipeline.members import Intake
from sousveil.pipeline.tasks import Inside

PARENT = Document("0" * 64, 9, (Provenance("a.zip"), Provenance("b.zip")))


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "case")


@pytest.fixture
def spill(case: Case) -> Path:
    folder = case.root / "private" / "spill"
    folder.mkdir()
    return folder


def take(case: Case, spill: Path, *found: Inside, intake: Intake | None = None) -> tuple[int, int]:
    with case.writing():
        return (intake or Intake(case, spill)).take(PARENT, found)


def test_only_regular_files_of_the_spill_folder_come_in(case: Case, spill: Path) -> None:
    secret = case.root.parent / "secret.txt"
    secret.write_bytes(b"secret")
    (spill / "link").symlink_to(secret)
    (spill / "good").write_bytes(b"good")
    found = [
        Inside(str(secret), "a"),
        Inside("link", "b"),
        Inside("gone", "c"),
        Inside("good", "d"),
    ]
    assert take(case, spill, *found) == (1, 3)
    assert [d.provenance[0].path for d in case.documents()] == ["a.zip!/d"]
    assert secret.read_bytes() == b"secret"


def test_labels_lead_nowhere_and_name_nobody(case: Case, spill: Path) -> None:
    for name in ("x", "y"):
        (spill / name).write_bytes(name.encode())
    found = [Inside("x", "../../etc/\x1b[31mpasswd"), Inside("y", "张三_简历.docx")]
    assert take(case, spill, *found) == (2, 0)
    paths = sorted(d.provenance[0].path for d in case.documents())
    assert paths == ["a.zip!/document", "a.zip!/〔person〕_简历.docx"]


def test_the_limits_of_one_file_hold_for_all_levels_together(
    case: Case, spill: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "MOST_FILES", 3)
    intake = Intake(case, spill)
    for batch in range(2):
        names = [f"{batch}-{n}" for n in range(2)]
        for name in names:
            (spill / name).write_bytes(name.encode())
        counts = take(case, spill, *(Inside(name, name) for name in names), intake=intake)
        assert counts == ((2, 0) if batch == 0 else (1, 1))
    assert list(spill.iterdir()) == []
