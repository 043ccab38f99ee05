"""Mail and MHTML: the text and what was attached, nothing of the header."""

from email.message import EmailMessage

import pytest
from tests.parse.containers.building import PAGE, mhtml

from sousveil.errors import DamagedError, LimitError
from sousveil.model import Document, Provenance
from sousveil.parse import Member, parse_document


def members(data: bytes, name: str = "a.eml") -> list[tuple[str, bytes, str | None, str | None]]:
    document = Document("0" * 64, len(data), (Provenance(name),))
    return [
        (item.path, b"".join(item.chunks), item.source_url, item.captured_at)
        for item in parse_document(data, document)
        if isinstance(item, Member)
    ]


def mail() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Pat Example <pat@example.org>"
    message["Message-ID"] = "<1@example.org>"
    message["Date"] = "Tue, 3 Mar 2020 08:00:00 +0800"
    message["Subject"] = "公告"
    message.set_content("plain words")
    message.add_alternative("<p>公开招标公告</p>", subtype="html")
    message.add_attachment(
        b"%PDF-1.7", maintype="application", subtype="pdf", filename="采购文件.pdf"
    )
    message.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="s.png")
    return message


def test_the_best_text_and_the_attachments() -> None:
    found = members(mail().as_bytes())
    when = "2020-03-03T08:00:00+08:00"
    assert found == [
        ("part 1.html", "<p>公开招标公告</p>\n".encode(), None, when),
        ("采购文件.pdf", b"%PDF-1.7", None, when),
        ("s.png", b"\x89PNG\r\n\x1a\n", None, when),
    ]
    assert not any(b"pat@example" in data for _, data, _, _ in found)


def test_a_forwarded_mail_gives_its_parts() -> None:
    outer = EmailMessage()
    outer["Message-ID"] = "<2@example.org>"
    outer["MIME-Version"] = "1.0"
    outer.set_content("see below")
    outer.add_attachment(mail())
    names = [path for path, *_ in members(outer.as_bytes())]
    assert names == ["part 1.txt", "part 2.html", "采购文件.pdf", "s.png"]


def test_names_where_rfc_2047_does_not_allow_them() -> None:
    data = mail().as_bytes().replace(b'filename="s.png"', b'filename="=?gbk?B?tci1yA==?=.png"')
    assert "等等.png" in [path for path, *_ in members(data)]


def test_a_saved_page_has_its_address_and_moment() -> None:
    address = "http://www.example.org/notice/1.html"
    assert members(mhtml(PAGE, address), "a.mhtml") == [
        ("part 1.html", PAGE, address, "2020-03-03T08:00:00+00:00")
    ]


def test_names_never_lead_out() -> None:
    data = mail().as_bytes().replace(b'filename="s.png"', b'filename="../../x.png"')
    assert "part 3.bin" in [path for path, *_ in members(data)]


def test_nothing_in_it_is_damaged() -> None:
    with pytest.raises(DamagedError):
        members(b"From: a\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n \r\n")


def test_parts_nested_too_deep() -> None:
    head = b"Message-ID: <1>\r\nMIME-Version: 1.0\r\n"
    body = b"Content-Type: text/plain\r\n\r\nx\r\n"
    for n in range(60):
        mark = b"B%d" % n
        body = (
            b'Content-Type: multipart/mixed; boundary="' + mark + b'"\r\n\r\n--' + mark + b"\r\n"
            + body + b"--" + mark + b"--\r\n"
        )  # fmt: skip
    with pytest.raises(LimitError):
        members(head + body)


def test_a_mailbox_gives_each_of_its_mails() -> None:
    first, second = mail().as_bytes(), mail().as_bytes().replace(b"<1@", b"<2@")
    box = (
        b"From pat@example.org Tue Mar  3 08:00:00 2020\n"
        + first
        + b"\nFrom here on it is text\n\n"
        b"From kim@example.org Tue Mar  3 09:00:00 2020\n" + second + b"\n"
    )
    found = members(box, "a.mbox")
    assert [path for path, *_ in found] == ["1.eml", "2.eml"]
    assert [path for path, *_ in members(found[1][1])] == ["part 1.html", "采购文件.pdf", "s.png"]
    assert len(members(b"From pat@example.org Tue Mar  3 08:00:00 2020\n" + first)) == 3


def test_a_mark_before_the_header_is_no_header() -> None:
    assert len(members(b"\xef\xbb\xbf" + mail().as_bytes())) == 3


def test_a_page_saved_as_one_part_has_its_address() -> None:
    data = (
        b"From: <Saved by a browser>\r\nDate: Tue, 3 Mar 2020 08:00:00 +0800\r\n"
        b"MIME-Version: 1.0\r\n"
        b"Content-Type: text/html\r\nContent-Location: http://www.example.org/b.htm\r\n\r\n" + PAGE
    )
    assert members(data, "a.mht") == [
        ("part 1.html", PAGE, "http://www.example.org/b.htm", "2020-03-03T08:00:00+08:00")
    ]


def test_frames_of_a_saved_page_are_parts_of_their_own() -> None:
    head, _, rest = mhtml(b"<iframe src=cid:f>", "http://www.example.org/a").partition(b"--BB\r\n")
    frame = b"--BB\r\nContent-Type: text/html\r\nContent-Location: cid:f\r\n\r\n" + PAGE + b"\r\n"
    found = members(head + b"--BB\r\n" + rest.replace(b"--BB--", frame + b"--BB--"), "a.mhtml")
    assert [path for path, *_ in found] == ["part 1.html", "part 2.html"]
    assert found[1][1].strip() == PAGE
    assert found[1][2] == "http://www.example.org/a"
