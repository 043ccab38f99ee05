"""Archives, mail and captures made for the tests, harmful ones too."""

import bz2
import gzip
import io
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Mapping
from email.message import EmailMessage

import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sousveil.parse.containers import libarchive

PAGE = "<html><body><h1>公开招标公告</h1><p>项目编号：XJ-1</p></body></html>".encode()


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def zipped_with_raw_names(files: Mapping[bytes, bytes]) -> bytes:
    """As old Chinese archivers write them: the bytes of a name and no word on their encoding."""
    plain = {f"{index:03}".ljust(len(name), "x"): name for index, name in enumerate(files)}
    data = zipped(dict(zip(plain, files.values(), strict=True)))
    for stand_in, name in plain.items():
        assert len(stand_in.encode()) == len(name)
        data = data.replace(stand_in.encode(), name)
    return data


def zip_with_link(name: str, target: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo(name)
        entry.create_system = 3
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, target)
        archive.writestr("good.html", PAGE)
    return out.getvalue()


def encrypted(archive: bytes) -> bytes:
    """The archive with the flag of encryption set in every header."""
    data = bytearray(archive)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(magic)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(magic, place + 4)
    return bytes(data)


def tarred(files: Mapping[str, bytes], links: Mapping[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", encoding="utf-8") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
        for name, target in (links or {}).items():
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = tarfile.SYMTYPE, target
            archive.addfile(entry)
        device = tarfile.TarInfo("device")
        device.type = tarfile.CHRTYPE
        if links:
            archive.addfile(device)
    return out.getvalue()


PACKERS = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": lambda data: zstandard.ZstdCompressor().compress(data),
}


def hardlinked(name: str, target: str) -> bytes:
    """A tar archive with a file that is to be another name of a file elsewhere."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = tarfile.LNKTYPE, target
        archive.addfile(entry)
    return out.getvalue()


def seven(files: Mapping[str, bytes]) -> bytes:
    """A 7z archive; the test is skipped where the system has no libarchive."""
    binding = libarchive.library()
    if binding is None:
        pytest.skip("the system has no libarchive")
    out = io.BytesIO()
    with binding.custom_writer(out.write, "7zip") as archive:
        for name, data in files.items():
            archive.add_file_from_memory(name, len(data), data)
    return out.getvalue()


def mail(files: Mapping[str, bytes]) -> bytes:
    """A mail with attachments of any name."""
    message = EmailMessage()
    message["Message-ID"] = "<1@example.org>"
    message.set_content("see attached")
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="x", filename=name)
    return bytes(message)


def warc(pages: Mapping[str, bytes]) -> bytes:
    """A web capture of pages by their address."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    for address, page in pages.items():
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            address, "response", payload=io.BytesIO(page), length=len(page), http_headers=headers
        )
        writer.write_record(record)
    return out.getvalue()


def rar(files: Mapping[str, bytes]) -> bytes:
    """A RAR 4 archive of files that are stored, not compressed (technote.txt of RAR 4)."""
    out = b"Rar!\x1a\x07\x00" + _block(0x73, 0, b"\0" * 6)
    for name, data in files.items():
        raw = name.encode()
        head = struct.pack(
            "<IIBIIBBHI", len(data), len(data), 3, zlib.crc32(data), 0x5A000000, 20, 0x30,
            len(raw), stat.S_IFREG | 0o644,
        )  # fmt: skip
        out += _block(0x74, 0x8000, head + raw) + data
    return out + _block(0x7B, 0x4000, b"")


def _block(kind: int, flags: int, rest: bytes) -> bytes:
    body = struct.pack("<BHH", kind, flags, 7 + len(rest)) + rest
    return struct.pack("<H", zlib.crc32(body) & 0xFFFF) + body


def mhtml(page: bytes, address: str) -> bytes:
    return (
        (
            "From: <Saved by Blink>\r\n"
            f"Snapshot-Content-Location: {address}\r\n"
            "Subject: x\r\nDate: Tue, 3 Mar 2020 08:00:00 -0000\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/related; type="text/html"; boundary="BB"\r\n\r\n'
            "--BB\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n"
            f"Content-Location: {address}\r\n\r\n"
        ).encode()
        + _base64(page)
        + (
            b"--BB\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + _base64(b"\x89PNG\r\n\x1a\n")
            + b"--BB\r\nContent-Type: text/css\r\n\r\nbody {}\r\n--BB--\r\n"
        )
    )


def _base64(data: bytes) -> bytes:
    import base64

    return base64.encodebytes(data) + b"\r\n"
