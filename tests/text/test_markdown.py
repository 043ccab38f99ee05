"""Whatever others wrote stands in a Markdown document as text."""

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sousveil.text.controls import visible
from sousveil.text.markdown import code_span, escaped, one_line

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PIECES = (
    "<script>", "[a](https://x.org)", "![i](x)", "`", "``", "**", "_a_", "~~", "|", "\n", "\n\n",
    "# ", "- ", "1. ", "> ", "    ", "***", "===", "\\", "&lt;", "&#60;", "<https://x.org>",
    "https://x.org", "www.x.org", "a@b.org", "[^1]", ":smile:", "$x$", "推特", "\u202e", "\t",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=8).map("".join)


def leaves(tokens: list[Token]) -> list[Token]:
    return [leaf for token in tokens for leaf in (token.children or [token])]


@given(TEXTS)
@example("1. a")
@example("+ a")
@example("a\\")
def test_escaped_text_is_text_wherever_it_stands(text: str) -> None:
    shown = escaped(text)
    for opening, block in (("Words: ", "paragraph"), ("- Words: ", "list_item"), ("### No: ", "h")):
        tokens = PARSER.parse(f"{opening}{shown}")
        assert {t.type for t in leaves(tokens)} <= {
            *("text", "paragraph_open", "paragraph_close", "bullet_list_open"),
            *("bullet_list_close", "list_item_open", "list_item_close"),
            *("heading_open", "heading_close"),
        }, block
        said = "".join(t.content for t in leaves(tokens) if t.type == "text")
        assert said == f"{opening.lstrip('-# ')}{one_line(text)}".rstrip()


@given(TEXTS.filter(lambda text: bool(one_line(text).strip())))
def test_escaped_text_alone_opens_no_block(text: str) -> None:
    tokens = PARSER.parse(escaped(text).strip())
    assert {t.type for t in leaves(tokens)} <= {"text", "paragraph_open", "paragraph_close"}


@given(TEXTS)
def test_a_cell_stays_one_cell(text: str) -> None:
    tokens = PARSER.parse(f"| a | b |\n|---|---|\n| {escaped(text)} | end |")
    assert sum(t.type == "td_open" for t in tokens) == 2


@given(TEXTS)
def test_nothing_is_taken_for_an_address(text: str) -> None:
    shown = escaped(text)
    assert "://" not in shown.replace("\\://", "")
    assert "www." not in shown.lower()
    assert "@" not in shown.replace("\\@", "")


@given(TEXTS)
def test_a_code_span_holds_its_text_whole(text: str) -> None:
    line = one_line(text).strip()
    tokens = leaves(PARSER.parse(f"Words: {code_span(text)}."))
    code = [t.content for t in tokens if t.type == "code_inline"]
    assert code == ([line] if line else [])


def test_what_turns_text_round_is_made_visible() -> None:
    assert visible("a\u202eb\x1b[31m\n") == "a\ufffdb\ufffd[31m\n"
    assert one_line("a\tb\n\nc\u2028d") == "a b c d"
