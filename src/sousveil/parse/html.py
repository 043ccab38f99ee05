"""HTML pages: one page of visible text, whatever encoding it is in or claims to be in.

lexbor (selectolax) repairs the tree as browsers do; what it writes back is well-formed enough to be
read as a stream of tags, which is several times faster than walking the tree from Python. Nothing
is loaded and nothing run: scripts, styles, comments and hidden parts are dropped.
"""

import html
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from sousveil.errors import DamagedError, LimitError
from sousveil.model import Document, ParsedPage
from sousveil.parse.characters import printable
from sousveil.parse.encoding import decode, is_writing
from sousveil.parse.html_origin import origin_of
from sousveil.parse.html_stream import CLOSED_BY_OTHERS, VOID, send
from sousveil.parse.layout import Layout
from sousveil.parse.problem import RecordProblem

VERSION = 1
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
_TITLE = re.compile(r"<title\b[^<>]*>([^<]*)", re.IGNORECASE)
_REMOVED = ["script", "style", "noscript", "template", "noembed", "noframes", "svg", "math"]


def parse_html(
    data: bytes, document: Document, media_type: str
) -> Iterator[ParsedPage | RecordProblem]:
    """Yield the one page of an HTML document; its text is empty where it shows none.

    Raises DamagedError where the bytes are no text, LimitError where there is too much of it.
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
    layout = Layout()
    title = _lay_out(markup, layout, frames=0)
    text, cells = layout.finish()
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


def _lay_out(markup: str, layout: Layout, frames: int) -> str | None:
    """Send what ``markup`` shows to ``layout``; gives its title. ``frames``: pages around it."""
    tidy = None if _too_deep(markup) else _tidied(markup)

    def frame(inner: str) -> None:
        if frames < _FRAMES_DEEP:
            layout.block()
            _lay_out(inner, layout, frames + 1)
            layout.block()

    if tidy is None:
        markup = _UNREAD.sub(" ", markup)
        send(markup, layout, frame, tidy=False)
    else:
        markup = tidy
        send(tidy, layout, frame, tidy=True)
    match = _TITLE.search(markup)
    title = " ".join(html.unescape(match[1]).split()) if match else ""
    return title[:1000] or None


def _tidied(markup: str) -> str | None:
    """The document as lexbor understands it, without the parts that hold no visible text."""
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
