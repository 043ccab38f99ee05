"""PDF: pages of text in order, and a clear word on what cannot be read."""

import io

import pypdf
import pytest
from parse_helpers import parsed
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from sousveil.errors import DamagedError, EncryptedError, UnsupportedError
from sousveil.model import ParsedPage
from sousveil.parse import RecordProblem, Unread
from sousveil.parse.garbled import is_garbled

FONT = "STSong-Light"


def written(*pages: tuple[str, ...] | None, title: str = "") -> bytes:
    """A PDF of pages of lines; None is a page with nothing but an image."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    if title:
        canvas.setTitle(title)
    for lines in pages:
        if lines is None:
            from PIL import Image

            canvas.drawImage(ImageReader(Image.new("RGB", (40, 40))), 50, 50, 400, 400)
        for index, line in enumerate(lines or ()):
            canvas.setFont(FONT, 12)
            canvas.drawString(72, 760 - 20 * index, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


NOTICE = ("示例县公安局视频监控采购项目招标公告", "项目编号：SLX-2021-017", "预算金额：84.6 万元")


def test_pages_and_lines() -> None:
    found = parsed(written(NOTICE, ("第二页",), title="招标公告"), "a.pdf")
    assert all(isinstance(each, ParsedPage) for each in found)
    assert [each.number for each in found] == [1, 2]
    assert found[0].text == "\n".join(NOTICE)  # type: ignore[union-attr]
    assert found[1].text == "第二页"  # type: ignore[union-attr]
    assert found[0].title == "招标公告"  # type: ignore[union-attr]


def test_a_password_is_asked_for() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(written(NOTICE)))
    writer.encrypt("word", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(EncryptedError, match="password") as error:
        parsed(out.getvalue(), "a.pdf")
    assert error.value.hint


def test_an_owner_password_alone_does_not_lock() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(written(NOTICE)))
    writer.encrypt("", owner_password="word", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert len(parsed(out.getvalue(), "a.pdf")) == 1


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9])
def test_cut_off_files_are_damaged_or_say_so(share: float) -> None:
    data = written(*[NOTICE] * 6)
    try:
        found = parsed(data[: int(len(data) * share)], "a.pdf")
    except DamagedError:
        return
    assert isinstance(found[-1], RecordProblem)
    assert found[-1].reason == "damaged"


def test_junk_with_a_signature_is_damaged() -> None:
    with pytest.raises(DamagedError):
        parsed(b"%PDF-1.7\n" + bytes(range(256)) * 10, "a.pdf")


def test_scans_are_to_be_recognised() -> None:
    assert parsed(written(None, None), "a.pdf") == [Unread(1), Unread(2)]


def test_scanned_pages_among_others_are_to_be_recognised() -> None:
    found = parsed(written(NOTICE, None, NOTICE), "a.pdf")
    assert [each.number for each in found] == [1, 2, 3]
    assert found[1] == Unread(2)


def test_blank_documents_are_said() -> None:
    with pytest.raises(UnsupportedError, match="blank") as error:
        parsed(written((), ()), "a.pdf")
    assert error.value.hint


def test_blank_pages_keep_the_count() -> None:
    found = parsed(written(NOTICE, (), NOTICE), "a.pdf")
    assert [each.text == "" for each in found if isinstance(each, ParsedPage)] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        ("\ue123\ue124\ue125" * 20, True),
        ("ᆿᒼᐸ⋵⊕ђ䐥᭯ᔰᐛぁ᯳ᐛᤑḽᮽԬ" * 5, True),
        ("示例县公安局采购项目，预算金额：84.6 万元，喆垚镕" * 5, False),
        ("Закупка камер 12 штук для управления" * 3, False),
        ("영상감시시스템 구매 입찰공고" * 3, False),
        ("شرکت بورس کاالی ايران" * 3, False),
        ("ประกาศประกวดราคาซื้อกล้อง" * 3, False),
        ("Plain English, 12 cameras at € 30 each – “total”" * 2, False),
        ("", False),
    ],
)
def test_garbled_text_layers(text: str, garbled: bool) -> None:
    assert is_garbled(text) is garbled
