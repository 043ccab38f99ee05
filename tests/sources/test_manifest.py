"""Manifests: citations find their files, and a bad row is named by its line."""

from pathlib import Path

import pytest

from sousveil.errors import ManifestError
from sousveil.model import Provenance
from sousveil.sources import read_manifest
from sousveil.sources.manifest import Manifest

HEADER = "path,source_url,captured_at,note\n"


def manifest(tmp_path: Path, text: str, encoding: str = "utf-8") -> Manifest:
    path = tmp_path / "manifest.csv"
    path.write_bytes(text.encode(encoding))
    return read_manifest(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_encodings_and_separators(tmp_path: Path, encoding: str, mark: str) -> None:
    text = HEADER.replace(",", mark) + mark.join(
        ["县/公告一.html", "https://example.org/1", "2021-03-05", '"截图，见 ""附件"""']
    )
    assert manifest(tmp_path, text, encoding).lookup("县/公告一.html") == Provenance(
        "县/公告一.html", "https://example.org/1", "2021-03-05", '截图，见 "附件"'
    )


def test_columns_in_any_order_and_others_named(tmp_path: Path) -> None:
    found = manifest(tmp_path, "Note, PATH ,extra\r\n\r\nx,a.html,y\r\n")
    assert found.lookup("a.html") == Provenance("a.html", None, None, "x")
    assert found.ignored_columns == ("extra",)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2021-03-05", "2021-03-05"),
        ("20210305", "2021-03-05"),
        ("2021/3/5", "2021-03-05"),
        ("2021/3/5 9:07", "2021-03-05T09:07:00"),
        ("2021-03-05T10:20:30Z", "2021-03-05T10:20:30+00:00"),
        ("2021-03-05 10:20:30+08:00", "2021-03-05T10:20:30+08:00"),
        ("", None),
    ],
)
def test_moments(tmp_path: Path, written: str, moment: str | None) -> None:
    found = manifest(tmp_path, f"{HEADER}a.html,,{written},").lookup("a.html")
    assert found is not None
    assert found.captured_at == moment


@pytest.mark.parametrize("path", ["./a/b.html", "a\\b.html", "records/a/b.html", "b.html"])
def test_paths_from_another_folder(tmp_path: Path, path: str) -> None:
    found = manifest(tmp_path, f"{HEADER}{path},https://example.org/,,")
    provenance = found.lookup("a/b.html")
    assert provenance is not None
    assert provenance.path == "a/b.html"
    assert found.lookup("a/xb.html") is None


def test_ambiguous_endings_match_nothing(tmp_path: Path) -> None:
    found = manifest(tmp_path, f"{HEADER}x/a.html,,,1\ny/a.html,,,2\n")
    assert found.lookup("a.html") is None


def test_duplicates_and_unmatched_rows(tmp_path: Path) -> None:
    found = manifest(tmp_path, f"{HEADER}a.html,,,1\nb.html,,,2\n./a.html,,,3\n")
    assert [row.line for row in found.duplicates] == [4]
    provenance = found.lookup("a.html")
    assert provenance is not None
    assert provenance.note == "1"
    assert [row.path for row in found.unmatched(["a.html", "c.html"])] == ["b.html"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("name,url\n", "no column path"),
        ("path,path\n", "two columns"),
        (HEADER + ",https://example.org,,\n", "Line 2 .* no path"),
        (HEADER + "a,ftp:/x,,\n", "Line 2 .* no address"),
        (HEADER + "a,,,\nb,,yesterday,\n", "Line 3 .* no date"),
        (HEADER + "a,,2021/13/5,\n", "Line 2 .* no date"),
        (HEADER + "a,,,,surplus\n", "Line 2 .* 5 values for 4"),
        (HEADER + 'a,,,"open\n', "no CSV"),
        (HEADER + "a,,,\x00\n", "Line 2 .* not text"),
    ],
)
def test_errors_name_the_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ManifestError, match=words) as error:
        manifest(tmp_path, text)
    assert error.value.hint


def test_missing_and_undecodable_files(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="cannot be read"):
        read_manifest(tmp_path / "none.csv")
    (tmp_path / "bad.csv").write_bytes(b"path\n\xff\xff\n")
    with pytest.raises(ManifestError, match="Line 2"):
        read_manifest(tmp_path / "bad.csv")
