"""Files attached to a PDF become documents; what is made to harm does not."""

import io
import zlib

import pypdf
import pytest
from pypdf import generic
from tests.parse.pdf.drawing import lines, pdf_of, with_files

from sousveil.model import Document, ParsedPage, Provenance
from sousveil.parse import Member, RecordProblem, parse_document
from sousveil.parse.containers.limits import DEEPEST

PAGE = pdf_of(lambda canvas: lines(canvas, 72, 700, "采购人：示例县公安局"))
BLANK = pdf_of(lambda canvas: None)


def read(data: bytes, path: str = "a.pdf") -> tuple[list[ParsedPage], list[tuple[str, bytes]]]:
    pages, members, problems = everything(data, path)
    assert not problems
    return pages, members


def everything(
    data: bytes, path: str = "a.pdf"
) -> tuple[list[ParsedPage], list[tuple[str, bytes]], list[RecordProblem]]:
    inside = "0" * 64 if "!/" in path else None
    document = Document("0" * 64, len(data), (Provenance(path, parent_sha256=inside),))
    pages: list[ParsedPage] = []
    members: list[tuple[str, bytes]] = []
    problems: list[RecordProblem] = []
    for item in parse_document(data, document):
        if isinstance(item, ParsedPage):
            pages.append(item)
        elif isinstance(item, Member):
            members.append((item.path, b"".join(item.chunks)))
        else:
            assert isinstance(item, RecordProblem)
            problems.append(item)
    return pages, members, problems


def stream(content: bytes, **entries: str) -> generic.StreamObject:
    """A stream with these bytes as they are."""
    made = generic.StreamObject()
    made._data = content
    for name, value in {"Type": "/EmbeddedFile", **entries}.items():
        made[generic.NameObject(f"/{name}")] = generic.NameObject(value)
    return made


def pinned(data: bytes, name: str, embedded: generic.StreamObject) -> bytes:
    """The PDF with a file pinned to its first page."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    names = generic.NameObject
    specification = generic.DictionaryObject(
        {
            names("/Type"): names("/Filespec"),
            names("/UF"): generic.TextStringObject(name),
            names("/EF"): generic.DictionaryObject({names("/F"): writer._add_object(embedded)}),
        }
    )
    note = generic.DictionaryObject(
        {
            names("/Type"): names("/Annot"),
            names("/Subtype"): names("/FileAttachment"),
            names("/Rect"): generic.RectangleObject((9, 9, 19, 19)),
            names("/FS"): writer._add_object(specification),
        }
    )
    writer.pages[0][names("/Annots")] = generic.ArrayObject([writer._add_object(note)])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_attached_files_follow_the_pages() -> None:
    pages, members = read(with_files(PAGE, ("采购清单.csv", b"a,b\n"), ("b.txt", b"text")))
    assert [page.text for page in pages] == ["采购人：示例县公安局"]
    assert sorted(members) == [("b.txt", b"text"), ("采购清单.csv", b"a,b\n")]


def test_files_pinned_to_a_page() -> None:
    _, members = read(pinned(PAGE, "清单.txt", stream(b"text")))
    assert members == [("清单.txt", b"text")]


def test_a_cover_without_text_does_not_hide_what_is_attached() -> None:
    pages, members = read(with_files(BLANK, ("a.txt", b"text")))
    assert [page.text for page in pages] == [""]
    assert members == [("a.txt", b"text")]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../outside.txt", "outside.txt"),
        ("C:\\Users\\x\\list.xls", "list.xls"),
        ("/etc/passwd", "passwd"),
        ("..", "attachment 1.bin"),
        ("a\x1b[31m\u202e.txt", "a\ufffd[31m\ufffd.txt"),
    ],
)
def test_names_are_labels_without_a_way_out(name: str, label: str) -> None:
    _, members = read(with_files(PAGE, (name, b"x")))
    assert members == [(label, b"x")]


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_is_listed_and_the_rest_is_read(layers: int) -> None:
    packed = bytes(300 << 20)
    for _ in range(layers):
        packed = zlib.compress(packed, 9)
    bomb = stream(packed)
    filters = generic.ArrayObject([generic.NameObject("/FlateDecode")] * layers)
    bomb[generic.NameObject("/Filter")] = filters
    data = pinned(with_files(PAGE, ("a.txt", b"text")), "bomb.txt", bomb)
    pages, members, problems = everything(data)
    assert [page.text for page in pages] == ["采购人：示例县公安局"]
    assert members == [("a.txt", b"text")]
    assert [problem.reason for problem in problems] == ["limit"]


@pytest.mark.parametrize("name", ["/JBIG2Decode", "/DCTDecode", "/Nonsense"])
def test_filters_of_images_are_not_run(name: str) -> None:
    pages, members, problems = everything(pinned(PAGE, "a.txt", stream(b"text", Filter=name)))
    assert pages
    assert not members
    assert [problem.reason for problem in problems] == ["damaged"]


def test_names_in_a_circle_end() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(with_files(PAGE, ("a.txt", b"text"))))
    names = writer.root_object["/Names"]["/EmbeddedFiles"].get_object()  # type: ignore[index]
    itself = writer._add_object(names)
    kid = generic.DictionaryObject(
        {
            generic.NameObject("/Names"): names["/Names"],
            generic.NameObject("/Kids"): generic.ArrayObject([itself]),
        }
    )
    names[generic.NameObject("/Kids")] = generic.ArrayObject([itself, writer._add_object(kid)])
    out = io.BytesIO()
    writer.write(out)
    pages, members, _ = everything(out.getvalue())
    assert pages
    assert members == [("a.txt", b"text")]


def test_a_pdf_that_lies_too_deep_is_read_without_what_is_attached() -> None:
    path = "!/".join(f"{number}.zip" for number in range(DEEPEST)) + "!/a.pdf"
    pages, members, problems = everything(with_files(PAGE, ("a.txt", b"text")), path)
    assert pages
    assert not members
    assert [problem.reason for problem in problems] == ["limit"]


def test_an_attached_pdf_is_whole() -> None:
    _, members = read(with_files(PAGE, ("b.pdf", BLANK)))
    assert members == [("b.pdf", BLANK)]
