"""The words of the interface: the same ones in each language, and all that templates ask for."""

import re
from importlib import resources

import pytest

from sousveil.web.languages import LANGUAGES, catalogue, text
from sousveil.web.sayings import told

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


def test_a_count_chooses_its_form() -> None:
    assert text("en", "search.notices", count=1) == "1 notice"
    assert text("en", "search.notices", count=1_200) == "1,200 notices"
