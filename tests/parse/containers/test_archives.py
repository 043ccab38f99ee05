"""Archives: what is inside comes out under its name; what is made to harm does not."""

import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.parse.containers.building import (
    PACKERS,
    PAGE,
    encrypted,
    rar,
    tarred,
    zip_with_link,
    zipped,
    zipped_with_raw_names,
)

from sousveil.errors import DamagedError, DocumentError, LimitError
from sousveil.model import Document, ParsedPage, Provenance
from sousveil.parse import Member, RecordProblem, parse_document
from sousveil.parse.containers.limits import FREE_BYTES, MOST_RATIO
from sousveil.parse.containers.names import decoded_names, member_path


def inside(data: bytes, name: str) -> tuple[dict[str, bytes], list[str]]:
    """Members by path with their bytes, and the reasons why others could not be had."""
    document = Document("0" * 64, len(data), (Provenance(name),))
    found: dict[str, bytes] = {}
    reasons: list[str] = []
    for item in parse_document(data, document):
        if isinstance(item, Member):
            found[item.path] = b"".join(item.chunks)
        elif isinstance(item, RecordProblem):
            reasons.append(item.reason)
    return found, reasons


FILES = {"公告/采购.html": PAGE, "b.txt": b"text", "empty.txt": b""}


def seven_zip(files: dict[str, bytes]) -> bytes:
    libarchive = pytest.importorskip("libarchive", exc_type=(ImportError, OSError))  # type: ignore[arg-type]
    with tempfile.NamedTemporaryFile(suffix=".7z") as file:
        with libarchive.file_writer(file.name, "7zip") as archive:
            for name, data in files.items():
                archive.add_file_from_memory(name, len(data), data)
        return Path(file.name).read_bytes()


@pytest.mark.parametrize(
    ("make", "name"),
    [(zipped, "a.zip"), (tarred, "a.tar"), (rar, "a.rar"), (seven_zip, "a.7z")],
    ids=["zip", "tar", "rar", "7z"],
)
def test_every_archive_gives_its_files(
    make: Callable[[dict[str, bytes]], bytes], name: str
) -> None:
    assert inside(make(FILES), name) == (FILES, [])


@pytest.mark.parametrize("suffix", PACKERS)
def test_packed_tar_is_read_as_a_stream(suffix: str) -> None:
    assert inside(PACKERS[suffix](tarred(FILES)), f"a.tar{suffix}") == (FILES, [])


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_packed_page_is_read_in_place(suffix: str) -> None:
    data = PACKERS[suffix](PAGE)
    document = Document("0" * 64, len(data), (Provenance(f"a.html{suffix}"),))
    (page,) = parse_document(data, document)
    assert isinstance(page, ParsedPage)
    assert "XJ-1" in page.text


@pytest.mark.parametrize("suffix", PACKERS)
def test_packed_twice_is_a_document_inside(suffix: str) -> None:
    packed = PACKERS[suffix](PAGE)
    assert inside(PACKERS[".gz"](packed), f"a.html{suffix}.gz") == (
        {f"a.html{suffix}": packed},
        [],
    )


@pytest.mark.parametrize("encoding", ["gbk", "big5", "utf-8"])
def test_names_whose_encoding_nobody_states(encoding: str) -> None:
    names = ["採購文件/招標公告.html", "採購文件/決標公告.html"]
    if encoding == "gbk":
        names = ["采购文件/招标公告.html", "采购文件/中标结果公告.html"]
    data = zipped_with_raw_names({name.encode(encoding): PAGE for name in names})
    assert sorted(inside(data, "a.zip")[0]) == sorted(names)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "C:\\x.txt", "\\\\host\\x", ".."]
)
def test_names_that_lead_out_are_refused(name: str) -> None:
    assert inside(zipped({name: b"x", "good.html": PAGE}), "a.zip") == (
        {"good.html": PAGE},
        ["refused"],
    )
    assert inside(tarred({name: b"x", "good.html": PAGE}), "a.tar") == (
        {"good.html": PAGE},
        ["refused"],
    )


def test_links_and_devices_are_listed_not_followed() -> None:
    assert inside(zip_with_link("link", "/etc/passwd"), "a.zip") == ({"good.html": PAGE}, ["link"])
    data = tarred({"good.html": PAGE}, {"link": "/etc/passwd"})
    assert inside(data, "a.tar") == ({"good.html": PAGE}, ["link", "link"])


def test_files_under_a_password_are_listed() -> None:
    assert inside(encrypted(zipped({"a.html": PAGE})), "a.zip") == ({}, ["encrypted"])


MUCH = 80 << 20


@pytest.mark.parametrize(
    "make",
    [
        lambda: zipped({"a.txt": bytes(MUCH)}),
        lambda: PACKERS[".gz"](tarred({"a.txt": bytes(MUCH)})),
        lambda: PACKERS[".xz"](bytes(MUCH)),
        lambda: PACKERS[".bz2"](bytes(MUCH)),
        lambda: PACKERS[".zst"](bytes(MUCH)),
    ],
    ids=["zip", "tar.gz", "xz", "bz2", "zst"],
)
def test_bombs_are_cut_off(make: Callable[[], bytes]) -> None:
    data = make()
    assert max(FREE_BYTES, len(data) * MOST_RATIO) < MUCH
    with pytest.raises(LimitError, match="far more than its size explains"):
        inside(data, "bomb")


def test_a_zip_of_overlapping_files_is_cut_off() -> None:
    """One compressed kernel that ten thousand entries of the directory point to."""
    kernel = zipped({"a": bytes(8 << 20)})
    start = kernel.index(b"PK\x01\x02")
    entry = kernel[start : kernel.index(b"PK\x05\x06")]
    count = 10_000
    directory = entry * count
    end = b"PK\x05\x06" + bytes(4) + count.to_bytes(2, "little") * 2
    end += len(directory).to_bytes(4, "little") + start.to_bytes(4, "little") + bytes(2)
    with pytest.raises(DocumentError):
        inside(kernel[:start] + directory + end, "a.zip")


def test_too_deep_is_refused() -> None:
    document = Document("0" * 64, 1, (Provenance("a.zip!/" * 5 + "b.zip", parent_sha256="1" * 64),))
    with pytest.raises(LimitError, match="5 archives deep"):
        list(parse_document(zipped({"a.html": PAGE}), document))


def test_one_broken_file_does_not_cost_the_others() -> None:
    data = bytearray(zipped({"a.html": PAGE * 50, "b.html": PAGE}))
    data[60] ^= 0xFF
    document = Document("0" * 64, len(data), (Provenance("a.zip"),))
    members = parse_document(bytes(data), document)
    first = next(members)
    assert isinstance(first, Member)
    with pytest.raises(DamagedError):
        b"".join(first.chunks)
    second = next(members)
    assert isinstance(second, Member)
    assert b"".join(second.chunks) == PAGE


@pytest.mark.parametrize("make", [zipped, tarred, rar])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.75])
def test_cut_off_archives_fail_with_words(
    make: Callable[[dict[str, bytes]], bytes], part: float
) -> None:
    import random

    data = make({f"{n}.bin": random.Random(n).randbytes(3000) for n in range(5)})
    with pytest.raises(DamagedError, match=r"broken|cut off"):
        inside(data[: int(len(data) * part)], "a.bin")


@given(st.lists(st.binary(max_size=30), max_size=8))
def test_any_names_are_decoded(names: list[bytes]) -> None:
    found = decoded_names(names)
    assert len(found) == len(names)


@given(st.text(max_size=60))
def test_no_label_leads_anywhere(name: str) -> None:
    label = member_path(name)
    if label is not None:
        parts = label.split("/")
        assert not label.startswith("/")
        assert ".." not in parts
        assert all(parts)
        assert label.isprintable() or not any(ord(char) < 32 for char in label)


@given(st.dictionaries(st.text("ab/é采", min_size=1, max_size=8), st.binary(max_size=50)))
def test_zip_round_trip(files: dict[str, bytes]) -> None:
    usable = {name: data for name, data in files.items() if member_path(name) == name}
    assert inside(zipped(usable, zipfile.ZIP_STORED), "a.zip")[0] == usable


@given(st.binary(max_size=400), st.integers(0, 300))
def test_mutated_archives_give_pages_members_or_words(junk: bytes, place: int) -> None:
    for data, name in ((zipped(FILES), "a.zip"), (tarred(FILES), "a.tar"), (rar(FILES), "a.rar")):
        mutated = data[:place] + junk + data[place + len(junk) :]
        with suppress(DocumentError):  # anything else is a failure
            inside(mutated, name)
