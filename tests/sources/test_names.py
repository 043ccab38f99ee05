"""Paths that somebody sent: always below the folder they are made in."""

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.sources.names import harmless_path

_HOSTILE = st.text(st.sampled_from("ab./\\ \x00\n\u202e中%:~"), max_size=60)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a.pdf", "a.pdf"),
        ("folder/采购 公告.html", "folder/采购 公告.html"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\records\\a.pdf", "C:/records/a.pdf"),
        ("a/./../b", "a/b"),
        ("..", "file"),
        ("", "file"),
        ("\x00\x1b[2Ja\u202efdp.exe", "\\x00\\x1b[2Ja\\u202efdp.exe"),
        ("/".join("abcdefghijklmnop"), "/".join("efghijklmnop")),
    ],
)
def test_paths(sent: str, kept: str) -> None:
    assert harmless_path(sent) == kept


def test_a_long_name_keeps_its_ending_and_is_told_from_others() -> None:
    one, other = (harmless_path(f"{'文' * 100}{end}.pdf") for end in "ab")
    assert one != other
    assert one.endswith(".pdf")
    assert len(one.encode()) <= 200
    assert harmless_path("x" * 300).startswith("xxx")


@given(_HOSTILE | st.text(max_size=400))
def test_no_path_leaves_the_folder_or_is_refused_by_the_disk(sent: str) -> None:
    path = harmless_path(sent)
    parts = PurePosixPath(path).parts
    assert path == "/".join(parts)
    assert parts
    assert ".." not in parts
    assert all(len(part.encode()) <= 255 for part in parts)
    assert path.isprintable() or not any(ord(c) < 32 or 0xD800 <= ord(c) <= 0xDFFF for c in path)
    assert not Path(path).is_absolute()
