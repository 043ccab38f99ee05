"""Even hands: matched purchases get the same codes, and where the buyer is changes nothing but
whether what is watched lies abroad, which holds for all countries both ways."""

import importlib.util
import json
from collections import Counter, defaultdict
from itertools import permutations
from pathlib import Path

import msgspec
import pytest

from sousveil.classify import classify
from sousveil.classify.overseas import looks_abroad
from sousveil.classify.scores import weighted_kinds
from sousveil.model import Coding
from sousveil.reference.buyers import buyer_type
from sousveil.reference.taxonomy import load_taxonomy

_spec = importlib.util.spec_from_file_location("build", Path(__file__).parent / "build.py")
assert _spec is not None
assert _spec.loader is not None
_build = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_build)

REPOSITORY = Path(__file__).parents[2]
PAIRS = REPOSITORY / "benchmarks" / "labels" / "classification" / "pairs.jsonl"

Row = dict[str, str]
Codes = dict[str, object]


def purchases() -> dict[str, dict[str, Row]]:
    """The wordings of each purchase, by country."""
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    for line in PAIRS.read_text("utf-8").splitlines():
        row = json.loads(line)
        found[row["pair"]][row["country"]] = row
    return dict(found)


PURCHASES = purchases()
COUNTRIES = ("CN", "TW", "US", "MX", "FR", "DE", "BR", "RU")

DIFFER = {
    # Seven say "passengers" (旅客, pasajeros, Reisende); the American buyer says "people entering
    # the station", who may be anybody.
    ("p02", "target_group"): {"US"},
}
"""Purchases that are not coded alike, by what differs, and the countries that stand alone. It only
shrinks: an entry that no longer differs fails the test."""

BUYING = (
    *("AR", "AU", "BR", "CA", "CD", "CN", "DE", "EG", "ES", "FR", "GB", "HK", "ID", "IN", "IR"),
    *("IT", "JP", "KE", "KR", "KZ", "MX", "MY", "NG", "NL", "PL", "RU", "SA", "SG", "TR", "TW"),
    *("UA", "US", "UZ", "VN", "ZA"),
)
"""Countries that the same words are coded for."""


def code(row: Row, country: str | None) -> Coding:
    made, pages = _build.notice(row["title"], row["text"], buyer=row["buyer"], country=country)
    return classify(made, pages)


def facets(coding: Coding) -> Codes:
    """What eight wordings of a purchase must agree on."""
    return {
        "surveillance": coding.surveillance,
        "capability": frozenset(coding.codes("capability")),
        "platform": frozenset(coding.codes("platform")),
        "target_group": frozenset(coding.codes("target_group")),
        "overseas": coding.overseas_target,
    }


def alone(found: dict[str, Codes], facet: str) -> set[str]:
    """The countries whose answer is not the commonest one."""
    answers = Counter(codes[facet] for codes in found.values())
    common = answers.most_common(1)[0][0]
    return {country for country, codes in found.items() if codes[facet] != common}


def test_the_corpus_is_whole() -> None:
    assert len(PURCHASES) == 24
    assert all(set(rows) == set(COUNTRIES) for rows in PURCHASES.values())


@pytest.mark.parametrize("purchase", PURCHASES)
def test_the_same_purchase_gets_the_same_codes_in_eight_countries(purchase: str) -> None:
    rows = PURCHASES[purchase]
    found = {country: facets(code(row, country)) for country, row in rows.items()}
    for facet in found["US"]:
        assert alone(found, facet) == DIFFER.get((purchase, facet), set()), facet


@pytest.mark.parametrize("purchase", PURCHASES)
def test_all_eight_get_the_answer_that_was_labelled(purchase: str) -> None:
    for country, row in PURCHASES[purchase].items():
        coding = code(row, country)
        assert coding.surveillance is (row["surveillance"] == "yes")
        assert set(coding.codes("capability")) == set(row["capabilities"])
        assert coding.overseas_target is row["overseas"]


@pytest.mark.parametrize("purchase", PURCHASES)
def test_kinds_of_buyers_that_tip_the_score_are_told_alike(purchase: str) -> None:
    kinds = {buyer_type(row["buyer"]) for row in PURCHASES[purchase].values()}
    assert len(kinds) == 1 or not kinds & weighted_kinds()


@pytest.mark.parametrize("purchase", PURCHASES)
def test_no_score_and_no_code_depends_on_the_buyers_country(purchase: str) -> None:
    """Each wording, as if bought in each of 35 countries: the same coding, word for word."""
    for home, row in PURCHASES[purchase].items():
        codings = {msgspec.json.encode(code(row, country)) for country in BUYING}
        assert len(codings) == 1, home


WATCHED = {
    "CN": ("中国舆论", "中國輿論", "Chinese social media", "opinión pública de China",
           "opinion publique en Chine", "chinesische Öffentlichkeit", "opinião pública na China",
           "китайских социальных сетей"),
    "TW": ("台湾民众", "臺灣民眾", "Taiwanese social media", "opinión pública de Taiwán",
           "opinion publique à Taïwan", "taiwanesische Öffentlichkeit",
           "opinião pública em Taiwan", "тайваньских социальных сетей"),
    "US": ("美国网民", "美國網民", "American audiences", "redes sociales estadounidenses",
           "réseaux sociaux américains", "amerikanische Öffentlichkeit",
           "redes sociais norte-americanas", "американских пользователей"),
    "MX": ("墨西哥网民", "墨西哥網民", "public opinion in Mexico", "redes sociales mexicanas",
           "opinion publique mexicaine", "mexikanische Öffentlichkeit",
           "redes sociais mexicanas", "мексиканских социальных сетей"),
    "FR": ("法国媒体", "法國媒體", "French media", "medios franceses", "médias français",
           "französische Medien", "imprensa francesa", "французских СМИ"),
    "DE": ("德国媒体", "德國媒體", "German newspapers", "prensa alemana", "presse allemande",
           "deutsche Medien", "imprensa alemã", "немецких СМИ"),
    "BR": ("巴西舆论", "巴西輿論", "Brazilian netizens", "redes sociales brasileñas",
           "réseaux sociaux brésiliens", "brasilianische Öffentlichkeit",
           "redes sociais brasileiras", "бразильских пользователей"),
    "RU": ("俄罗斯舆论", "俄羅斯輿論", "public opinion in Russia", "opinión pública de Rusia",
           "opinion publique russe", "russische Öffentlichkeit", "opinião pública na Rússia",
           "общественного мнения в России"),
}  # fmt: skip
"""People and media of eight countries, as buyers of the eight countries write of them."""

MONITORING = {
    "CN": "网络舆情监测服务：监测{}",
    "TW": "網路輿情監測服務：監測{}",
    "US": "Social media and public opinion monitoring: {}",
    "MX": "Servicio de monitoreo de redes sociales: {}",
    "FR": "Service de veille des réseaux sociaux : {}",
    "DE": "Social-Media-Monitoring: {}",
    "BR": "Serviço de monitoramento de redes sociais: {}",
    "RU": "Услуги по мониторингу социальных сетей: {}",
}


def watching(buyer: str, watched: str, country: str | None) -> Coding:
    words = WATCHED[watched][COUNTRIES.index(buyer)]
    made, pages = _build.notice(MONITORING[buyer].format(words), country=country)
    return classify(made, pages)


@pytest.mark.parametrize(("buyer", "watched"), list(permutations(COUNTRIES, 2)))
def test_who_watches_another_country_looks_abroad_whichever_it_is(buyer: str, watched: str) -> None:
    coding = watching(buyer, watched, buyer)
    assert coding.surveillance
    assert coding.overseas_target


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("language", COUNTRIES)
def test_who_watches_its_own_country_does_not(country: str, language: str) -> None:
    coding = watching(language, country, country)
    assert coding.surveillance
    assert not coding.overseas_target


@pytest.mark.parametrize("watched", COUNTRIES)
def test_words_that_name_a_place_say_nothing_of_a_buyer_who_is_not_known(watched: str) -> None:
    assert not watching("US", watched, None).overseas_target


def test_a_hong_kong_buyer_who_watches_hong_kong_is_at_home() -> None:
    made, pages = _build.notice("香港輿情監測服務：涉港輿情", country="HK")
    assert classify(made, pages).surveillance
    assert not classify(made, pages).overseas_target
    for elsewhere in ("CN", "TW", "SG"):
        made, pages = _build.notice("香港輿情監測服務：涉港輿情", country=elsewhere)
        assert classify(made, pages).overseas_target


PLATFORMS = load_taxonomy().facet("platform")


@pytest.mark.parametrize("platform", [p.id for p in PLATFORMS])
def test_one_rule_says_where_a_platform_is_abroad(platform: str) -> None:
    """With its people in few countries it is abroad in all others; else where it is blocked."""
    taxonomy = load_taxonomy()
    told = taxonomy.codes["platform", platform]
    assert not told.used_in & told.blocked_in
    if platform == "foreign_social_media":
        assert all(looks_abroad(platform, country, taxonomy) for country in BUYING)
        return
    for country in {*BUYING, *told.used_in, *told.blocked_in}:
        expected = country not in told.used_in if told.used_in else country in told.blocked_in
        assert looks_abroad(platform, country, taxonomy) is expected
    assert not looks_abroad(platform, None, taxonomy)


def test_platforms_of_two_countries_are_abroad_for_each_other() -> None:
    """Wherever two countries each have a platform that is not used in the other."""
    taxonomy = load_taxonomy()
    local = [p for p in PLATFORMS if p.used_in]
    compared = 0
    for one, other in permutations(local, 2):
        for here in one.used_in - other.used_in:
            for there in other.used_in - one.used_in:
                compared += 1
                assert looks_abroad(other.id, here, taxonomy)
                assert looks_abroad(one.id, there, taxonomy)
    assert compared > 100


def test_a_word_for_a_country_is_for_every_buyer_elsewhere() -> None:
    """Terms that name a country serve no list of buyers: only those who are there are left out."""
    taxonomy = load_taxonomy()
    homes = {g.home for groups in taxonomy.groups.values() for g in groups if g.home}
    assert {"CN", "TW", "HK", "US", "MX", "FR", "DE", "BR", "RU"} <= set().union(*homes)
    for groups in taxonomy.groups.values():
        for group in groups:
            known = taxonomy.codes[group.facet, group.code]
            assert not group.home or known.overseas or group.facet == "marker"


@pytest.mark.parametrize("country", BUYING)
def test_where_the_buyer_is_decides_nothing_but_what_lies_abroad(country: str) -> None:
    """Platforms and places named: the same capabilities, scores, reasons and questions."""
    for title in (
        "Monitoring of Twitter, Weibo, VKontakte, LINE and Telegram: social media monitoring",
        "Social media monitoring: Russian media, Chinese social media, public opinion in Mexico",
    ):
        here, unknown = (
            classify(*_build.notice(title, country=known)) for known in (country, None)
        )
        abroad = {t.code for t in (*here.tags, *unknown.tags) if _may_be_abroad(t.facet, t.code)}
        assert abroad <= {"overseas_public", "foreign_media", "foreign_social_media"}
        for coding in (here, unknown):
            assert coding.surveillance
        assert _without_abroad(here) == _without_abroad(unknown)


def _may_be_abroad(facet: str, code: str) -> bool:
    known = load_taxonomy().codes.get((facet, code))
    return code == "foreign_social_media" or (known is not None and known.overseas)


def _without_abroad(coding: Coding) -> Coding:
    kept = tuple(t for t in coding.tags if not _may_be_abroad(t.facet, t.code))
    return msgspec.structs.replace(coding, tags=kept, overseas_target=False)
