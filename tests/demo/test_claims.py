"""The demonstration's claims: every reported figure has one, and one changed record changes those
that count it and no others."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.conftest import REPOSITORY

from sousveil import demo
from sousveil.case.folder import Case
from sousveil.claims import read_claim
from sousveil.model.claim import HOLDS, UNTOLD

CLAIMS = {name: read_claim(name, text) for name, text in demo.claims().items()}

HOLD = {
    "beijing-police-programme", "foreign-ministry", "fuzhou-propaganda", "intelligence-command",
    "names-facebook", "names-twitter", "names-youtube", "other-states", "state-media-database",
    "township-cameras", "township-face-cameras", "township-purchases", "uyghur-content",
}  # fmt: skip
"""What the demonstration's records are built to show; no other claim can be told from them."""

FIGURE = re.compile(r"\$?\d+(?:,\d{3})*(?:\.\d+)?(?:bn)?")
YEARS = {"2022", "2020", "2006", "2019", "2004"}


class Found(NamedTuple):
    """What a check says, apart from when, and which records it rests on."""

    verdict: str
    figure: str
    low: str | None
    high: str | None
    notices: int


def checked(root: Path) -> dict[str, Found]:
    ran = subprocess.run(
        [sys.executable, "-m", "sousveil", "claims", "check", str(root), "--dry-run", "--json"],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    checks: list[dict[str, Any]] = json.loads(ran.stdout)["checks"]
    return {
        each["claim"]: Found(
            each["verdict"], each["figure"], each.get("low"), each.get("high"),
            sum(len(project["notices"]) for project in each["evidence"]),
        )
        for each in checks
    }  # fmt: skip


@pytest.fixture(scope="module")
def before(demo_case: Case) -> dict[str, Found]:
    return checked(demo_case.root)


def test_every_reported_figure_has_a_claim() -> None:
    folder = Path(os.environ.get("SOUSVEIL_SHARED", REPOSITORY.parent / "shared"))
    reported = folder / "domain" / "reported-figures.md"
    if not reported.is_file():
        pytest.skip(f"needs the reported figures at {reported}")
    text = reported.read_text(encoding="utf-8").split("What the methods leave open")[0]
    body = re.sub(r"^\d\. ", "", text.split("\n", 3)[3], flags=re.MULTILINE)
    figures = set(FIGURE.findall(body)) - YEARS
    stated = {figure for claim in CLAIMS.values() for figure in FIGURE.findall(claim.statement)}
    assert len(figures) > 15
    assert figures - stated == set()
    words = " ".join(claim.statement for claim in CLAIMS.values())
    for said in ("more sophisticated", "Twitter", "Facebook", "YouTube", "other states do",
                 "Uyghur-language", "Carnegie"):  # fmt: skip
        assert said in words + " ".join(claim.source.who for claim in CLAIMS.values())


def test_each_claim_says_that_its_records_are_invented() -> None:
    assert {name for name, c in CLAIMS.items() if not c.note.startswith("Illustrative")} == set()


def test_what_the_records_are_built_to_show_holds_and_the_rest_cannot_be_told(
    before: dict[str, Found],
) -> None:
    assert set(before) == set(CLAIMS)
    assert {name for name, found in before.items() if found.verdict == HOLDS} == HOLD
    assert {found.verdict for name, found in before.items() if name not in HOLD} == {UNTOLD}


def test_figures_are_those_of_the_truth(before: dict[str, Found]) -> None:
    headline: dict[str, Any] = demo.headline()
    findings = headline["findings"]
    for claim, finding in (
        ("beijing-police-programme", "finding-hongkong-taiwan"),
        ("state-media-database", "finding-journalist-database"),
        ("fuzhou-propaganda", "finding-fuzhou"),
        ("intelligence-command", "finding-intelligence-command"),
        ("foreign-ministry", "finding-foreign-ministry"),
    ):
        assert before[claim].figure == f"USD {findings[finding]['amount_usd']:,.2f}"
    abroad = headline["overseas_projects_cn_since_2020"]
    assert before["abroad-projects"].figure == f"{abroad} projects"
    township = headline["township"]
    assert before["township-purchases"].figure == f"{township['purchases']} projects"
    assert before["township-cameras"].figure == f"{township['cameras']:,}"
    assert before["township-face-cameras"].figure == f"{township['face_cameras']:,}"


def test_the_command_keeps_the_checks(demo_case: Case) -> None:
    kept = {path.stem for path in (demo_case.root / "claims" / "checks").glob("*.jsonl")}
    assert kept == set(CLAIMS)


def _files(root: Path, edit: dict[str, Callable[[bytes], bytes]]) -> Path:
    """A copy of the corpus with some files edited."""
    shutil.copytree(demo.corpus_path(), root)
    for name, change in edit.items():
        content = (root / name).read_bytes()
        changed = change(content)
        assert changed != content
        (root / name).write_bytes(changed)
    return root


def _swap(old: str, new: str, encoding: str) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(old.encode(encoding), new.encode(encoding))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "old", "new", "encoding", "changed"),
    [
        pytest.param(
            "national/202011/t20201116_0908.html", "350.000000", "950.000000", "utf-8",
            {"foreign-ministry"}, id="amount",
        ),
        pytest.param(
            "archive/guangdong/2019/qr-renlian.htm", "人脸识别", "高清", "gb18030",
            {"face-recognition-spending", "township-face-cameras"}, id="capability words",
        ),
        pytest.param(
            "archive/guangdong/2006/qr-jk-yiqi.txt", "佛山市青榕镇人民政府", "佛山市绿柏镇人民政府",
            "gb18030", {"township-purchases", "township-cameras"}, id="buyer",
        ),
    ],
)  # fmt: skip
def test_one_changed_record_changes_the_claims_that_count_it_and_no_others(
    before: dict[str, Found],
    tmp_path: Path,
    file: str,
    old: str,
    new: str,
    encoding: str,
    changed: set[str],
) -> None:
    corpus = _files(tmp_path / "corpus", {file: _swap(old, new, encoding)})
    root = tmp_path / "case"
    subprocess.run(
        [sys.executable, "-m", "sousveil", "review", str(corpus), "--case", str(root),
         "--manifest", str(demo.manifest_path()), "--quiet"],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    for name, text in demo.claims().items():
        (root / "claims" / f"{name}.toml").write_text(text, encoding="utf-8")
    after = checked(root)
    assert {name for name in before if before[name] != after[name]} == changed


@pytest.mark.slow
def test_a_bundle_of_the_evidence_counts_the_same_elsewhere(
    demo_case: Case, before: dict[str, Found], tmp_path: Path
) -> None:
    run = [sys.executable, "-m", "sousveil"]
    out = tmp_path / "claims.tar"
    bundled = [*run, "claims", "bundle", str(demo_case.root), "--out", str(out), "--only-evidence"]
    subprocess.run(bundled, check=True, capture_output=True, timeout=300)
    with tarfile.open(out) as archive:
        archive.extractall(tmp_path, filter="data")
    rebuilt = [*run, "rebuild", str(tmp_path / "case"), "--quiet"]
    subprocess.run(rebuilt, check=True, capture_output=True, timeout=600)
    assert checked(tmp_path / "case") == before
    differs = [*run, "claims", "diff", str(tmp_path / "case"), "--json"]
    told = json.loads(subprocess.run(differs, check=True, capture_output=True).stdout)
    assert told["changed"] == []
