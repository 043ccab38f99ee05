"""Outlook mail: the text and what was attached, nothing of the header."""

import struct

import compressed_rtf
import pytest
from aspose.email_foss import msg
from aspose.email_foss.msg import MsgStorage
from tests.parse.containers import outlook_building as outlook
from tests.parse.containers.test_mail import mail, members
from tests.parse.office import building as office

from sousveil.errors import DamagedError, LimitError
from sousveil.model import Document, ParsedPage, Provenance
from sousveil.parse import Member, RecordProblem, media_type, parse_document
from sousveil.parse.containers import limits
from sousveil.parse.containers.rtf_packed import unpacked_rtf


def read(data: bytes) -> list[tuple[str, bytes, str | None, str | None]]:
    return members(data, "a.msg")


def items(data: bytes) -> list[object]:
    return list(parse_document(data, Document("0" * 64, len(data), (Provenance("a.msg"),))))


def test_the_best_text_and_the_attachments() -> None:
    data = outlook.with_attachments().to_bytes()
    assert read(data) == [
        ("part 1.html", "<p>公开招标公告</p>".encode(), None, outlook.WHEN),
        ("采购文件.pdf", b"%PDF-1.7", None, outlook.WHEN),
        ("s.png", b"\x89PNG\r\n\x1a\n", None, outlook.WHEN),
    ]
    assert not any(b"pat@example" in part or b"Pat" in part for _, part, _, _ in read(data))


def test_the_same_mail_as_eml_and_as_msg_gives_the_same_parts() -> None:
    sent = mail()
    as_eml = [(path, part.strip()) for path, part, _, _ in members(sent.as_bytes())]
    converted = msg.MapiMessage.from_email_message(sent).to_bytes()
    assert [(path, part.strip()) for path, part, _, _ in read(converted)] == as_eml


@pytest.mark.parametrize("unicode_strings", [True, False])
def test_plain_text_alone(unicode_strings: bool) -> None:
    sent = msg.MapiMessage.create("x", unicode_strings=unicode_strings)
    words = "Budget: 84.6万元" if unicode_strings else "Budget: 84.6 Mio €"
    sent.body = words
    ((path, part, _, when),) = read(sent.to_bytes())
    assert (path, when) == ("part 1.txt", None)
    assert part.decode("utf-8" if unicode_strings else "cp1252") == words


def test_bytes_of_a_chinese_mail_are_given_as_they_are() -> None:
    """Old Outlook writes GBK, names of files too, and often the wrong code page beside it."""
    words, name = "采购人：某某市公安局（项目编号：XJ-1）", "采购文件一二三.doc"
    sent = msg.MapiMessage.create("x", unicode_strings=False)
    sent.body = "b" * len(words.encode("gbk"))
    sent.add_attachment("n" * len(name.encode("gbk")), b"here")
    data = sent.to_bytes()
    for written in (words, name):
        raw = written.encode("gbk")
        stand_in = (b"b" if written == words else b"n") * len(raw)
        assert stand_in in data
        data = data.replace(stand_in, raw)
    (_, body, _, _), (path, _, _, _) = read(data)
    assert body.decode("gbk") == words
    assert path == name


def test_html_stored_as_text_is_read_as_such_whatever_the_page_declares() -> None:
    sent = outlook.message()
    page = "<meta charset=gb2312><p>公开招标公告</p>"
    sent.set_property(outlook.HTML, outlook.TEXT, page)
    ((path, part, _, _),) = read(sent.to_bytes())
    assert path == "part 1.html"
    (found,) = parse_document(part, Document("0" * 64, 1, (Provenance(path),)))
    assert isinstance(found, ParsedPage)
    assert found.text == "公开招标公告"


def test_a_mail_that_is_rtf_only() -> None:
    words = "项目编号：XJ-1 " * 40
    rich = office.rtf().decode("ascii") + "".join(f"\\u{ord(c)}?" for c in words)
    ((path, part, _, _),) = read(outlook.message(rtf=rich).to_bytes())
    assert (path, part) == ("part 1.rtf", rich.encode())


def test_rtf_that_only_wraps_plain_text_gives_way_to_it() -> None:
    sent = outlook.message(rtf="{\\rtf1\\ansi\\fromtext x}", plain="plain words")
    assert [(path, part) for path, part, _, _ in read(sent.to_bytes())] == [
        ("part 1.txt", b"plain words")
    ]


def test_packed_rtf_is_unpacked_as_another_library_packs_it() -> None:
    for text in (b"{\\rtf1 x}", b"{\\rtf1 " + b"ab" * 5000 + b"}", bytes(range(32, 127)) * 100):
        assert unpacked_rtf(compressed_rtf.compress(text)) == text
        assert unpacked_rtf(compressed_rtf.compress(text, compressed=False)) == text
    # The examples of [MS-OXRTFCP] 4.1: text, and a run that reaches into itself.
    first = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d"
        "0a800fa0"
    )
    assert unpacked_rtf(first) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    second = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
    assert unpacked_rtf(second) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_packed_rtf_that_is_broken_gives_what_there_was() -> None:
    packed = compressed_rtf.compress(b"{\\rtf1 " + b"abc" * 500 + b"}")
    assert unpacked_rtf(packed[:40]).startswith(b"{\\rtf1 abc")
    assert unpacked_rtf(b"x" * 40) == unpacked_rtf(b"") == b""


def test_a_mail_in_a_mail_gives_its_parts() -> None:
    outer = outlook.message(plain="see below")
    outer.add_embedded_message_attachment(outlook.with_attachments())
    outer.add_attachment("last.txt", b"last")
    names = [path for path, *_ in read(outer.to_bytes())]
    assert names == ["part 1.txt", "part 2.html", "采购文件.pdf", "s.png", "last.txt"]


def test_mails_nested_too_deep() -> None:
    assert len(read(outlook.nested(20).to_bytes())) == 21
    with pytest.raises(LimitError):
        read(outlook.nested(40).to_bytes())


def test_attachments_that_share_their_bytes_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_RATIO", 5)
    monkeypatch.setattr(limits, "FREE_BYTES", 1 << 16)
    data = outlook.bomb(60, 300_000)
    came = []

    def take() -> None:
        for item in parse_document(data, Document("0" * 64, len(data), (Provenance("a.msg"),))):
            assert isinstance(item, Member)
            came.append(sum(map(len, item.chunks)))

    with pytest.raises(LimitError):
        take()
    assert len(data) < sum(came) <= 5 * len(data)


def test_what_cannot_be_had_is_listed_and_the_rest_is_read() -> None:
    sent = outlook.message(plain="words")
    sent.add_attachment("away.docx", b"")
    sent.add_attachment("object.ole", b"").custom_storage = MsgStorage(name="x")
    sent.add_attachment("gone.docx", b"gone")
    sent.add_attachment("here.txt", b"here")
    data = sent.to_bytes()
    stream = "__substg1.0_37010102".encode("utf-16-le")
    third = [at for at in range(len(data)) if data.startswith(stream, at)][-2]
    data = data[:third] + data[third:].replace(stream, stream[:-2] + b"9\0", 1)
    method = bytes.fromhex("0300053706000000")  # of the first attachment: now left elsewhere
    found = items(data.replace(method + b"\1", method + b"\7", 1))
    problems = [item.reason for item in found if isinstance(item, RecordProblem)]
    assert [item.path for item in found if isinstance(item, Member)] == ["part 1.txt", "here.txt"]
    assert problems == ["link", "unsupported", "damaged"]


def test_attachments_are_read_where_the_text_is_broken() -> None:
    sent = outlook.message(plain="p" * 5000)
    sent.add_attachment("here.txt", b"here")
    data = bytearray(sent.to_bytes())
    entry = data.index("__substg1.0_1000001F".encode("utf-16-le"))
    struct.pack_into("<Q", data, entry + 120, 1 << 20)  # the size of the stream
    problem, member = items(bytes(data))
    assert isinstance(problem, RecordProblem)
    assert isinstance(member, Member)
    assert (problem.reason, member.path) == ("damaged", "here.txt")


def test_names_never_lead_out() -> None:
    sent = outlook.message(plain="words")
    sent.add_attachment("../../x.pdf", b"%PDF-1.7", mime_type="application/pdf")
    assert [path for path, *_ in read(sent.to_bytes())] == ["part 1.txt", "part 2.pdf"]


def test_nothing_in_it_is_damaged() -> None:
    with pytest.raises(DamagedError):
        read(outlook.message().to_bytes())


def test_a_file_cut_off_is_damaged() -> None:
    data = outlook.with_attachments().to_bytes()
    for share in (0.3, 0.6, 0.9):
        with pytest.raises(DamagedError):
            read(data[: int(len(data) * share)])


def test_a_mail_that_holds_office_files_is_still_a_mail() -> None:
    sent = outlook.message(plain="words")
    sent.add_attachment("a.doc", office.doc("项目编号：XJ-1\r" * 200))
    sent.add_attachment("b.xls", office.old_workbook())
    data = sent.to_bytes()
    assert media_type(data, "a") == "application/vnd.ms-outlook"
    assert [path for path, *_ in read(data)] == ["part 1.txt", "a.doc", "b.xls"]


def test_the_bundle_of_attachments_of_old_servers_is_named() -> None:
    assert media_type(b"\x78\x9f\x3e\x22\x01\x00", "winmail.dat") == "application/vnd.ms-tnef"
