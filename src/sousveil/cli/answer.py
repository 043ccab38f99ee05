"""A short answer, in words or as one JSON object."""

import json

import typer


def answer(data: dict[str, object], words: str, as_json: bool) -> None:
    """Print ``words``, or ``data`` for scripts."""
    typer.echo(json.dumps(data, ensure_ascii=False) if as_json else words)
