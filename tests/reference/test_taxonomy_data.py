"""What the shipped taxonomy holds: every code told in full, and terms in every language."""

from itertools import product

import pytest

from sousveil.reference.taxonomy import Code, load_taxonomy

CODES = load_taxonomy().codes
EVERYWHERE = ("zh", "zh-Hant", "en", "es", "fr", "de", "pt", "ru", "ar", "ja", "ko")
FUNCTIONS = ["collect", "search", "alert", "identify", "link", "predict", "respond"]
DATA_SOURCES = {
    "social_platforms", "news_media", "forums_blogs", "cameras", "telecom_records", "wifi_probes",
    "internet_traffic", "bank_payment", "travel_tickets", "hotel_registration", "health_records",
    "household_registers", "vehicle_registers", "biometrics_bases", "purchased_data", "dark_web",
    "iot_sensors", "government_databases", "seized_devices",
}  # fmt: skip

# The name of a platform is the same in the languages of Latin script, and its Simplified name is
# its Traditional one, which folding sees to.
SAME_NAME = {"es", "fr", "de", "pt"}
GAPS: dict[str, set[str]] = {
    "twitter": {"zh-Hant"},
    "youtube": {"zh-Hant"},
    "instagram": {"zh-Hant"},
    "telegram": {"zh-Hant"},
    "linkedin": {"zh-Hant"},
    "ptt": {"zh-Hant"},
    "weibo": {"zh-Hant"},
    "wechat": {"zh-Hant"},
    "douyin": {"zh-Hant", "ar"},
    # Written in Latin letters in Chinese, too.
    "tiktok": {"zh", "zh-Hant"},
    "reddit": {"zh", "zh-Hant"},
    "whatsapp": {"zh", "zh-Hant"},
    "vk": {"zh", "zh-Hant"},
    "naver": {"zh", "zh-Hant"},
    "kakaotalk": {"zh", "zh-Hant"},
    # Platforms of one country: elsewhere they are written in Latin or Han letters.
    "line": {"ru", "ar"},
    "dcard": {"ru", "ar", "ja", "ko"},
    "lihkg": {"ru", "ar", "ja", "ko"},
    "zhihu": {"zh-Hant", "ru", "ar", "ja"},
    "tieba": {"zh-Hant", "ru", "ar", "ja", "ko"},
    "xiaohongshu": {"zh-Hant", "ar", "ja"},
}
GAPS["ptt"] |= {"ru", "ar", "ja", "ko"}
GAPS["naver"] |= {"ru", "ar"}
GAPS["kakaotalk"] |= {"ru", "ar"}


@pytest.mark.parametrize("code", CODES.values(), ids=lambda c: f"{c.facet}-{c.id}")
def test_a_code_is_told_in_full(code: Code) -> None:
    for words in (code.en, code.zh, code.definition, code.includes, code.excludes):
        assert words.strip()
    assert code.examples
    assert code.counterexamples
    assert not set(code.examples) & set(code.counterexamples)


def test_functions_and_data_sources_are_the_ones_agreed_on() -> None:
    taxonomy = load_taxonomy()
    assert [c.id for c in taxonomy.facet("function")] == FUNCTIONS
    assert {c.id for c in taxonomy.facet("data_source")} == DATA_SOURCES


def test_a_code_has_terms_in_every_language_but_for_the_gaps_named_here() -> None:
    languages = load_taxonomy().languages
    missing = {
        (code, language)
        for (key, counts), language in product(languages.items(), EVERYWHERE)
        if not counts[language]
        for code in [key]
    }
    allowed = {
        (("platform", code.id), language)
        for code in load_taxonomy().facet("platform")
        for language in GAPS.get(code.id, set())
        | (SAME_NAME if code.id != "foreign_social_media" else set())
    }
    assert missing <= allowed


def test_uyghur_and_tibetan_have_terms_in_every_facet_that_names_something() -> None:
    taxonomy = load_taxonomy()
    for language in ("ug", "bo"):
        facets = {key[0] for key, counts in taxonomy.languages.items() if counts[language]}
        assert facets >= {
            *("capability", "negative", "platform", "target_group"),
            *("function", "data_source", "marker"),
        }


def test_no_code_of_one_facet_goes_by_the_name_of_another_s() -> None:
    """Labels are looked up by code alone."""
    shown = [c.id for c in CODES.values() if c.facet != "marker"]
    assert len(shown) == len(set(shown))
