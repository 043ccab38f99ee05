"""Real records beside the repository: nothing fails, spans hold, time stays small."""

import time
from pathlib import Path

import pytest

from sousveil.text import (
    find_amounts,
    find_dates,
    find_organisations,
    fold,
    language_of,
    normalise,
    squash,
)

_SUFFIXES = {".html", ".json", ".txt", ".xml", ".csv", ".md"}
_MAX_FILES = 150
_MAX_CHARS = 40_000


@pytest.fixture(scope="module")
def texts(shared_data: Path) -> list[str]:
    files = sorted(p for p in shared_data.rglob("*") if p.suffix in _SUFFIXES and p.is_file())
    step = max(1, len(files) // _MAX_FILES)
    return [p.read_text("utf-8", "replace")[:_MAX_CHARS] for p in files[::step]]


def test_nothing_fails_on_real_text(texts: list[str]) -> None:
    for text in texts:
        normal = normalise(text)
        assert normalise(normal.text).text == normal.text
        assert normal.offsets[-1] == len(text)
        assert len(fold(normal.text)) == len(normal.text)
        squash(text)
        language_of(text)
        for spans in (
            [(m.start, m.end) for m in find_amounts(normal.text)],
            [(m.start, m.end) for m in find_dates(normal.text)],
            list(find_organisations(normal.text)),
        ):
            assert spans == sorted(spans)
            assert all(start < end <= len(normal.text) for start, end in spans)


def test_time_per_character(texts: list[str]) -> None:
    """Generous ceilings: a quadratic slip shows, a busy machine does not."""
    total = sum(map(len, texts))
    started = time.process_time()
    for text in texts:
        normal = normalise(text).text
        list(find_amounts(normal))
        list(find_dates(normal))
        list(find_organisations(normal))
    assert (time.process_time() - started) / total < 3e-6
