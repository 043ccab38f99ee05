"""The labelled notices: everybody is gone, every labelled organisation and figure stays."""

import json
from pathlib import Path

from sousveil.extract.masking import mask_text
from sousveil.extract.masking.leaks import find_leaks


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_labelled_notices(shared_data: Path) -> None:
    notices = _lines(shared_data / "gold" / "notices.jsonl")
    labels = _lines(shared_data / "gold" / "labels.jsonl")
    for notice, label in zip(notices, labels, strict=True):
        text = f"{notice['title']}\n{notice['text']}"
        masked = mask_text(text)
        for field in ("persons", "phones", "emails"):
            values = label[field]
            assert isinstance(values, list)
            assert not [n for n, value in enumerate(values) if value in masked], (
                label["id"],
                field,
            )
        quotes = label["quotes"]
        assert isinstance(quotes, dict)
        kept = [label[field] for field in ("buyer", "agency", "project_id", "project_name")]
        kept += [quote for quote in quotes.values() if isinstance(quote, str)]
        assert all(value in masked for value in kept if isinstance(value, str) and value in text), (
            label["id"]
        )
        assert not find_leaks(masked), label["id"]
