"""Formats are told by content; what is not read yet is named, with what to do."""

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest
from parse_helpers import parsed

from sousveil.errors import DamagedError, EmptyError, LimitError, UnsupportedError
from sousveil.parse import Content, media_type, media_type_of
from sousveil.parse.containers.packed import Unpacked
from sousveil.parse.formats import FORMATS, format_of


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
EFORMS = b'<?xml version="1.0"?>\n<ContractNotice xmlns="urn:oasis:names:specification:ubl:x">'

CASES = [
    (b"%PDF-1.7\n", "a.txt", "application/pdf"),
    (b"\xef\xbb\xbf<!DOCTYPE html><p>x", "a.json", "text/html"),
    (b"<?xml version='1.0'?><html xmlns='x'><p>x", "a.xml", "text/html"),
    (b"  <!-- saved --> <div>x</div>", "a", "text/html"),
    ("公告 <br> 内容".encode(), "a.htm", "text/html"),
    ("公告 < 内容".encode(), "a", "text/plain"),
    (EFORMS, "a.xml", "application/vnd.eforms+xml"),
    (b"<TED_EXPORT xmlns='x'>", "a.xml", "application/vnd.ted+xml"),
    (b"<?xml version='1.0'?><other/>", "a.txt", "application/xml"),
    (b"<svg xmlns='x'>", "a.svg", "image/svg+xml"),
    (b'{"a": 1}', "a.bak", "application/json"),
    (b'[{"a": 1}]', "a.txt", "application/json"),
    (b"[1] a footnote", "a.txt", "text/plain"),
    (b"[![badge](x)](y)", "a.md", "text/markdown"),
    (b"[1] a footnote", "a.json", "application/json"),
    (b'{"a": 1}\n{"b": 2}\n', "a.json", "application/x-ndjson"),
    ('{"a": "公告"}'.encode("utf-16"), "a.json", "application/json"),
    (gzip.compress(b"x"), "a.json", "application/gzip"),
    (zipped("word/document.xml"), "a.zip", "word"),
    (zipped("xl/workbook.xml"), "a.xlsx.bak", "sheet"),
    (zipped("ppt/slides.xml"), "a", "presentation"),
    (zipped("OFD.xml"), "a.ofd", "application/ofd"),
    (zipped("a.txt"), "a.docx", "application/zip"),
    (b"PK\x03\x04 broken", "a.zip", "application/zip"),
    (OLE + "WordDocument".encode("utf-16-le"), "a.doc", "application/msword"),
    (OLE + "Workbook".encode("utf-16-le"), "a.doc", "application/vnd.ms-excel"),
    (b"a\tb\tc\n1\t2\t3\n4\t5\t6\n", "a.txt", "text/tab-separated-values"),
    (b"a\tb\tc\n1\t2\n4\t5\t6\n", "a.txt", "text/plain"),
    (b"a\tb\n1\t2\n4\t5\n", "a.txt", "text/plain"),
    (b"a,b,c\n1,2,3\n", "a.xls", "text/tab-separated-values"),
    (OLE, "a.bin", "application/x-ole-storage"),
    (OLE, "a.doc", "application/msword"),  # what would tell is lost: the name says
    (tarred(), "a", "application/x-tar"),
    (b"junk\n%PDF-1.4", "a", "application/pdf"),
    (zipped("%PDF-1.4"), "a", "application/zip"),
    (b"{\\rtf1 x}", "a.doc", "application/rtf"),
    (b"Rar!\x1a\x07\x00", "a", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "a", "application/x-7z-compressed"),
    (b"\x89PNG\r\n\x1a\n", "a.pdf", "image/png"),
    (b"\xff\xd8\xff\xe0", "a", "image/jpeg"),
    (b"II*\x00", "a", "image/tiff"),
    (b"WARC/1.1\r\n", "a", "application/warc"),
    (b"From: a\r\nMIME-Version: 1.0\r\n\r\nx", "a.mht", "message/rfc822"),
    (b"From: the start of prose", "a", "text/plain"),
    (b"a,b\n1,2\n", "a.csv", "text/csv"),
    (b"a: 1\n", "a.yml", "application/yaml"),
    (bytes(range(256)), "a.bin", "application/octet-stream"),
    (bytes(range(256)), "a.txt", "text/plain"),
]


@pytest.mark.parametrize(("data", "name", "kind"), CASES, ids=[case[2] for case in CASES])
def test_content_decides_first(data: bytes, name: str, kind: str) -> None:
    found = media_type(data, name)
    assert found == kind or kind in found
    assert found in FORMATS


@pytest.mark.parametrize("kind", [kind for kind, form in FORMATS.items() if form.hint], ids=str)
def test_formats_not_read_say_what_to_do(kind: str) -> None:
    assert format_of(kind).name
    assert format_of(kind).hint.endswith(".")


def test_an_unread_format_is_named() -> None:
    with pytest.raises(UnsupportedError, match="OFD document") as error:
        parsed(zipped("OFD.xml"), "a.ofd")
    assert error.value.hint


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", b"\xef\xbb\xbf", bytes(100), gzip.compress(b"", mtime=0)]
)
def test_empty_files(data: bytes) -> None:
    with pytest.raises(EmptyError) as error:
        parsed(data, "a.pdf")
    assert error.value.reason == "empty"


def test_gzip_of_any_format_that_is_read() -> None:
    found = parsed(gzip.compress("<p>公告".encode()), "a.html.gz")
    assert [each.text for each in found] == ["公告"]  # type: ignore[union-attr]


@pytest.mark.parametrize("cut", [5, 12, 30])
def test_cut_off_gzip_is_damaged(cut: int) -> None:
    with pytest.raises(DamagedError, match="packed file"):
        parsed(gzip.compress(b'{"a": 1}' * 100)[:cut], "a.gz")


def test_gzip_members_padding_and_limits() -> None:
    data = gzip.compress(b"one") + gzip.compress(b"two") + bytes(512)
    assert unpacked(data) == b"onetwo"
    with pytest.raises(LimitError):
        unpacked(gzip.compress(bytes(80 << 20)))
    flipped = bytearray(gzip.compress(b"one two three" * 50))
    flipped[20] ^= 0xFF
    with pytest.raises(DamagedError):
        unpacked(bytes(flipped))


def unpacked(data: bytes) -> bytes:
    return Unpacked(io.BytesIO(data), "application/gzip", len(data)).read()


def test_binary_junk_named_as_text_is_damaged() -> None:
    for name in ("a.txt", "a.html", "a.md"):
        with pytest.raises(DamagedError):
            parsed(bytes(range(256)) * 20, name)
    with pytest.raises(UnsupportedError):
        parsed(bytes(range(256)) * 20, "a.dat")


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def stored(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_words_in_an_archive_are_no_names_of_it() -> None:
    """A picture of random letters in a page made an archive a workbook, where it was large."""
    whole = stored(page=b"iVBORw0KGgo/xl/word/ppt/" * 400)
    assert media_type(whole, "a.zip") == "application/zip"
    assert media_type(whole[:5_000], "a.zip") == "application/zip"
    office = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")
    holds = stored(**{"first.docx": office, "more": bytes(9_000)})
    assert media_type(holds, "a.zip") == "application/zip"
    assert media_type(holds[:5_000], "a.zip") == "application/zip"


def test_an_office_file_that_is_cut_off_is_still_one() -> None:
    whole = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml")
    assert media_type(whole, "a") == WORD
    assert media_type(whole[:200], "a") == WORD


def test_of_large_files_the_directory_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sousveil.parse.content.SMALL", 10_000)
    monkeypatch.setattr("sousveil.parse.content._BEGINNING", 10_000)
    files = {"picture": bytes(20_000), "[Content_Types].xml": b"x", "word/document.xml": b"x"}
    large, archive = tmp_path / "a", tmp_path / "b"
    large.write_bytes(stored(**files))
    assert media_type_of(Content(large), "a") == WORD
    archive.write_bytes(stored(page=b"/xl/word/" * 4_000))
    assert media_type_of(Content(archive), "b") == "application/zip"
