"""What a saved page says of its own origin: the address it came from and when it was saved."""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

import msgspec

_HEAD = 1 << 16

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile(?:Z)?\s+url:\s*(?P<url>\S+)"
    r"(?:\s+saved date:\s*(?P<date>[^\n]{10,60}))?",
    re.IGNORECASE,
)
_HTTRACK = re.compile(
    r"<!--\s*Mirrored from (?P<url>\S+) by HTTrack[^,]{0,80}?\[[^\]]*\],\s*"
    r"(?P<date>\w{3}, \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d GMT)",
    re.IGNORECASE,
)
_WAYBACK = re.compile(r"FILE ARCHIVED ON (\d\d:\d\d:\d\d \w{3} \d\d, \d{4}) AND RETRIEVED FROM THE")
_WAYBACK_ADDRESS = re.compile(r"https?://web\.archive\.org/web/\d{4,14}[a-z_]{0,4}/(http.*)")
_LINK = re.compile(r"<link\s[^>]{0,1000}>", re.IGNORECASE)
_CANONICAL = re.compile(r"rel\s*=\s*[\"']?canonical", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_META = re.compile(r"<meta\s[^>]{0,1000}>", re.IGNORECASE)
_OG_URL = re.compile(r"property\s*=\s*[\"']?og:url", re.IGNORECASE)
_CONTENT = re.compile(r"content\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_BROWSER_DATE = re.compile(r"(\w{3} \d{1,2} \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})")
_ADDRESS = re.compile(r"https?://[^\s<>\"']{3,2000}", re.IGNORECASE)


class Origin(msgspec.Struct, frozen=True):
    """The address and the moment of saving (ISO 8601), as far as the page tells."""

    source_url: str | None = None
    captured_at: str | None = None


def origin_of(markup: str) -> Origin:
    """Read the comments that browsers, SingleFile, HTTrack and the Wayback Machine leave.

    Without one, the page's canonical address or its ``og:url``, which name no moment. Only http
    and https addresses are taken.
    """
    head = markup[:_HEAD]
    url: str | None = None
    moment: str | None = None
    if "<!--" in head:
        if "SingleFile" in head and (match := _SINGLE_FILE.search(head)) is not None:
            url, moment = _address(match["url"]), _browser_date(match["date"])
        elif "saved from" in head and (match := _SAVED_FROM.search(head)) is not None:
            url = _address(match[1])
        elif "HTTrack" in head and (match := _HTTRACK.search(head)) is not None:
            url, moment = _address("http://" + match["url"]), _mail_date(match["date"])
        if moment is None and "web.archive.org" in markup:
            moment = _wayback_date(markup)
    return Origin(url or _own_address(head), moment)


def _own_address(head: str) -> str | None:
    for link in _LINK.findall(head) if "canonical" in head else ():
        if _CANONICAL.search(link) and (href := _HREF.search(link)):
            return _address(href[1])
    for meta in _META.findall(head) if "og:url" in head else ():
        if _OG_URL.search(meta) and (content := _CONTENT.search(meta)):
            return _address(content[1])
    return None


def _address(raw: str) -> str | None:
    """The http(s) address; the archived one where a Wayback address is given."""
    raw = raw.replace("&amp;", "&")
    if (match := _WAYBACK_ADDRESS.match(raw)) is not None:
        raw = match[1]
    return raw if _ADDRESS.fullmatch(raw) and "//internet.e-mail" not in raw else None


def _browser_date(raw: str | None) -> str | None:
    match = _BROWSER_DATE.search(raw) if raw else None
    if match is None:
        return None
    try:
        return datetime.strptime(f"{match[1]} {match[2]}", "%b %d %Y %H:%M:%S %z").isoformat()
    except ValueError:
        return None


def _mail_date(raw: str) -> str | None:
    try:
        return parsedate_to_datetime(raw).isoformat()
    except ValueError:
        return None


def _wayback_date(markup: str) -> str | None:
    match = _WAYBACK.search(markup, max(0, len(markup) - 8192))
    if match is None:
        return None
    try:
        return datetime.strptime(f"{match[1]} +0000", "%H:%M:%S %b %d, %Y %z").isoformat()
    except ValueError:
        return None
