"""WARC: pages and documents with address and moment, furniture left out."""

import gzip
from typing import cast

import pytest
from tests.parse.containers.building import PAGE

from sousveil.errors import DamagedError
from sousveil.model import Document, Provenance
from sousveil.parse import Member, parse_document


def warc(answers: list[tuple[str, str, str, bytes]], *, packed: bool = True) -> bytes:
    """(address, status, content type, body) as a WARC file (ISO 28500)."""
    out = b""
    for number, (address, status, kind, body) in enumerate(answers):
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
            f"WARC-Target-URI: {address}\r\nWARC-Date: 2020-03-03T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        record = head.encode() + answer + b"\r\n\r\n"
        out += gzip.compress(record) if packed else record
    return out


ANSWERS = [
    ("http://www.example.org/notice/%E5%85%AC.html", "200 OK", "text/html", PAGE),
    ("http://www.example.org/style.css", "200 OK", "text/css", b"body {}"),
    ("http://www.example.org/gone.html", "404 Not Found", "text/html", b"gone"),
    ("http://www.example.org/", "200 OK", "application/pdf", b"%PDF-1.7"),
]


@pytest.mark.parametrize("packed", [True, False])
def test_documents_with_address_and_moment(packed: bool) -> None:
    data = warc(ANSWERS, packed=packed)
    document = Document("0" * 64, len(data), (Provenance("a.warc.gz" if packed else "a.warc"),))
    found = [
        (item.path, b"".join(item.chunks), item.source_url, item.captured_at)
        for item in parse_document(data, document)
        if isinstance(item, Member)
    ]
    when = "2020-03-03T00:00:00Z"
    assert found == [
        ("1/www.example.org/公.html", PAGE, ANSWERS[0][0], when),
        ("4/www.example.org", b"%PDF-1.7", ANSWERS[3][0], when),
    ]


def test_answers_without_an_address_are_damaged() -> None:
    data = warc(ANSWERS, packed=False).replace(b"WARC-Target-URI", b"X-Target-URI")
    document = Document("0" * 64, len(data), (Provenance("a.warc"),))
    with pytest.raises(DamagedError):
        list(parse_document(data, document))


def test_a_capture_that_breaks_off_gives_what_came_before() -> None:
    data = warc([ANSWERS[0], ANSWERS[0]])
    document = Document("0" * 64, len(data), (Provenance("a.warc.gz"),))
    items = parse_document(data[:-40], document)
    assert b"".join(cast(Member, next(items)).chunks) == PAGE
    with pytest.raises(DamagedError):
        _ = [b"".join(cast(Member, item).chunks) for item in items]
