"""Keys of the review desk, with or without a terminal."""

import sys

import typer

STOP = frozenset({"q", "\x03", "\x04", ""})
"""Also Ctrl-C and Ctrl-D, which a raw terminal gives as keys, and the end of the input."""


def read_key() -> str:
    """One key, without Enter on a terminal; elsewhere the next character of the input. The end of
    the input stops."""
    if sys.stdin.isatty():
        return typer.getchar().lower()
    key = sys.stdin.read(1)
    while key.isspace():
        key = sys.stdin.read(1)
    return key.lower()
