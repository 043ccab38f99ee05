"""HTML: what a reader sees is what stands in the text, and nothing hostile is slow."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parse_helpers import page


def text_of(markup: str) -> str:
    return page(f"<!DOCTYPE html><body>{markup}".encode()).text


def test_inline_markup_does_not_break_words() -> None:
    assert text_of("<p>项<b>目</b><span style='color:red'>编</span><font>号</font>") == "项目编号"


def test_white_space_collapses_but_breaks_stay() -> None:
    assert text_of("<p>a \n b&nbsp;&nbsp;\u3000c<br>d<div>e</div>f") == "a b c\nd\ne\nf"


def test_at_most_one_blank_line() -> None:
    assert text_of("a<br><br><br><br>b") == "a\n\nb"


@pytest.mark.parametrize(
    "markup",
    [
        "<script>x</script>",
        "<style>x</style>",
        "<!-- x -->",
        "<p style='DISPLAY : none'>x<p>",
        "<div hidden>x</div>",
        "<div hidden=hidden><div>x</div>x</div>",
        "<noscript>x</noscript>",
        "<template>x</template>",
        "<svg><text>x</text></svg>",
        "<input type=hidden value=x>",
        "<select><option>x</select>",
        "<span style='visibility:hidden'>x</span>",
    ],
)
def test_what_is_not_seen_is_dropped(markup: str) -> None:
    assert text_of(f"<p>a</p>{markup}<p>b</p>") == "a\nb"


@pytest.mark.parametrize(
    "markup",
    ["<p style='display:block'>x", "<p class=hidden>x", "<a title='display:none'>x</a>"],
)
def test_what_is_seen_stays(markup: str) -> None:
    assert "x" in text_of(markup)


def test_cells_quote_the_text() -> None:
    found = page(
        b"<table><tr><td>a</td><th>b &amp; c</th></tr><tr><td></td><td>d</td></tr></table>"
    )
    assert found.text == "a\tb & c\n\td"
    cells = [(cell.row, cell.column, found.text[cell.start : cell.end]) for cell in found.cells]
    assert cells == [(0, 0, "a"), (0, 1, "b & c"), (1, 0, ""), (1, 1, "d")]


def test_rows_and_columns_spanned() -> None:
    found = page(
        b"<table><tr><td rowspan=2 colspan=2>a<td>b<td rowspan=0>c<tr><td>d<tr><td>e</table>"
    )
    cells = [(cell.row, cell.column, found.text[cell.start : cell.end]) for cell in found.cells]
    assert cells == [(0, 0, "a"), (0, 2, "b"), (0, 3, "c"), (1, 2, "d"), (2, 0, "e")]


def test_tables_in_tables_keep_their_own_rows() -> None:
    inner = "<table><tr><td>x<td>y</table>"
    found = page(f"<table><tr><td>a<td>{inner}<td>b</table>".encode())
    assert found.text == "a\nx\ty\nb"
    quoted = {cell.table: [] for cell in found.cells}
    for cell in found.cells:
        quoted[cell.table].append(found.text[cell.start : cell.end])
    assert quoted == {0: ["a", "x\ty", "b"], 1: ["x", "y"]}


@pytest.mark.parametrize(
    ("head", "url", "moment"),
    [
        (
            "<!--\n Page saved with SingleFile \n url: https://example.org/a?b=1 \n"
            " saved date: Fri Mar 05 2021 10:20:30 GMT+0800 (China Standard Time)\n-->",
            "https://example.org/a?b=1",
            "2021-03-05T10:20:30+08:00",
        ),
        (
            "<!-- Mirrored from example.org/a.html by HTTrack Website Copier/3.x [XR&CO'2014],"
            " Fri, 05 Mar 2021 02:20:30 GMT -->",
            "http://example.org/a.html",
            "2021-03-05T02:20:30+00:00",
        ),
        ('<link href="https://example.org/a" rel="canonical">', "https://example.org/a", None),
        ('<meta property="og:url" content="https://example.org/b">', "https://example.org/b", None),
        ('<link rel="canonical" href="javascript:alert(1)">', None, None),
        ("<!-- saved from url=(0022)http://internet.e-mail -->", None, None),
        (
            '<link rel="canonical" href="https://web.archive.org/web/20210305/http://example.org/">',
            "http://example.org/",
            None,
        ),
        ("", None, None),
    ],
)
def test_origin_of_saved_pages(head: str, url: str | None, moment: str | None) -> None:
    found = page(f"<!DOCTYPE html>{head}<html><body>x".encode())
    assert (found.source_url, found.captured_at) == (url, moment)


HOSTILE = {
    "nested blocks": "<div>" * 100_000 + "x",
    "closed blocks": "<div>" * 100_000 + "x" + "</div>" * 100_000,
    "nested tables": "<table><tr><td>" * 20_000 + "x",
    "tables to the limit": "<table><tr><td>a<td>b" * 400 + "x",
    "wide spans": "<table>" + "<tr><td rowspan=65534 colspan=1000>x<td>y" * 1000,
    "unclosed quotes": '<a "' * 100_000 + ">x",
    "unclosed tags": "<a " * 100_000 + ">x",
    "titles": "<title>" * 50_000 + "x",
    "comments": "<!--" * 100_000 + "-->x",
    "formatting": "<b><p>" * 10_000 + "x",
    "attributes": "<div " + " ".join(f"a{n}=1" for n in range(5000)) + ">x",
    "huge span": "<table><tr><td colspan=99999999999999999999>x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_is_read_in_time(name: str) -> None:
    page(f"<!DOCTYPE html>{HOSTILE[name]}".encode())


# fmt: off
_TAGS = st.sampled_from(
    ["<p>", "</p>", "<br>", "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<div>",
     "</div>", "<b>", "</b>", "<th>", "<ul><li>", "<pre>", "<td colspan=2>", "<td rowspan=3>",
     "<div hidden>", "<!-- c -->", "&amp;", "&#20844;", "<", ">", "<input type=checkbox>", "\n"]
)
# fmt: on
_WORDS = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=6)


@settings(max_examples=300)
@given(st.lists(st.one_of(_TAGS, _WORDS), max_size=40))
def test_any_markup_gives_sound_pages(pieces: list[str]) -> None:
    found = page(("<!DOCTYPE html><body>x" + "".join(pieces)).encode())
    assert "\n\n\n" not in found.text
    for line in found.text.split("\n"):
        assert "  " not in line
    for cell in found.cells:
        assert 0 <= cell.start <= cell.end <= len(found.text)
    places = [(cell.table, cell.row, cell.column) for cell in found.cells]
    assert len(places) == len(set(places))


@given(st.lists(st.lists(_WORDS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_plain_tables_come_back(rows: list[list[str]]) -> None:
    import html as escaping

    markup = "".join(
        f"<tr>{''.join(f'<td>{escaping.escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    found = page(f"<!DOCTYPE html><p>x</p><table>{markup}</table>".encode())
    quoted = [found.text[cell.start : cell.end] for cell in found.cells]
    kept = [row for row in rows if any(cell.split() for cell in row)]
    assert quoted == [" ".join(cell.split()) for row in kept for cell in row]
