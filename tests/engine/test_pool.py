"""The pool keeps every good item, whatever bad ones do."""

import importlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from sousveil.engine import Codec, Crashed, Done, Files, Limits, Pool, protections, run, run_inline
from sousveil.errors import EngineError

LIMITS = Limits(
    seconds_per_item=2, memory_bytes=256 << 20, output_bytes=1 << 20, file_bytes=1 << 20
)


@pytest.fixture
def bad(_importable: None) -> ModuleType:
    return importlib.import_module("bad_functions")


def outcome(bad: ModuleType, *items: str, workers: int = 1) -> dict[str, Done | Crashed]:
    return {each.item: each for each in run(bad.mixed, items, workers=workers, limits=LIMITS)}


def test_every_item_comes_back_once(bad: ModuleType) -> None:
    results = list(run(bad.double, range(500), workers=2))
    assert sorted((each.item, each.result) for each in results) == [(n, 2 * n) for n in range(500)]


@pytest.mark.skipif(sys.platform != "linux", reason="children are forked by a server on Linux only")
def test_what_starts_a_child_is_imported_before_threads_can_be() -> None:
    # Two threads that import it at once may wait for each other for ever.
    name = "multiprocessing.popen_forkserver"
    says = f"import sys, sousveil.engine; sys.exit({name!r} not in sys.modules)"
    assert subprocess.run([sys.executable, "-c", says]).returncode == 0


def test_no_items_start_no_process(bad: ModuleType) -> None:
    assert list(run(bad.double, [], workers=2)) == []


@pytest.mark.parametrize(
    ("item", "reason", "words"),
    [
        ("hang", "limit", "longer than 2 seconds"),
        ("hang_hard", "limit", "longer than 2 seconds"),
        ("eat", "limit", "more memory"),
        ("long", "limit", "result has"),
        ("deep", "limit", "nested too deep"),
        ("leave", "crashed", "exit code 3"),
        ("stop", "crashed", "SystemExit"),
        ("segfault", "crashed", "SIGSEGV"),
        ("raise", "crashed", "ValueError at bad_functions.py:"),
        ("socket", "crashed", "PermissionError"),
        ("command", "crashed", "PermissionError"),
        ("open", "crashed", "OSError"),
    ],
)
def test_a_bad_item_costs_only_itself(bad: ModuleType, item: str, reason: str, words: str) -> None:
    found = outcome(bad, "a", "b", item, "c", "d")
    crashed = found.pop(item)
    assert isinstance(crashed, Crashed)
    assert crashed.reason == reason
    assert words in crashed.message
    assert "secret" not in crashed.message
    assert {item: each.result for item, each in found.items()} == {
        "a": "A",
        "b": "B",
        "c": "C",
        "d": "D",
    }


def test_all_items_bad(bad: ModuleType) -> None:
    items = [f"leave:{n}" for n in range(6)]
    found = outcome(bad, *items, workers=2)
    assert sorted(found) == items
    assert all(isinstance(each, Crashed) for each in found.values())


def test_an_item_does_not_pay_for_what_another_left_behind(bad: ModuleType) -> None:
    found = outcome(bad, "poison", "victim")
    assert isinstance(found["victim"], Done)
    assert found["victim"].result == "well"


def test_writing_stops_at_the_limit(bad: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "out"
    item = f"write:{path}"
    files = Files(write=(str(tmp_path),))
    (found,) = run(bad.mixed, [item], workers=1, limits=LIMITS, files=files)
    assert isinstance(found, Crashed)
    assert path.stat().st_size <= LIMITS.file_bytes


def test_no_connection_leaves_a_child(bad: ModuleType) -> None:
    if protections()["network"] == "python":
        pytest.skip("this system lets no process cut off its own network")
    with socket.create_server(("127.0.0.1", 0)) as server:
        item = f"raw_socket:{server.getsockname()[1]}"
        found = outcome(bad, item)[item]
    assert isinstance(found, Crashed) or found.result == "connected=False"


def test_calls_are_filtered(bad: ModuleType) -> None:
    if not protections()["calls_filtered"]:
        pytest.skip("this system has no call filter")
    found = outcome(bad, "fork", "raw_command", "threads", "kill_parent", "a")
    assert found["fork"].result == "forks=0"
    assert found["raw_command"].result == "errno=1"
    assert found["threads"].result == "threads=4"
    assert "PermissionError" in found["kill_parent"].message
    assert found["a"].result == "A"


def test_forked_processes_die_with_their_child(bad: ModuleType) -> None:
    found = outcome(bad, "fork:1", "pid")["pid"]
    assert isinstance(found, Done)
    deadline = time.monotonic() + 5
    while _sleeping_children() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert _sleeping_children() == []


def _sleeping_children() -> list[str]:
    """Processes that the server of this test's workers has forked."""
    if not Path("/proc").is_dir():
        return []
    servers = [pid for pid, parent, _ in _processes() if parent == str(os.getpid())]
    return [
        pid for pid, parent, line in _processes() if parent in servers and b"forkserver" in line
    ]


def _processes() -> Iterator[tuple[str, str, bytes]]:
    """The id of every process, its parent's, and its command line."""
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit():
                state = (entry / "stat").read_text().rpartition(")")[2].split()
                yield entry.name, state[1], (entry / "cmdline").read_bytes()
        except OSError:
            continue


def test_nothing_printed_reaches_the_terminal(
    bad: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    assert outcome(bad, "print")["print"].result == "printed"
    out, err = capfd.readouterr()
    assert "secret" not in out + err


def test_children_ignore_interrupts(bad: ModuleType) -> None:
    assert outcome(bad, "interrupt")["interrupt"].result == "still here"


def test_initializer_runs_in_each_child(bad: ModuleType) -> None:
    results = list(run(bad.prepared, [1], workers=1, initializer=bad.prepare, arguments=("w",)))
    assert [each.result for each in results] == [["w"]]


def test_failing_initializer_is_an_engine_error(bad: ModuleType) -> None:
    with pytest.raises(EngineError, match="ValueError") as error:
        list(run(bad.double, [1], workers=1, initializer=bad.refuse, arguments=("word",)))
    assert "secret" not in str(error.value)


def test_functions_without_a_name_are_refused() -> None:
    with pytest.raises(EngineError, match="cannot be sent"):
        run(lambda item: item, [1], workers=1)


def test_items_are_taken_only_as_needed(bad: ModuleType) -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    results = run(bad.double, items(), workers=2)
    for _ in range(10):
        next(results)
    results.close()  # type: ignore[attr-defined]
    assert taken < 600


def test_closing_ends_the_children(bad: ModuleType) -> None:
    results = run(bad.mixed, ["pid", *["hang"] * 5], workers=2, limits=LIMITS)
    first = next(results)
    results.close()  # type: ignore[attr-defined]
    assert isinstance(first, Done)
    with pytest.raises(ProcessLookupError):
        os.kill(int(first.result), 0)


def test_children_serve_several_runs(bad: ModuleType) -> None:
    with Pool(bad.mixed, workers=1, limits=LIMITS) as pool:
        numbers = [each.result for _ in range(3) for each in pool.run(["pid"])]
    assert len(numbers) == 3
    assert len(set(numbers)) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(int(numbers[0]), 0)


def test_a_run_left_early_leaves_nothing_to_the_next(bad: ModuleType) -> None:
    with Pool(bad.double, workers=2, limits=LIMITS) as pool:
        first = pool.run(range(100))
        next(first)
        first.close()  # type: ignore[attr-defined]
        assert sorted(each.result for each in pool.run([1, 2])) == [2, 4]


def test_a_bad_item_of_one_run_costs_the_next_nothing(bad: ModuleType) -> None:
    with Pool(bad.mixed, workers=1, limits=LIMITS) as pool:
        assert [type(each) for each in pool.run(["segfault"])] == [Crashed]
        assert [type(each) for each in pool.run(["a", "b"])] == [Done, Done]


def test_slow_consumer_is_not_a_slow_item(bad: ModuleType) -> None:
    limits = Limits(seconds_per_item=1)
    results = run(bad.double, range(20), workers=1, limits=limits)
    found = [next(results)]
    time.sleep(1.5)
    found.extend(results)
    assert all(isinstance(each, Done) for each in found)


def test_a_codec_carries_results_without_pickle(bad: ModuleType) -> None:
    codec = Codec(bad.encode, bad.decode)
    results = list(run(bad.mixed, ["a", "b"], workers=1, codec=codec))
    assert {each.result for each in results} == {"decoded A", "decoded B"}


def test_inline_gives_the_same(bad: ModuleType) -> None:
    items = ["a", "raise", "deep", "long", "b"]
    inline = list(run_inline(bad.mixed, items, limits=LIMITS))
    apart = outcome(bad, *items)
    assert [each.item for each in inline] == items
    assert {each.item: each for each in inline}.keys() == apart.keys()
    for each in inline:
        assert type(each) is type(apart[each.item])
        if isinstance(each, Crashed):
            assert each == apart[each.item]


SCRIPT = """
import faulthandler, signal, sys
faulthandler.register(signal.SIGUSR1)
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
sys.path.insert(0, {folder!r})
import bad_functions
from sousveil.engine import run
if __name__ == "__main__":
    items = ["pid"] + ["hang"] * 10
    for each in run(bad_functions.mixed, items, workers=2):
        print(each.result, flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="children die with their parent on Linux only")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_no_orphans(number: signal.Signals, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(folder=str(Path(__file__).parent)), encoding="utf-8")
    parent = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(number)
    try:
        parent.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        parent.send_signal(signal.SIGUSR1)  # it says where it is
        time.sleep(1)
        parent.kill()
        pytest.fail(f"it went on: {parent.communicate()[1]}")
    deadline = time.monotonic() + 60
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{child}").exists()


SHARING = """
import sys
sys.path.insert(0, {folder!r})
import bad_functions
from sousveil.engine import run, share
if __name__ == "__main__":
    share("colorsys")
    for each in run(bad_functions.mixed, ["loaded:colorsys", "loaded:sndhdr"], workers=1):
        print(each.result, flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="children are forked on Linux only")
def test_children_begin_with_what_is_shared(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SHARING.format(folder=str(Path(__file__).parent)), encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=True, timeout=120
    )
    assert ended.stdout.split() == ["loaded=True", "loaded=False"]


def test_protections_are_reported() -> None:
    held = protections()
    assert held["network"] in ("namespace", "call filter", "python")
    if sys.platform == "linux":
        for name in ("dies_with_parent", "memory", "open_files", "file_size", "core_dumps_off"):
            assert held[name] is True
