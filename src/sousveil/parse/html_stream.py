"""Reads markup as a stream of tags and text and sends what is visible to a layout."""

import html
import re
from collections.abc import Callable

from sousveil.parse.html_embedded import page_of_data_url
from sousveil.parse.layout import Layout

# fmt: off
VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr", "keygen", "frame", "basefont", "bgsound",
))
# fmt: on
"""Elements without content or end tag."""

CLOSED_BY_OTHERS = frozenset(
    ("p", "li", "dd", "dt", "td", "th", "tr", "option", "tbody", "thead", "tfoot", "a")
)
"""Elements that a second one of their kind closes: they do not nest by themselves."""

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<![^<>]*>|<\?[^<>]*>"
    r"|<(/?)([a-zA-Z][^\s/<>]*)((?:[^<>\"]++|\"[^\"]*\")*)>",
    re.DOTALL,
)
"""For markup as lexbor writes it: attribute values in double quotes, inner quotes escaped."""
_ROUGH_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<![^<>]*>|<\?[^<>]*>|<(/?)([a-zA-Z][^\s/<>]*)([^<>]*)>", re.DOTALL
)
"""For markup as found: a ``<`` always ends what came before, so that no input is slow."""

_ATTRIBUTE = re.compile(r"([a-zA-Z_:][\w:.-]*)(?:=\"([^\"]*)\")?")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_PRE_STYLE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)

_SKIPPED = frozenset(("head", "select", "datalist", "audio", "video", "canvas", "iframe"))
# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li",
    "main", "menu", "nav", "ol", "p", "search", "section", "summary", "ul", "marquee",
    "tbody", "thead", "tfoot", "frameset", "object",
))
# fmt: on
_VERBATIM = frozenset(("pre", "textarea", "listing", "xmp", "plaintext"))
_SHOWN_INPUTS = frozenset(("", "text", "number", "date", "tel", "email", "url", "search"))


class _Special:
    """An open element whose style matters, and how many of its name are open within it."""

    __slots__ = ("depth", "kind", "name")

    def __init__(self, name: str, kind: str) -> None:
        self.name = name
        self.kind = kind
        self.depth = 1


def send(
    markup: str,
    layout: Layout,
    frame: Callable[[str], None],
    *,
    tidy: bool,
    hidden_too: bool = False,
) -> None:
    """Send the visible text of ``markup`` to ``layout``; ``frame`` takes pages within the page.

    With ``hidden_too`` what a style hides is sent as well.

    Where the markup is not ``tidy`` its end tags are not trusted: nothing is hidden by style, so
    that one missing tag cannot hide the rest.
    """
    pieces = (_TAG if tidy else _ROUGH_TAG).split(markup)
    layout.text(pieces[0])
    reader = _Reader(layout, frame, tidy=tidy, hidden_too=hidden_too)
    for slash, name, attributes, text in zip(
        pieces[1::4], pieces[2::4], pieces[3::4], pieces[4::4], strict=True
    ):
        if name is not None:
            if not tidy:
                name = name.lower()
            if slash:
                if name in _STRUCTURAL or reader.hidden or reader.special:
                    reader.close(name)
            elif attributes or name in _STRUCTURAL or reader.hidden or reader.special:
                reader.open(name, attributes)
        if text and not reader.hidden:
            layout.text(text)


class _Reader:
    """Turns tags into what they do to the layout."""

    def __init__(
        self, layout: Layout, frame: Callable[[str], None], *, tidy: bool, hidden_too: bool
    ) -> None:
        self.hidden = 0
        self._hidden_by = ""
        self._layout = layout
        self._frame = frame
        self._tidy = tidy
        self._hidden_too = hidden_too
        self.special: list[_Special] = []

    def open(self, name: str, attributes: str) -> None:
        """A start tag with its attributes as written."""
        if self.hidden:
            self.hidden += name == self._hidden_by
            return
        if attributes and self._tidy and name not in VOID and self._by_style(name, attributes):
            return
        if self.special:
            for special in self.special:
                special.depth += special.name == name
            if attributes and "style" in attributes:
                self._note_style(name, attributes)
        elif attributes and "style" in attributes:
            self._note_style(name, attributes)
        if name in _BLOCKS:
            self._layout.block()
        elif name in _RARE:
            self._open_rare(name, attributes)

    def close(self, name: str) -> None:
        """An end tag."""
        if self.hidden:
            self.hidden -= name == self._hidden_by
            return
        if name in _BLOCKS:
            self._layout.block()
        elif name in _RARE:
            self._close_rare(name)
        if self.special:
            self._leave(name)

    def _by_style(self, name: str, attributes: str) -> bool:
        """Whether the element is hidden, by attribute or style; then all in it is."""
        if self._hidden_too or ("hidden" not in attributes and "none" not in attributes):
            return False
        values = dict(_ATTRIBUTE.findall(attributes))
        hidden = "hidden" in values or _HIDDEN_STYLE.search(values.get("style", ""))
        if hidden:
            self._hidden_by = name
            self.hidden = 1
            if name in _BLOCKS:
                self._layout.block()
        return bool(hidden)

    def _note_style(self, name: str, attributes: str) -> None:
        if not self._tidy or name in VOID:
            return
        if "white-space" in attributes and _PRE_STYLE.search(attributes):
            self._layout.verbatim(on=True)
            self.special.append(_Special(name, "verbatim"))
        elif "display" in attributes and name not in _BLOCKS and _BLOCK_STYLE.search(attributes):
            self._layout.block()
            self.special.append(_Special(name, "block"))

    def _leave(self, name: str) -> None:
        for special in self.special:
            special.depth -= special.name == name
        while self.special and self.special[-1].depth <= 0:
            special = self.special.pop()
            if special.kind == "verbatim":
                self._layout.verbatim(on=False)
            else:
                self._layout.block()

    def _open_rare(self, name: str, attributes: str) -> None:
        layout = self._layout
        if name == "br":
            layout.line_break()
        elif name == "tr":
            layout.open_row()
        elif name in ("td", "th"):
            columns, rows = _spans(attributes) if "span" in attributes else (1, 1)
            layout.open_cell(columns, rows)
        elif name == "table":
            layout.open_table()
        elif name in _VERBATIM:
            layout.verbatim(on=True)
        elif name == "input":
            self._input(attributes)
        else:
            if name in _FRAMES:
                self._frame_of(dict(_ATTRIBUTE.findall(attributes)))
            if name in VOID:
                return
            if self._tidy:
                self._hidden_by = name
                self.hidden = 1
            else:
                layout.block()

    def _frame_of(self, values: dict[str, str]) -> None:
        """A page within the page that is written into it; what has an address is not loaded."""
        source = html.unescape(values.get("srcdoc", ""))
        if not source and values.get("src", "").lstrip()[:5].lower() == "data:":
            source = page_of_data_url(html.unescape(values["src"])) or ""
        if source:
            self._frame(source)

    def _close_rare(self, name: str) -> None:
        layout = self._layout
        if name in ("td", "th"):
            layout.close_cell()
        elif name == "tr":
            layout.close_row()
        elif name == "table":
            layout.close_table()
        elif name in _VERBATIM:
            layout.verbatim(on=False)
        elif name == "br":
            layout.line_break()

    def _input(self, attributes: str) -> None:
        """Form fields show their value; boxes show whether they are ticked."""
        values = dict(_ATTRIBUTE.findall(attributes))
        kind = values.get("type", "").lower()
        if kind in ("checkbox", "radio"):
            self._layout.text("☑" if "checked" in values else "☐")
        elif kind in _SHOWN_INPUTS and values.get("value") and "hidden" not in values:
            self._layout.text(f" {values['value']} ")


_FRAMES = frozenset(("iframe", "frame", "embed"))
_RARE = _VERBATIM | _SKIPPED | _FRAMES | {"br", "tr", "td", "th", "table", "input"}
_STRUCTURAL = _RARE | _BLOCKS


def _spans(attributes: str) -> tuple[int, int]:
    """colspan and rowspan, each at least 1; nonsense counts as 1."""
    values = dict(_ATTRIBUTE.findall(attributes))
    columns, rows = (values.get(key, "1").strip() for key in ("colspan", "rowspan"))
    return _count(columns, 1000), _count(rows, 65534)


def _count(written: str, most: int) -> int:
    digits = written[:6]
    return min(max(int(digits), 1), most) if digits.isascii() and digits.isdigit() else 1
