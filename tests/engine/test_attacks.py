"""A worker that a document took over reaches nothing beside what it was given."""

import importlib
import os
import signal
import socket
import sys
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from sousveil.engine import Codec, Done, Files, Limits, protections, run

LIMITS = Limits(
    seconds_per_item=4, memory_bytes=256 << 20, output_bytes=1 << 20, file_bytes=1 << 20
)
CODEC: Codec[str] = Codec(msgspec.msgpack.encode, msgspec.msgpack.Decoder(str).decode)


@pytest.fixture
def attacks(_importable: None) -> ModuleType:
    return importlib.import_module("attacks")


@pytest.fixture(scope="module")
def held() -> dict[str, bool | str]:
    found = protections()
    if not found["calls_filtered"]:
        pytest.skip("this system has no call filter")
    return found


@pytest.fixture
def walled(held: dict[str, bool | str]) -> None:
    if not held["files"]:
        pytest.skip("this system lets no process wall off its files")


def tried(
    attacks: ModuleType, *items: str, files: Files | None = None
) -> dict[str, str | tuple[str, str]]:
    """What each gave: its result, or reason and message where it crashed."""
    return {
        each.item: each.result if isinstance(each, Done) else (each.reason, each.message)
        for each in run(attacks.attack, items, workers=1, limits=LIMITS, files=files, codec=CODEC)
    }


@pytest.mark.usefixtures("walled")
def test_files_beside_those_given_cannot_be_read(attacks: ModuleType, tmp_path: Path) -> None:
    given, other = tmp_path / "given", tmp_path / "other"
    for folder in (given, other):
        folder.mkdir()
        (folder / "a").write_bytes(b"1234")
    secrets = ["/etc/shadow", "/etc/passwd", str(other / "a"), f"/proc/{os.getpid()}/environ"]
    items = [f"read:{path}" for path in (given / "a", *secrets)]
    items += [f"list:{path}" for path in (given, other, Path.home(), "/", "/tmp")]
    found = tried(attacks, *items, files=Files(read=(str(given),)))
    assert found.pop(f"read:{given / 'a'}") == "read 4"
    assert found.pop(f"list:{given}") == "listed 1"
    assert set(found.values()) == {"refused 13"}, found


@pytest.mark.usefixtures("walled")
def test_nothing_is_written_but_where_it_may_be(attacks: ModuleType, tmp_path: Path) -> None:
    spill, given = tmp_path / "spill", tmp_path / "given"
    spill.mkdir()
    given.mkdir()
    (given / "a").write_bytes(b"1234")
    outside = [given / "b", given / "a", tmp_path / "c", spill / "../d", Path("/tmp/sousveil-x")]
    items = [f"write:{spill / 'ok'}", *(f"write:{path}" for path in outside)]
    items += [f"remove:{given / 'a'}", f"hardlink:{given / 'a'}>{spill / 'l'}"]
    items += [f"link:/etc/passwd>{spill / 's'}", f"device:{spill / 'mem'}"]
    found = tried(attacks, *items, files=Files(read=(str(given),), write=(str(spill),)))
    assert found.pop(f"write:{spill / 'ok'}") == "written"
    assert all(str(result).startswith("refused") for result in found.values()), found
    assert sorted(path.name for path in spill.iterdir()) == ["ok"]
    assert (given / "a").read_bytes() == b"1234"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["given", "spill"]


@pytest.mark.usefixtures("held")
def test_no_socket_of_any_kind(attacks: ModuleType, tmp_path: Path) -> None:
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        found = tried(attacks, f"unix:{path}", "socketpair")
    assert set(found.values()) == {"refused 1"}


@pytest.mark.usefixtures("held")
def test_other_processes_cannot_be_reached(attacks: ModuleType) -> None:
    got: list[int] = []
    before = signal.signal(signal.SIGUSR1, lambda number, frame: got.append(number))
    me = os.getpid()
    items = [f"{name}:{me}" for name in ("trace", "peek", "memory", "limit", "signal", "pipe")]
    try:
        found = tried(attacks, *items, "limits")
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert got == []
    assert found.pop("limits") == "done 0"
    assert found.pop(f"signal:{me}") == "sent by "
    assert all(str(result).startswith("refused") for result in found.values()), found


@pytest.mark.usefixtures("held")
def test_memory_has_an_end_by_every_way(attacks: ModuleType) -> None:
    found = tried(attacks, "map", "hidden", "a")
    mapped = int(str(found["map"]).split()[1])
    assert mapped <= LIMITS.memory_bytes >> 20
    assert found["hidden"] == "refused"
    assert found["a"] == "A"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_nothing_but_the_line_to_the_parent_is_inherited(attacks: ModuleType) -> None:
    (result,) = tried(attacks, "others").values()
    assert len(str(result).split(",")) == 1, result


@pytest.mark.parametrize(
    "what",
    ["huge", "longer", "negative", "nonsense", "ready", "not ready", "undecodable"],
)
def test_forged_answers_cost_their_item_only(attacks: ModuleType, what: str) -> None:
    item = f"answer:{what}"
    found = tried(attacks, "a", item, "b", "c")
    assert {name: found[name] for name in "abc"} == {"a": "A", "b": "B", "c": "C"}
    assert found[item] == ("crashed", "It made its process answer in a way that none does.")


def test_a_flood_of_answers_leaves_one_for_each_item(attacks: ModuleType) -> None:
    """Of what it was given already a process can say anything; of nothing else."""
    items = ["a", "answer:flood", *(f"b{number}" for number in range(200))]
    results = list(run(attacks.attack, items, workers=1, limits=LIMITS, codec=CODEC))
    assert sorted(each.item for each in results) == sorted(items)
    forged = [each for each in results if isinstance(each, Done) and each.result == "forged"]
    assert 0 < len(forged) <= 64


def test_what_a_worker_says_of_itself_is_short_and_plain(attacks: ModuleType) -> None:
    found = tried(attacks, "answer:words")["answer:words"]
    reason, message = found
    assert reason == "crashed"
    assert len(message) <= 300
    assert message.isprintable()


def test_an_answer_that_never_ends_costs_its_item_only(
    attacks: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = importlib.import_module("sousveil.engine.worker")
    monkeypatch.setattr(worker, "_SECONDS_TO_SEND", 1.0)
    found = tried(attacks, "a", "answer:half", "b")
    assert found == {
        "a": "A",
        "b": "B",
        "answer:half": ("crashed", "It made its process answer in a way that none does."),
    }
