"""A small case that commands of the review desk work on."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sousveil.case.folder import Case
from sousveil.cli.main import app
from sousveil.pipeline import review as pipeline
from sousveil.pipeline.process import Options

PAGE = (
    "<!doctype html><html><head><meta charset='utf-8'><title>{name}{kind}</title></head><body>"
    "<h1>{name}{kind}</h1><p>项目编号：{number}</p><p>项目名称：{name}</p><p>采购人：{buyer}</p>"
    "<p>预算金额：{amount}万元</p><p>发布时间：2024年03月0{day}日</p></body></html>"
)
PURCHASES = (
    ("城区视频监控系统建设项目", "昌吉市公安局", ("招标公告", "中标公告")),
    ("网络舆情监测服务项目", "昌吉市宣传部", ("招标公告",)),
    ("办公家具采购项目", "昌吉市教育局", ("招标公告",)),
)


def run(*arguments: object, keys: str = "", code: int = 0) -> str:
    """What a command prints; ``keys`` are typed, ``code`` is the exit code to expect."""
    result = CliRunner().invoke(
        app, [str(one) for one in arguments], input=keys, catch_exceptions=False
    )
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("code")
    records = folder / "records"
    records.mkdir()
    for number, (name, buyer, kinds) in enumerate(PURCHASES):
        for day, kind in enumerate(kinds, start=1):
            page = PAGE.format(
                name=name, kind=kind, number=f"CJ-2024-{number:04d}", buyer=buyer,
                amount=100 + number, day=day,
            )  # fmt: skip
            (records / f"{number}-{day}.html").write_text(page, encoding="utf-8")
    case = Case.open_or_create(folder / "case", taxonomy="1.0")
    with case.writing():
        pipeline.review(case, [records], Options(workers=1))
    return case.root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "case")
    return tmp_path / "case"
