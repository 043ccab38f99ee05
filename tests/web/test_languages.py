"""The words of the interface: the same ones in each language, and all that templates ask for."""

import ast
import re
from importlib import resources
from pathlib import Path

import pytest

import sousveil
from sousveil.errors import QueryError
from sousveil.model.scheme import FACETS
from sousveil.reference import load_taxonomy
from sousveil.search import parse_query
from sousveil.web.languages import LANGUAGES, catalogue, text
from sousveil.web.sayings import told, wrong

_TEMPLATES = resources.files("sousveil.web").joinpath("templates")
_FORMS = re.compile(r"\.(one|other)$")


def names(language: str) -> set[str]:
    """Names of texts, without the forms for counts: a language may need but one."""
    return {_FORMS.sub("", name) for name in catalogue(language)}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_has_every_text_with_the_same_gaps(language: str) -> None:
    assert names(language) == names("en")
    for name, said in catalogue("en").items():
        own = catalogue(language).get(name)
        if own is not None and not _FORMS.search(name):
            assert gaps(own) == gaps(said), name


def gaps(said: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", said))


def test_templates_ask_for_texts_that_there_are() -> None:
    asked = {
        name
        for file in _TEMPLATES.iterdir()
        for name in re.findall(r"\bt\('([\w.-]+)'[,)]", file.read_text(encoding="utf-8"))
    }
    assert len(asked) > 50
    assert asked - names("en") == set()


def test_a_sentence_that_is_kept_in_english_is_told_in_the_language_of_the_page() -> None:
    kept = "3 projects are sure and 5 possible: 2 notices (disagree, unsure_buyer) should be looked"
    kept += " at by a person."
    assert told(kept, "zh-Hans") == (
        "3 个项目可以确定，可能的有 5：2 份公告（规则与模型不一致、采购人不确定）应由人查看。"
    )
    assert told(kept, "en") == kept.replace("_", " ")
    assert told("no such sentence", "zh-Hans") == "no such sentence"


def test_what_a_sample_says_is_told_in_the_language_of_the_page() -> None:
    said = (
        "By sample 'county' of 2024-05-01 (40 of 1,200 hits, 10 of 3,000 others read): precision "
        "83% (70% to 91%), recall not known, 120 to 1,340 projects (95 % intervals)."
    )
    assert told(said, "zh-Hans") == (
        "依据 2024-05-01 的样本“county”（已审阅 命中 1,200 个中的 40 个、"
        "其余 3,000 个中的 10 个）：查准率 83%（70% 至 91%），"
        "查全率 未知，120 至 1,340 个项目（95% 区间）。"
    )
    unknown = "Prose of a person, with commas, stays."
    assert told(unknown, "zh-Hans") == unknown


def test_errors_are_known_by_the_words_that_the_program_has() -> None:
    """A sentence that was changed in the program alone would stay English."""
    tables = ("wrong.", "said.drawn.", "said.limits.", "said.coded.")
    known = {name: said for name, said in catalogue("en").items() if name.startswith(tables)}
    program = sentences()
    absent = [n for n, said in known.items() if re.sub(r"\{\w+\}", "{}", said) not in program]
    assert absent == ["said.drawn.both"]  # put together of two


def test_what_codes_mean_is_told_to_who_codes_in_the_language_of_the_page() -> None:
    asked = {code for facet in FACETS.values() for code in load_taxonomy().facet(facet)}
    known = {n: said for n, said in catalogue("en").items() if n.startswith("said.code.")}
    assert known == {f"said.code.{code.id}": code.definition for code in asked}
    for code in asked:
        assert re.search("[一-鿿]", told(code.definition, "zh-Hans")), code.id


def sentences() -> set[str]:
    """All texts of the program, each value in them as a gap."""
    found: set[str] = set()
    for file in Path(sousveil.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = (p.value if isinstance(p, ast.Constant) else "{}" for p in node.values)
                found.add("".join(map(str, parts)))
    return found


@pytest.mark.parametrize(
    "query",
    [
        *("a)", "OR a", "a AND", "NOT", "()", "!", '"a', '""', "a*b", "(" * 99),
        *("@", "@none", "@a!"),
        *("nofield:x", "buyers:x", "year:", "year:(a)", "year:x", "year:2024..2020", "buyer:!"),
        *("amount:x", "published:x", "surveillance:maybe", "country:*x", "type:no", "type:awards"),
        "a " * 9_000,
    ],
)
def test_what_is_wrong_with_a_query_is_told_in_the_language_of_the_page(query: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse_query(query, {"circle": "@circle"})
    for said in (raised.value.message, raised.value.hint):
        assert wrong(said, "en") == said
        assert re.search("[一-鿿]", wrong(said, "zh-Hans")), said


def test_a_count_chooses_its_form() -> None:
    assert text("en", "search.notices", count=1) == "1 notice"
    assert text("en", "search.notices", count=1_200) == "1,200 notices"
