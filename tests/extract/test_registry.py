"""The choice of an extractor, and what adding a form takes."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from sousveil.extract.chinese import forms
from sousveil.extract.extractor import Extractor
from sousveil.extract.registry import EXTRACTORS, extract_notices
from sousveil.model import Notice, Page

NOTICE = "某局采购公告\n项目编号：AB-1\n项目名称：某项目\n采购人：某市公安局\n预算金额：3万元\n"


def page(text: str, number: int = 1, obtained: str = "plain", pointer: str | None = None) -> Page:
    return Page("0" * 64, number, text, obtained, "text/plain", pointer)  # type: ignore[arg-type]


def test_every_extractor_is_named_versioned_and_described() -> None:
    names = [extractor.name for extractor in EXTRACTORS]
    assert len(names) == len(set(names))
    assert {"cn_forms", "ocds"} <= set(names)
    for extractor in EXTRACTORS:
        assert extractor.version
        assert extractor.description
        folder = "chinese" if extractor.name == "cn_forms" else extractor.name
        fixtures = Path(__file__).parent / folder / "fixtures"
        assert any(fixtures.iterdir()), f"{extractor.name} has no fixture"


def test_pages_of_a_document_are_one_notice() -> None:
    pages = [page(NOTICE), page("第二章 采购需求\n人脸识别服务器一台\n", 2)]
    (notice,) = extract_notices(pages)
    assert notice.pages == (1, 2)
    assert notice.page == 1


def test_records_are_read_one_by_one() -> None:
    seen: list[int] = []

    def extract(pages: Sequence[Page]) -> Iterator[Notice]:
        seen.append(len(pages))
        return iter(())

    every = Extractor("every", "1", "test", lambda pages: 1.0, extract)
    records = [page("{}", n, "record", f"/{n}") for n in (1, 2, 3)]
    assert list(extract_notices([*records, page("a"), page("b", 2)], [every])) == []
    assert seen == [1, 1, 1, 2]


@pytest.mark.parametrize("judgement", [0.0, 0.49])
def test_nothing_comes_of_pages_that_nobody_accepts(judgement: float) -> None:
    def extract(pages: Sequence[Page]) -> Iterator[Notice]:
        raise AssertionError("must not be asked")

    shy = Extractor("shy", "1", "test", lambda pages: judgement, extract)
    assert list(extract_notices([page(NOTICE)], [shy])) == []


def test_the_surest_reads() -> None:
    read: list[str] = []

    def named(name: str, judgement: float) -> Extractor:
        def extract(pages: Sequence[Page]) -> Iterator[Notice]:
            read.append(name)
            return iter(())

        return Extractor(name, "1", "test", lambda pages: judgement, extract)

    list(extract_notices([page(NOTICE)], [named("a", 0.6), named("b", 0.9), named("c", 0.9)]))
    assert read == ["b"]


def test_a_form_is_added_by_a_data_file(tmp_path: Path) -> None:
    (tmp_path / "throw_away.toml").write_text(
        """
[[label]]
field = "project_id"
rank = 1
words = ["征购号"]

[[label]]
field = "buyer"
rank = 1
words = ["征购衙门"]

[[type]]
type = "tender"
words = ["征购告示"]
""",
        encoding="utf-8",
    )
    before = forms.load()
    with_it = forms.read_forms([*forms.shipped(), tmp_path / "throw_away.toml"])
    assert "征购号" not in before.labels
    assert with_it.labels["征购号"].field == "project_id"
    assert with_it.labels["征购衙门"].field == "buyer"
    assert with_it.labels["项目编号"] == before.labels["项目编号"]
    endings = [words.ending for words in with_it.types]
    assert any(ending.search("某县征购告示") for ending in endings)


def test_a_form_and_one_registry_line_make_an_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    def accepts(pages: Sequence[Page]) -> float:
        return 1.0 if pages[0].text.startswith("THROW-AWAY") else 0.0

    def extract(pages: Sequence[Page]) -> Iterator[Notice]:
        yield Notice("id", pages[0].document_sha256, 1, (1,), None, "throw-away", "other")

    extractors = (*EXTRACTORS, Extractor("throw_away", "1", "a test", accepts, extract))
    (notice,) = extract_notices([page("THROW-AWAY form")], extractors)
    assert notice.source_standard == "throw-away"
    (chinese,) = extract_notices([page(NOTICE)], extractors)
    assert chinese.project_id is not None
