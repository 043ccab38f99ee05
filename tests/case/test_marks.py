"""A file's mark changes whenever the file does."""

from pathlib import Path

from sousveil.case.marks import mark_of


def test_it_tells_of_coming_growing_and_being_replaced(tmp_path: Path) -> None:
    file, other = tmp_path / "a", tmp_path / "b"
    marks = [mark_of(file)]
    file.write_text("1")
    marks.append(mark_of(file))
    file.write_text("12")
    marks.append(mark_of(file))
    other.write_text("34")
    other.replace(file)
    marks.append(mark_of(file))
    assert marks[0] == ()
    assert len(set(marks)) == len(marks)
    assert mark_of(file) == marks[-1]
