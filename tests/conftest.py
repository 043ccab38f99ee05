"""Fixtures every test may use."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from sousveil.case.folder import Case

# A loaded machine is no fault of the code: no test is timed.
settings.register_profile("sousveil", deadline=None)
settings.load_profile("sousveil")

REPOSITORY = Path(__file__).resolve().parents[1]


def pytest_configure() -> None:
    """Test processes share the cores among them, so that a run starts no worker for another's."""
    name = os.environ.get("PYTEST_XDIST_WORKER")
    if name is None or not hasattr(os, "sched_setaffinity"):
        return
    count = int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    share = sorted(os.sched_getaffinity(0))[int(name.removeprefix("gw")) :: count]
    if share:
        os.sched_setaffinity(0, share)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first: the other worker does the rest meanwhile."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real records beside the repository; skips where it is absent."""
    folder = Path(os.environ.get("SOUSVEIL_SHARED", REPOSITORY.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"needs the shared folder of real records at {folder}")
    return folder


@pytest.fixture(scope="session")
def demo_case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The demonstration case with its report, made by the command line. Read only."""
    root = tmp_path_factory.mktemp("demo") / "case"
    subprocess.run(
        [sys.executable, "-m", "sousveil", "demo", "--case", str(root), "--quiet"],
        check=True,
        capture_output=True,
        timeout=600,
    )
    return Case.open(root)
