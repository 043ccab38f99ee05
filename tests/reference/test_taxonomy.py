"""The taxonomy's data files and their loader."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.errors import UsageError
from sousveil.reference.lexicon import Lexicon, expand, plain
from sousveil.reference.taxonomy import label, load_taxonomy, read_taxonomy

CAPABILITIES = {
    "video_surveillance", "face_recognition", "vehicle_recognition", "public_opinion_monitoring",
    "social_media_collection", "police_intelligence_platform", "communications_monitoring",
    "device_forensics", "location_tracking", "biometrics_other", "population_management",
    "data_fusion_platform", "network_security_monitoring", "drones", "influence_operations",
    "other_surveillance",
}  # fmt: skip


def test_every_code_has_a_name_in_both_languages() -> None:
    taxonomy = load_taxonomy()
    assert {c.id for c in taxonomy.facet("capability")} == CAPABILITIES
    for code in taxonomy.codes.values():
        assert code.en
        assert code.zh
    assert all(c.definition for c in taxonomy.facet("capability"))


def test_ladders_have_all_their_levels() -> None:
    rungs = {c.id for c in load_taxonomy().facet("ladder")}
    assert rungs == {f"online.{n}" for n in range(7)} | {f"video_police.{n}" for n in range(6)}


def test_labels() -> None:
    assert label("face_recognition") == "Face recognition"
    assert label("face_recognition", "zh") == "人脸识别"
    assert label("no_such_code") == "no such code"


def write(folder: Path, **files: str) -> Path:
    names = ", ".join(f'"{name}.toml"' for name in files)
    index = f'version = "1"\nfiles = [{names}]'
    folder.joinpath("taxonomy.toml").write_text(index, "utf-8")
    for name, text in files.items():
        folder.joinpath(f"{name}.toml").write_text(text, "utf-8")
    return folder


GOOD = """
facet = "capability"
[[code]]
id = "kites"
en = "Kites"
zh = "风筝"
[[code.terms]]
weight = 2.0
zh = ["监视风筝"]
en = ["spy kite*"]
"""


def test_a_new_file_is_data_only(tmp_path: Path) -> None:
    taxonomy = read_taxonomy(write(tmp_path, kites=GOOD))
    assert taxonomy.codes["capability", "kites"].en == "Kites"
    found = {taxonomy.lexicon.texts[n] for _, _, n in taxonomy.lexicon.find("a spy-kites 监视风筝")}
    assert found == {"spy kite*", "监视风筝"}


def test_a_file_adds_terms_to_codes_of_another(tmp_path: Path) -> None:
    more = (
        '[[terms]]\nfacet = "capability"\ncode = "kites"\nweight = 1.5\nfr = ["cerf-volant espion"]'
    )
    taxonomy = read_taxonomy(write(tmp_path, more=more, kites=GOOD))
    number = taxonomy.lexicon.texts.index("cerf-volant espion")
    assert [(g.code, g.weight) for g in taxonomy.groups[number]] == [("kites", 1.5)]
    write(tmp_path, more=more.replace("kites", "boats"), kites=GOOD)
    with pytest.raises(UsageError, match=r"more\.toml: terms of capability boats"):
        read_taxonomy(tmp_path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace('zh = ["监视风筝"]', 'zh = ["监视风筝", "監視風箏"]\nxx = []'), "xx"),
        (GOOD + GOOD.replace('facet = "capability"', ""), "twice"),
        (GOOD + '[[code.terms]]\nweight = 1.0\nzh = ["监视风筝"]', "监视风筝 twice"),
        (GOOD.replace('"capability"', '"colour"'), "facet"),
        (GOOD.replace("weight = 2.0", 'needs = ["@nowhere"]'), "@nowhere"),
        (GOOD.replace("weight = 2.0", 'weight = "much"'), "numbers"),
        (GOOD.replace('zh = ["监视风筝"]', 'zh = ["*"]'), "empty term"),
        (GOOD.replace('zh = ["监视风筝"]', "zh = 3"), "lists of words"),
        (GOOD.replace("weight = 2.0", 'home = ["CN"]'), "people and media abroad only"),
        (GOOD.replace("weight = 2.0", 'beside = ["boats"]'), "no other capability"),
        (GOOD.replace("weight = 2.0", 'beside = ["kites"]'), "no other capability"),
        (
            GOOD.replace('"capability"', '"platform"').replace(
                "weight = 2.0", 'beside = ["kites"]'
            ),
            "capabilities only",
        ),
        (GOOD.replace('id = "kites"', 'id = "kites"\nused_in = ["China"]'), "two letters"),
        ("facet = [", "TOML"),
    ],
)
def test_a_broken_file_is_named_with_its_fault(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_taxonomy(write(tmp_path, kites=text))
    assert "kites.toml" in caught.value.message
    assert says in caught.value.message


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    write(tmp_path, kites=GOOD)
    tmp_path.joinpath("kites.toml").unlink()
    with pytest.raises(UsageError, match=r"kites\.toml"):
        read_taxonomy(tmp_path)


def test_braces_are_written_out() -> None:
    assert expand("声纹{库,识别}{a,b}") == ["声纹库a", "声纹库b", "声纹识别a", "声纹识别b"]


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("face recognition", "a Face\nRecognition system", True),
        ("camera", "CAMERAS", True),
        ("camera", "cameraman", False),
        ("alpr", "malpractice alprazolam", False),
        ("alpr", "采购ALPR系统", True),
        ("videouberwachung*", "Videoüberwachungsanlage", True),
        ("распознаван* лиц*", "распознавания лиц", True),
        ("dna库", "DNA库", True),
        ("dna库", "xdna库", False),
        ("人脸识别", "人臉識別", True),
        ("open source", "open, source", False),
    ],
)
def test_terms_are_found_as_whole_words(term: str, text: str, *, found: bool) -> None:
    assert bool(Lexicon([term]).find(plain(text))) is found


@given(st.text())
def test_plain_text_keeps_its_length(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_every_hit_is_its_term(before: str, after: str) -> None:
    lexicon = Lexicon(["人脸识别", "监控", "spy kite*"])
    text = plain(before + "。人脸识别 spy kites。" + after)
    hits = lexicon.find(text)
    assert {n for _, _, n in hits} >= {0, 2}
    for start, end, number in hits:
        assert text[start:end].startswith(lexicon.texts[number][:3])
