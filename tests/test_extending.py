"""What CONTRIBUTING says of adding things, done with a throw-away example of each."""

import csv
import shutil
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

import pytest

from sousveil.errors import UnsupportedError
from sousveil.extract.chinese import forms
from sousveil.extract.extractor import Extractor
from sousveil.extract.masking import mask_page
from sousveil.extract.registry import EXTRACTORS, extract_notices
from sousveil.model import Document, Evidence, Field, Notice, Page, ParsedPage, Provenance
from sousveil.model.ids import notice_id
from sousveil.parse import PARSERS, Parser, parse_document
from sousveil.parse.content import Content
from sousveil.reference.taxonomy import read_taxonomy

TABLE = b"PAR1title,buyer\r\nRadio masts,Example Council\r\nBenches,Example Parish\r\n"


def parse_table(content: Content, document: Document, media_type: str) -> Iterator[ParsedPage]:
    text = content.whole()[4:].decode()
    for number, row in enumerate(csv.reader(text.splitlines()), 1):
        text = "\t".join(row)
        yield ParsedPage(document.sha256, number, text, "record", media_type, f"/{number}")


PARQUET = "application/vnd.apache.parquet"
THROWAWAY_PARSER = Parser("throwaway", 1, (PARQUET,), "Parquet, for this test only", parse_table)


def accepts(pages: Sequence[Page]) -> float:
    return float(pages[0].media_type == PARQUET and pages[0].number > 1)


def extract(pages: Sequence[Page]) -> Iterator[Notice]:
    page = pages[0]
    title, buyer = page.text.split("\t")
    evidence = Evidence(page.document_sha256, page.number, 0, len(title), title, "throwaway/1")
    start = len(title) + 1
    found = Evidence(
        page.document_sha256, page.number, start, start + len(buyer), buyer, "throwaway/1"
    )
    yield Notice(
        notice_id(page.document_sha256, page.number, page.pointer),
        page.document_sha256,
        page.number,
        (page.number,),
        page.pointer,
        "throwaway",
        "other",
        title=Field(title, title, evidence),
        buyer=Field(buyer, buyer, found),
    )


THROWAWAY_SOURCE = Extractor("throwaway", "1", "lists, for this test only", accepts, extract)


def document(name: str) -> Document:
    return Document("0" * 64, len(TABLE), (Provenance(name),))


def test_a_format_is_a_module_and_a_line() -> None:
    with pytest.raises(UnsupportedError):
        list(parse_document(TABLE, document("list.parquet")))
    pages = list(parse_document(TABLE, document("list.parquet"), (*PARSERS, THROWAWAY_PARSER)))
    assert [page.text for page in pages if isinstance(page, ParsedPage)][1:] == [
        "Radio masts\tExample Council",
        "Benches\tExample Parish",
    ]


def test_a_source_is_a_module_and_a_line() -> None:
    parsed = parse_document(TABLE, document("list.parquet"), (*PARSERS, THROWAWAY_PARSER))
    pages = [mask_page(page) for page in parsed if isinstance(page, ParsedPage)]
    assert list(extract_notices(pages)) == []
    notices = list(extract_notices(pages, (*EXTRACTORS, THROWAWAY_SOURCE)))
    assert [n.buyer.value for n in notices if n.buyer] == ["Example Council", "Example Parish"]


@pytest.fixture
def own_forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the forms that the loader reads instead of the shipped ones."""
    package = tmp_path / "forms"
    with resources.as_file(resources.files(forms.__package__).joinpath("forms")) as shipped:
        shutil.copytree(shipped, package)
    caches = (forms.load, forms.find_label, forms.find_party, forms.find_section)
    monkeypatch.setattr(forms, "files", lambda _: tmp_path)
    for cached in caches:
        cached.cache_clear()
    yield package
    monkeypatch.undo()
    for cached in caches:
        cached.cache_clear()


def test_a_notice_form_is_a_file(own_forms: Path) -> None:
    assert forms.find_label("购置事项名称") is None
    (own_forms / "throwaway.toml").write_text(
        '[[label]]\nfield = "project_name"\nrank = 1\ninline = true\nwords = ["购置事项名称"]\n',
        encoding="utf-8",
    )
    forms.load.cache_clear()
    forms.find_label.cache_clear()
    label = forms.find_label("购置事项名称")
    assert label is not None
    assert label.field == "project_name"


def test_a_term_is_a_line_and_a_file_of_terms_one_more(tmp_path: Path) -> None:
    folder = tmp_path / "taxonomy"
    with resources.as_file(
        resources.files("sousveil.reference").joinpath("data/taxonomy")
    ) as shipped:
        shutil.copytree(shipped, folder)
    before = read_taxonomy(folder)
    index = folder / "taxonomy.toml"
    text = index.read_text(encoding="utf-8")
    index.write_text(text.replace("files = [", 'files = ["throwaway.toml", '), encoding="utf-8")
    (folder / "throwaway.toml").write_text(
        'facet = "platform"\n[[code]]\nid = "throwaway"\nen = "Throw-away"\nzh = "示例"\n'
        '[[code.terms]]\nweight = 2.0\nzh = ["示例监看平台"]\n',
        encoding="utf-8",
    )
    after = read_taxonomy(folder)
    codes = {code.id for code in after.facet("platform")}
    assert codes - {code.id for code in before.facet("platform")} == {"throwaway"}


@pytest.mark.parametrize("parser", PARSERS, ids=lambda p: p.name)
def test_every_parser_is_documented(parser: Parser) -> None:
    assert parser.name
    assert parser.version >= 1
    assert parser.media_types
    assert parser.description


@pytest.mark.parametrize("extractor", EXTRACTORS, ids=lambda e: e.name)
def test_every_extractor_is_documented_and_has_fixtures(extractor: Extractor) -> None:
    assert extractor.name
    assert extractor.version
    assert extractor.description
    folder = Path(__file__).parent / "extract"
    fixtures = [p for p in folder.rglob("*.expected.json") if p.stat().st_size]
    assert fixtures
