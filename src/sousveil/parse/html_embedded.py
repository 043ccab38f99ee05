"""Pages inside a page that no browser shows until a script has run: some portals' notices.

They are sent as HTML in a template, a hidden field, or a string of a script. What is found here is
a candidate only: the caller takes it where it is clearly the notice.
"""

import binascii
import html
import json
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from sousveil.parse.encoding import decode

_SHORTEST = 120
_MOST = 200
"""Candidates looked at in one page."""

_MOST_CHARACTERS = 2 << 20
_HINT = re.compile(
    r"type\s*=\s*[\"']?(?:text/(?:template|html|x-|ng-)|application/(?:ld\+)?json)|<template\b"
    r"|\\u003c|<\\/|&lt;/?(?:p|div|table|span|br|td)\b|<textarea|[\"']\s*<(?:p|div|table|span)\b",
)
_OPENING = re.compile(r"<(script|template|textarea)\b([^<>]{0,2000})>", re.IGNORECASE)
_MARKUP_TYPE = re.compile(r"type\s*=\s*[\"']?text/(?:template|html|x-|ng-)", re.IGNORECASE)
_FIELD = re.compile(
    r"<input\b[^<>]{0,500}?\bvalue\s*=\s*(?:\"([^\"]{120,})\"|'([^']{120,})')", re.IGNORECASE
)
_STRING = re.compile(
    r"\"((?:[^\"\\\n]|\\.){120,}+)\"|'((?:[^'\\\n]|\\.){120,}+)'|`((?:[^`\\]|\\.){120,}+)`",
    re.DOTALL,
)
_LETTERS = re.compile("[A-Z]+")
_TAG = re.compile(r"<(?:p|div|table|span|br|td|h\d|ul|li|section|body)\b[^<>]*>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": ""}
_DATA_URL = re.compile(r"\s*data:text/html((?:;[\w.=+-]{1,60}){0,4}),", re.IGNORECASE)


def has_pages(markup: str) -> bool:
    """A quick look: whether there may be any."""
    return _HINT.search(markup.lower()) is not None


def embedded_pages(markup: str) -> Iterator[str]:
    """The pieces of HTML that templates, hidden fields and scripts of a page hold."""
    found = 0
    for piece in _pieces(markup):
        if len(piece) < _SHORTEST or len(piece) > _MOST_CHARACTERS:
            continue
        if _TAG.search(piece) is None and "&lt;" in piece:
            piece = html.unescape(piece)
        if _TAG.search(piece) is not None:
            yield piece
            found += 1
            if found == _MOST:
                return


def _pieces(markup: str) -> Iterator[str]:
    lowered = markup.lower() if markup.isascii() else _LETTERS.sub(lambda m: m[0].lower(), markup)
    at = 0
    while match := _OPENING.search(markup, at):
        name = match[1].lower()
        at = lowered.find(f"</{name}", match.end())
        if at < 0:
            break
        content = markup[match.end() : at]
        if name != "script" or _MARKUP_TYPE.search(match[2]):
            yield content
        else:
            yield from _strings(content)
    for quoted in _FIELD.findall(markup):
        yield html.unescape(next(filter(None, quoted)))


def _strings(script: str) -> Iterator[str]:
    for strings in _STRING.findall(script):
        written = next(filter(None, strings))
        if any(sign in written for sign in ("<", "\\u003", "\\x3", "&lt;")):
            yield _unescaped(written)


def _unescaped(written: str) -> str:
    """A string of JSON or JavaScript as it is meant."""
    try:
        found = json.loads(f'"{written}"', strict=False)
    except ValueError:
        return _ESCAPED.sub(_character, written)
    return found if isinstance(found, str) else ""


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _PLAIN.get(match[3], match[3])


def page_of_data_url(address: str) -> str | None:
    """The page that a ``data:`` URL holds (RFC 2397); None for any other address."""
    match = _DATA_URL.match(address)
    if match is None:
        return None
    parameters = match[1].lower().split(";")
    raw = unquote_to_bytes(address[match.end() :])
    if "base64" in parameters:
        try:
            raw = binascii.a2b_base64(raw)
        except binascii.Error:
            return None
    stated = next((p[8:] for p in parameters if p.startswith("charset=")), None)
    return decode(raw, stated).text
