"""XML notices: found wherever they stand, in any encoding, and nothing hostile is read or slow."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parse_helpers import page, parsed

from sousveil.errors import DamagedError, DocumentError, LimitError, UnsupportedError
from sousveil.model import ParsedPage
from sousveil.parse import RecordProblem
from sousveil.text.outline import read, values, written

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
NOTICE = (
    f'<ContractNotice xmlns="{UBL}ContractNotice-2"><Name>Überwachung ≥ 1 €</Name></ContractNotice>'
)


def xml(body: str, encoding: str | None = "UTF-8") -> str:
    declared = f' encoding="{encoding}"' if encoding else ""
    return f'<?xml version="1.0"{declared}?>{body}'


ENCODINGS = [
    ("UTF-8", "utf-8", b""),
    (None, "utf-8", b""),
    ("UTF-8", "utf-8", codecs.BOM_UTF8),
    ("UTF-16", "utf-16-le", codecs.BOM_UTF16_LE),
    ("UTF-16", "utf-16-be", codecs.BOM_UTF16_BE),
    ("UTF-16", "utf-16-le", b""),
    ("UTF-16BE", "utf-16-be", b""),
    ("UTF-32", "utf-32-le", codecs.BOM_UTF32_LE),
    ("GB18030", "gb18030", b""),
    ("gb2312", "gb18030", b""),
    ("Shift_JIS", "cp932", b""),
    ("Big5", "big5hkscs", b""),
    ("EUC-KR", "cp949", b""),
    ("windows-1252", "cp1252", b""),
    ("ISO-8859-1", "cp1252", b""),
    ("ISO-8859-7", "iso8859-7", b""),
    ("windows-1251", "cp1251", b""),
    ("KOI8-R", "koi8-r", b""),
]


@pytest.mark.parametrize(("label", "codec", "mark"), ENCODINGS)
def test_every_declared_encoding(label: str | None, codec: str, mark: bytes) -> None:
    words = {
        "cp1252": "Überwachung ‰ €",
        "iso8859-7": "Κάμερες",
        "cp1251": "Відеонагляд",
        "koi8-r": "Видео",
        "big5hkscs": "監視器材",
        "cp932": "監視カメラ",
        "cp949": "감시 카메라",
        "gb18030": "视频监控镕",
    }.get(codec, "Überwachung 视频 €")
    text = xml(NOTICE.replace("Überwachung ≥ 1 €", words), label)
    found = page(mark + text.encode(codec), "a.xml")
    assert found.text == f"ContractNotice\n  Name: {words}"
    assert found.media_type == "application/vnd.eforms+xml"
    assert found.obtained == "elements"
    assert found.pointer == "/1"


def test_a_large_file_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sousveil.parse.xml_records.SMALL", 100)
    monkeypatch.setattr("sousveil.parse.xml_records._CHUNK", 7)
    for label, codec in (("UTF-8", "utf-8"), ("UTF-16", "utf-16"), ("GBK", "gbk")):
        notice = NOTICE.replace("Überwachung ≥ 1 €", "视频监控")
        found = parsed(xml(f"<a>{notice * 300}</a>", label).encode(codec), "a.xml")
        assert [p.pointer for p in found] == [f"/1/{n}" for n in range(1, 301)]
        assert {p.text for p in found} == {"ContractNotice\n  Name: 视频监控"}  # type: ignore[union-attr]


KINDS = [
    (f'<x:ContractAwardNotice xmlns:x="{UBL}ContractAwardNotice-2"/>', "eforms"),
    (f'<PriorInformationNotice xmlns="{UBL}PriorInformationNotice-2"/>', "eforms"),
    (
        "<BusinessRegistrationInformationNotice xmlns='http://data.europa.eu/p27/"
        "eforms-business-registration-information-notice/1'/>",
        "eforms",
    ),
    ("<TED_EXPORT xmlns='http://publications.europa.eu/TED_schema/Export'/>", "ted"),
    ("<TED_EXPORT/>", "ted"),
    ("<F03_2014 LG='DE' CATEGORY='ORIGINAL' FORM='F03'/>", "ted"),
    ("<CONTRACT_AWARD_DEFENCE LG='DE' FORM='18'/>", "ted"),
    ("<MOVE LG='DE' FORM='T01'/>", "ted"),
]


@pytest.mark.parametrize(("body", "kind"), KINDS)
def test_notices_are_known_by_root_and_namespace(body: str, kind: str) -> None:
    assert page(xml(body).encode(), "a.xml").media_type == f"application/vnd.{kind}+xml"


OTHERS = [
    ('<rss version="2.0"><channel><title>ContractNotice</title></channel></rss>', "rss"),
    ('<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>', "feed"),
    ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>', "urlset"),
    (f'<Invoice xmlns="{UBL}Invoice-2"><ID>1</ID></Invoice>', "Invoice"),
    ('<ContractNotice xmlns="urn:example:other"/>', "ContractNotice"),
    ("<ContractNotice/>", "ContractNotice"),
    ("<MOVE><from>e2</from></MOVE>", "MOVE"),
    ('<F02_2014 xmlns="urn:example:planes" LG="1"/>', "F02_2014"),
]


@pytest.mark.parametrize(("body", "root"), OTHERS)
def test_other_xml_is_named_and_not_read(body: str, root: str) -> None:
    with pytest.raises(UnsupportedError, match=f"root element {root}\\.") as caught:
        parsed(xml(body).encode(), "a.xml")
    assert caught.value.hint


def test_a_workbook_in_xml_is_no_notice() -> None:
    body = '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    with pytest.raises(UnsupportedError, match="Excel 2003"):
        parsed(xml(body).encode(), "a.xml")


def test_svg_and_xhtml_are_what_they_were() -> None:
    with pytest.raises(UnsupportedError, match="SVG"):
        parsed(b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg")
    (found,) = parsed(b"<?xml version='1.0'?><html xmlns='x'><p>x</p></html>", "a.xml")
    assert isinstance(found, ParsedPage)
    assert found.obtained == "markup"


@pytest.mark.parametrize("name", ["张三", "a" * 200])
def test_an_error_repeats_no_odd_root(name: str) -> None:
    with pytest.raises(UnsupportedError, match="no plain name") as caught:
        parsed(xml(f"<{name}/>").encode(), "a.xml")
    assert name not in str(caught.value)


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + NOTICE.replace(
    "Überwachung", "&b;"
)
HOSTILE = {
    "billion laughs": (LAUGHS, UnsupportedError, "document type"),
    "outside": (LAUGHS.replace('"ha"', 'SYSTEM "file:///etc/passwd"'), UnsupportedError, "type"),
    "parameter": (
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://192.0.2.1/">%b;]><a/>',
        UnsupportedError,
        "t",
    ),
    "type outside": (
        '<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd">' + NOTICE,
        UnsupportedError,
        "type",
    ),
    "entity": (NOTICE.replace("Überwachung", "&passwd;"), DamagedError, "entity"),
    "deep": ("<a>" * 100_000 + "</a>" * 100_000, LimitError, "nests"),
    "deep notice": (NOTICE.replace("<Name>", "<a>" * 200 + "<Name>"), LimitError, "nests"),
    "cut off": (NOTICE[:-9], DamagedError, "ends early"),
    "cut in a tag": (NOTICE[:-30] + "<Name", DamagedError, "ends early"),
    "no end": (NOTICE.replace("</Name>", ""), DamagedError, "not well-formed at line 1"),
    "prefix": ("<x:ContractNotice/>", DamagedError, "not well-formed"),
    "twice": ('<a b="1" b="2"/>', DamagedError, "not well-formed"),
    "control": (NOTICE.replace("Überwachung", "&#1;"), DamagedError, "not well-formed"),
    "surrogate": (NOTICE.replace("Überwachung", "&#xD800;"), DamagedError, "not well-formed"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_xml_is_refused(name: str) -> None:
    body, kind, words = HOSTILE[name]
    with pytest.raises(kind, match=words) as caught:
        parsed(xml(body).encode(), "a.xml")
    assert caught.value.hint
    assert "berwachung" not in str(caught.value)


@pytest.mark.parametrize("label", ["x-no-such", "unicode_escape", "utf-7", "rot13", "punycode"])
def test_an_encoding_nobody_knows(label: str) -> None:
    with pytest.raises(UnsupportedError, match="encoding"):
        parsed(xml("<a/>", label).encode(), "a.xml")


def test_bytes_that_are_not_of_the_encoding() -> None:
    for label, data in (("UTF-8", NOTICE.encode("cp1252", "replace")), ("Big5", b"<a>\xff</a>")):
        with pytest.raises(DamagedError):
            parsed(xml("", label).encode() + data, "a.xml")


def test_a_giant_notice_and_a_giant_tag_are_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sousveil.parse.xml_records._MOST_CHARACTERS", 10_000)
    for body in ("<a/>" * 9_000, f"<a>{'x' * 20_000}</a>", f"<a {'x' * 20_000}='1'/>"):
        with pytest.raises(LimitError, match="characters"):
            parsed(xml(NOTICE.replace("<Name>", body + "<Name>")).encode(), "a.xml")


@pytest.mark.parametrize("end", ["<b", "</b></a>", "<a>" * 200, "&x;", "</a><c/>"])
def test_notices_before_the_damage_are_read(end: str) -> None:
    *before, problem = parsed(xml(f"<a>{NOTICE}{NOTICE}{end}").encode(), "a.xml")
    assert [p.pointer for p in before] == ["/1/1", "/1/2"]
    assert isinstance(problem, RecordProblem)
    assert problem.reason in ("damaged", "limit")
    assert problem.hint


TREES = st.recursive(
    st.tuples(st.sampled_from(["A", "b_2", "Ω", "x-y.z"]), st.text(max_size=30), st.just(())),
    lambda inner: st.tuples(
        st.sampled_from(["A", "Name"]), st.text(max_size=9), st.lists(inner, max_size=4)
    ),
    max_leaves=12,
)


@given(TREES, st.dictionaries(st.sampled_from(["LG", "code", "n"]), st.text(max_size=20)))
def test_an_outline_reads_back(tree: tuple[str, str, object], attributes: dict[str, str]) -> None:
    lines: list[str] = []
    said: list[str] = []

    def squeezed(text: str) -> str:
        return " ".join(text.replace("\x1c", " ").split())

    kept = {name: squeezed(value) for name, value in attributes.items()}

    def write(node: tuple[str, str, object], depth: int) -> None:
        name, value, inner = node
        value = squeezed(value)
        lines.append(written(depth, name, kept, value))
        said.append(value)
        for child in inner:  # type: ignore[attr-defined]
            write(child, depth + 1)

    write(tree, 0)
    text = "\n".join(lines)
    root = read(text)
    assert root is not None
    elements = list(root.each())
    assert [text[e.start : e.end] for e in elements] == said
    for element in elements:
        start, end = element.name_span
        assert text[start:end] == element.name
        found = {name: text[s:e] for name, (s, e) in element.attributes.items()}
        assert found == {name: value for name, value in kept.items() if value}
    assert set(filter(None, said)) <= set(values(text)) <= {*said, *kept.values()}


@pytest.mark.parametrize("text", ["", "a: b\nc: d", "  deep", "a\n    skipped", "@a: b"])
def test_what_is_no_outline(text: str) -> None:
    assert read(text) is None


@given(st.binary(max_size=60))
def test_any_bytes_are_a_page_or_a_known_error(data: bytes) -> None:
    with suppress(DocumentError):
        assert parsed(b"<?xml version='1.0'?>" + data, "a.xml")


def test_a_root_that_may_be_a_persons_details_is_not_named() -> None:
    with pytest.raises(UnsupportedError) as caught:
        parsed(xml("<li.example.cn.13812345678/>").encode(), "a.xml")
    assert "13812345678" not in caught.value.message
    assert "example" not in caught.value.message
