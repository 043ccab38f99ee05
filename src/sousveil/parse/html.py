"""HTML pages: one page of visible text, whatever encoding it is in or claims to be in.

lexbor (selectolax) repairs the tree as browsers do; what it writes back is well-formed enough to be
read as a stream of tags, which is several times faster than walking the tree from Python. Nothing
is loaded and nothing run: scripts, styles, comments and hidden parts are dropped.
"""

import html
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from sousveil.errors import BlockedError, DamagedError, EmptyError, LimitError
from sousveil.model import Cell, Document, ParsedPage
from sousveil.parse.characters import printable
from sousveil.parse.encoding import decode, is_writing
from sousveil.parse.html_embedded import embedded_pages, has_pages
from sousveil.parse.html_origin import origin_of
from sousveil.parse.html_stream import CLOSED_BY_OTHERS, VOID, send
from sousveil.parse.layout import Layout
from sousveil.parse.problem import RecordProblem
from sousveil.text.blocked import is_blocked, notice_labels

VERSION = 2
_MOST_CHARACTERS = 128 << 20
_DEEPEST = 1500
"""Elements open at once beyond which the tree is not built: lexbor's time grows with the square."""
_FRAMES_DEEP = 3
"""Pages within pages (``<iframe srcdoc>``, as SingleFile saves them) that are followed."""

_DECLARED = re.compile(
    rb"<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w:.-]{2,40})"
    rb"|<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w:.-]{2,40})",
    re.IGNORECASE,
)
_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)")
_UNREAD = re.compile(
    r"<(script|style|noscript|template|noembed|noframes)\b.*?(?:</\1\s{0,9}>|\Z)|<!--.*?(?:-->|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_SHADOW = re.compile(r"<template\b(?=[^<>]{0,500}\bshadowroot)", re.IGNORECASE)
"""What SingleFile and browsers write for a shadow tree, which is shown."""

_ENOUGH = 600
_LOOKED_AT = 20_000
_CLEARLY = 3
"""Labels of notices before values from which a piece that is not shown is taken for the notice."""

_SCRIPTED = re.compile(r"<(?:script|noscript)\b|http-equiv\s*=\s*[\"']?refresh", re.IGNORECASE)
_AWAY = re.compile(r"<i?frame\b[^<>]{0,500}?\bsrc\s*=\s*[\"']?\s*(?:https?:)?//", re.IGNORECASE)
_FRAMED = re.compile(r"<i?frame\b", re.IGNORECASE)
_INSTEAD = "The server sent a check or an error in the place of the page."
_SCRIPTS_ONLY = "The page shows nothing without its scripts: its content was not saved."
_SAVE_AGAIN = "Open its address in a browser, wait until the record is shown, and save it again."
_TITLE = re.compile(r"<title\b[^<>]*>([^<]*)", re.IGNORECASE)
_REMOVED = ["script", "style", "noscript", "template", "noembed", "noframes", "svg", "math"]


def parse_html(
    data: bytes, document: Document, media_type: str
) -> Iterator[ParsedPage | RecordProblem]:
    """Yield the one page of an HTML document; its text is empty where it shows none.

    Raises DamagedError where the bytes are no text, LimitError where there is too much of it,
    BlockedError where a check stands in the place of the page, EmptyError where nothing does. A
    page that says little itself and frames one that is elsewhere has a problem beside its text.
    """
    match = _DECLARED.search(data[:8192])
    declared = (match[1] or match[2]).decode("ascii", "replace") if match else None
    decoded = decode(data, declared)
    markup = printable(decoded.text)
    if len(markup) > _MOST_CHARACTERS:
        raise LimitError(
            f"The page has {len(markup):,} characters; {_MOST_CHARACTERS:,} is the most.",
            "Check the file: a page of that size is most likely no notice.",
        )
    if not is_writing(decoded):
        raise DamagedError(
            "The bytes of the page are not text in any known encoding.", "Save the page again."
        )
    text, cells, title = _read(markup)
    origin = origin_of(markup)
    yield ParsedPage(
        document_sha256=document.sha256,
        number=1,
        text=text,
        obtained="markup",
        media_type=media_type,
        cells=cells,
        title=title,
        source_url=origin.source_url,
        captured_at=origin.captured_at,
    )
    if len(text) <= _ENOUGH and notice_labels(text) < 2 and _AWAY.search(markup):
        yield RecordProblem(
            None,
            2,
            "frame_missing",
            "What the page frames was not saved with it.",
            "Open the page in a browser and save it whole, or save what its frame shows.",
        )


def _read(markup: str) -> tuple[str, tuple[Cell, ...], str | None]:
    """Text, cells and title of a page: what it shows, and a notice that it only holds."""
    layout = Layout()
    title = _lay_out(markup, layout, frames=0)
    text, cells = layout.finish()
    bare = not text.strip()
    if not bare and len(text) > _ENOUGH and not has_pages(markup):
        return text, cells, title
    if notice_labels(text[:_LOOKED_AT]) >= 2:
        return text, cells, title
    blocked = not bare and is_blocked(text, title)
    if bare or blocked:
        layout = Layout()
        _lay_out(markup, layout, frames=0, hidden_too=True)
        hidden, hidden_cells = layout.finish()
        if notice_labels(hidden[:_LOOKED_AT]) >= _CLEARLY:
            return hidden, hidden_cells, title
    inner = _clearest(markup)
    if inner is not None:
        layout = Layout()
        if not blocked:
            _lay_out(markup, layout, frames=0)
            layout.block()
        _lay_out(inner, layout, frames=1)
        return (*layout.finish(), title)
    if blocked or (bare and _SCRIPTED.search(markup)):
        raise BlockedError(_INSTEAD if blocked else _SCRIPTS_ONLY, _SAVE_AGAIN)
    if bare and not _FRAMED.search(markup):
        raise EmptyError("The page shows no text.", "If its pictures are the record, add those.")
    return text, cells, title


def _clearest(markup: str) -> str | None:
    """The piece of HTML in the page's templates and scripts that is clearly the notice, if any."""
    best, most = None, _CLEARLY - 1
    for piece in embedded_pages(markup):
        layout = Layout()
        _lay_out(printable(piece), layout, frames=1)
        labels = notice_labels(layout.finish()[0][:_LOOKED_AT])
        if labels > most:
            best, most = printable(piece), labels
    return best


def _lay_out(markup: str, layout: Layout, frames: int, *, hidden_too: bool = False) -> str | None:
    """Send what ``markup`` shows to ``layout``; gives its title. ``frames``: pages around it."""
    tidy = None if _too_deep(markup) else _tidied(markup)

    def frame(inner: str) -> None:
        if frames < _FRAMES_DEEP:
            layout.block()
            _lay_out(inner, layout, frames + 1, hidden_too=hidden_too)
            layout.block()

    if tidy is None:
        markup = _UNREAD.sub(" ", markup)
        send(markup, layout, frame, tidy=False, hidden_too=hidden_too)
    else:
        markup = tidy
        send(tidy, layout, frame, tidy=True, hidden_too=hidden_too)
    match = _TITLE.search(markup)
    title = " ".join(html.unescape(match[1]).split()) if match else ""
    return title[:1000] or None


def _tidied(markup: str) -> str | None:
    """The document as lexbor understands it, without the parts that hold no visible text."""
    if "shadowroot" in markup:
        markup = _SHADOW.sub("<div", markup)
    try:
        tree = LexborHTMLParser(markup)
        tree.strip_tags(_REMOVED)
    except (SelectolaxError, ValueError, RuntimeError):
        return None
    return tree.html


def _too_deep(markup: str) -> bool:
    """Whether elements nest deeper than ``_DEEPEST``, by names alone: never less than they do."""
    if markup.count("<") < _DEEPEST:
        return False
    depth = 0
    open_tags: dict[str, int] = {}
    for slash, written in _TAG_NAME.findall(markup):
        name = written.lower()
        if name in VOID or name in CLOSED_BY_OTHERS:
            continue
        if not slash:
            depth += 1
            if depth > _DEEPEST:
                return True
            open_tags[name] = open_tags.get(name, 0) + 1
        elif open_tags.get(name, 0):
            depth -= 1
            open_tags[name] -= 1
    return False
