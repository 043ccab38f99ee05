"""OCDS releases masked and extracted in one process, beside json.loads of the same text.

``python -m benchmarks.ocds_speed [--count N]``: prints releases a second and the ratios. The peer
only decodes: it neither masks nor knows where anything stands.
"""

import argparse
import hashlib
import json
import random
import time
from collections.abc import Callable, Iterator

from sousveil.extract.masking import mask_page
from sousveil.extract.record_scan import scan
from sousveil.extract.registry import extract_notices
from sousveil.model import Page, ParsedPage

_THINGS = ("城区人脸抓拍摄像机", "舆情监测服务", "road salt", "licence plate readers", "办公家具")
_ROUNDS = 3


def releases(count: int, seed: int = 1) -> Iterator[str]:
    """Illustrative OCDS 1.1 releases of about 4 KB, with contact persons, lots and documents."""
    rng = random.Random(seed)
    for number in range(count):
        thing = _THINGS[number % len(_THINGS)]
        buyer = {"id": f"XX-REG-{number % 400}", "name": f"Illustrative Council {number % 400}"}
        seller = {"id": f"XX-COM-{number % 90}", "name": f"Illustrative Supplier {number % 90} Ltd"}
        day = f"20{rng.randint(15, 25)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        value = {"amount": rng.randint(1_000, 9_000_000) / 4, "currency": "GBP"}
        release = {
            "ocid": f"ocds-example-{number:07}",
            "id": f"{number:07}-01",
            "date": f"{day}T09:00:00Z",
            "tag": ["award"],
            "initiationType": "tender",
            "language": "en",
            "buyer": buyer,
            "parties": [_party(buyer, "buyer"), _party(seller, "supplier", "tenderer")],
            "planning": {"rationale": f"Need for {thing}. " * 4, "budget": {"amount": value}},
            "tender": {
                "id": f"EX-{number:07}",
                "title": f"{thing} {number}",
                "description": f"Illustrative release written for a benchmark: {thing}. " * 5,
                "status": "complete",
                "procurementMethod": "open",
                "value": value,
                "tenderPeriod": {"startDate": f"{day}T09:00:00Z", "endDate": f"{day}T17:00:00Z"},
                "items": [_item(rng, thing, index) for index in range(4)],
                "lots": [{"id": str(index), "title": f"Lot {index}"} for index in (1, 2)],
                "documents": [_document(number, index) for index in range(3)],
            },
            "awards": [{"id": "1", "status": "active", "value": value, "suppliers": [seller]}],
        }
        yield json.dumps(release, ensure_ascii=False, indent=1 if number % 2 else None)


def _party(named: dict[str, str], *roles: str) -> dict[str, object]:
    return {
        **named,
        "roles": roles,
        "address": {"streetAddress": "1 Example Road", "locality": "Exampleton"},
        "contactPoint": {
            "name": "Pat Example",
            "email": "pat@example.org",
            "telephone": "555 0100",
        },
    }


def _item(rng: random.Random, thing: str, index: int) -> dict[str, object]:
    return {
        "id": str(index),
        "description": f"{thing}, part {index}",
        "classification": {"scheme": "CPV", "id": "35125300", "description": "Security cameras"},
        "quantity": rng.randint(1, 90),
        "unit": {"name": "piece", "value": {"amount": rng.randint(1, 900), "currency": "GBP"}},
    }


def _document(number: int, index: int) -> dict[str, object]:
    return {
        "id": str(index),
        "documentType": "tenderNotice" if index == 0 else "technicalSpecifications",
        "title": f"Document {index}",
        "url": f"https://example.org/{number}/{index}.html",
        "datePublished": "2020-03-01T00:00:00Z",
        "format": "text/html",
    }


def pages(count: int) -> list[ParsedPage]:
    """Parsed pages as the reading of a package yields them."""
    sha256 = hashlib.sha256(b"illustrative").hexdigest()
    return [
        ParsedPage(sha256, number, text, "record", "application/json", f"/releases/{number - 1}")
        for number, text in enumerate(releases(count), start=1)
    ]


def per_second(count: int, work: Callable[[], object]) -> float:
    """The best of a few rounds, in releases for one second of this process."""
    best = float("inf")
    for _ in range(_ROUNDS):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return count / best


def measure(count: int) -> dict[str, float]:
    """Releases a second: the peer, the scan alone, masking, extraction, and both together."""
    parsed = pages(count)
    masked = [mask_page(page) for page in parsed]
    found = sum(1 for page in masked for _ in extract_notices([page]))
    if found != count:
        raise RuntimeError(f"{found} notices of {count} releases: the figures would mean nothing")

    def both() -> None:
        for page in parsed:
            list(extract_notices([mask_page(page)]))

    def extracting(pages: list[Page]) -> None:
        for page in pages:
            list(extract_notices([page]))

    return {
        "json_loads": per_second(count, lambda: [json.loads(page.text) for page in parsed]),
        "scan": per_second(count, lambda: [scan(page.text) for page in masked]),
        "mask": per_second(count, lambda: [mask_page(page) for page in parsed]),
        "extract": per_second(count, lambda: extracting(masked)),
        "mask_and_extract": per_second(count, both),
    }


def main() -> None:
    """Print one line a measure, with its ratio to the peer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000, help="releases to read")
    count = parser.parse_args().count
    size = sum(len(text) for text in releases(count)) / count
    print(f"{count} releases of {size:,.0f} characters on average")
    speeds = measure(count)
    for name, speed in speeds.items():
        ratio = speed / speeds["json_loads"]
        print(
            f"{name:18}{speed:10,.0f} a second{1000 / speed:9.3f} ms each{ratio:9.3f} of the peer"
        )


if __name__ == "__main__":
    main()
