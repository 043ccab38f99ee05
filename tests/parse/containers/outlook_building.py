"""Outlook mail (MSG) as another library writes it, and what nobody would write."""

import struct
from datetime import UTC, datetime

import compressed_rtf
from aspose.email_foss import msg

SENT = datetime(2020, 3, 3, 0, 0, tzinfo=UTC)
WHEN = "2020-03-03T00:00:00+00:00"
RTF, HTML, SUBMITTED = 0x1009, 0x1013, 0x0039
BINARY, TEXT, TIME = 0x0102, 0x001F, 0x0040


def message(**texts: str) -> msg.MapiMessage:
    """A mail with ``plain``, ``html`` and ``rtf`` as its text."""
    mail = msg.MapiMessage.create("公告")
    mail.set_property(msg.PropertyId.SENDER_NAME, "Pat Example")
    mail.set_property(msg.PropertyId.SENDER_EMAIL_ADDRESS, "pat@example.org")
    mail.add_recipient("kim@example.org", display_name="Kim Example")
    mail.set_property(SUBMITTED, TIME, SENT)
    if "plain" in texts:
        mail.body = texts["plain"]
    if "html" in texts:
        mail.set_property(HTML, BINARY, texts["html"].encode())
    if "rtf" in texts:
        mail.set_property(RTF, BINARY, compressed_rtf.compress(texts["rtf"].encode()))
    return mail


def with_attachments() -> msg.MapiMessage:
    mail = message(plain="plain words", html="<p>公开招标公告</p>")
    mail.add_attachment("采购文件.pdf", b"%PDF-1.7", mime_type="application/pdf")
    mail.add_attachment("s.png", b"\x89PNG\r\n\x1a\n", mime_type="image/png")
    return mail


def nested(depth: int) -> msg.MapiMessage:
    mail = message(plain=f"level {depth}")
    for level in range(depth - 1, -1, -1):
        outer = message(plain=f"level {level}")
        outer.add_embedded_message_attachment(mail)
        mail = outer
    return mail


def bomb(attachments: int, size: int) -> bytes:
    """Attachments that all lead to the same sectors: many times the file's size comes out."""
    mail = message(plain="x")
    mail.add_attachment("0.bin", b"\1" * size)
    for number in range(1, attachments):
        mail.add_attachment(f"{number}.bin", b"\2" * 5000)
    data = bytearray(mail.to_bytes())
    name = "__substg1.0_37010102".encode("utf-16-le")
    places, at = [], data.find(name)
    while at >= 0:
        places.append(at)
        at = data.find(name, at + 1)
    assert len(places) == attachments
    one = next(at for at in places if struct.unpack_from("<Q", data, at + 120)[0] == size)
    for place in places:  # the first sector and the size of a stream ([MS-CFB] 2.6.1)
        data[place + 116 : place + 128] = data[one + 116 : one + 128]
    return bytes(data)
