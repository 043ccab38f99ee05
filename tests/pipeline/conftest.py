"""A small folder of records with every kind of trouble in it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks import generate

HTML, RELEASES, MANY = 40, 30, 1_200

OPINION = """示例市舆情监测服务采购公告
项目编号：EX-2021-2
项目名称：网络舆情监测服务
采购人：示例市宣传部
预算金额：50万元
采购需求：采集微博等社交平台网民言论并预警推送。
公告日期：2021年4月2日
"""
"""A notice that buys monitoring of opinion."""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """HTML notices, OCDS packages (one large enough to be shared out), and bad files."""
    folder = tmp_path_factory.mktemp("records")
    for name, text in generate.html_notices(HTML):
        path = folder / "html" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "few.json").write_text(generate.ocds_package(RELEASES), encoding="utf-8")
    lines = [json.dumps(release) for release in generate.ocds_releases(MANY, seed=2)]
    (folder / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "empty.html").write_bytes(b"")
    (folder / "junk.bin").write_bytes(bytes(range(256)) * 40)
    (folder / "truncated.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Cat")
    (folder / "broken.json").write_text('{"releases": [{"ocid": ', encoding="utf-8")
    (folder / "README.txt").write_text("Notes about this folder.\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def sousveil() -> Run:
    """Runs the command line in a process of its own."""

    def call(*arguments: object, check: bool = True) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "sousveil", *map(str, arguments)],
            capture_output=True,
            text=True,
            check=check,
            timeout=300,
        )

    return call


@pytest.fixture(scope="session")
def reviewed(records: Path, sousveil: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case made of ``records`` without disturbance. Tests must not change it."""
    case = tmp_path_factory.mktemp("reviewed") / "case"
    sousveil("review", records, "--case", case, "--quiet")
    return case
