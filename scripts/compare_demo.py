"""Compares what Sousveil reads from the demonstration records with their truth, field by field.

Usage: python scripts/compare_demo.py [--quiet]. Prints each difference, then wrong values by field,
persons' details left unmasked, and files with another number of notices than the truth says.
"""

import argparse
import hashlib
import unicodedata
from collections import Counter

from sousveil import demo
from sousveil.classify import classify
from sousveil.extract.masking import mask_page
from sousveil.extract.registry import extract_notices
from sousveil.model import Coding, Document, Notice, Page, ParsedPage, Provenance
from sousveil.parse import parse_document

CODED = (
    "surveillance",
    "buyer_type",
    "overseas_target",
    "sophistication",
    "sophistication_ladder",
)
FACETS = {"capabilities": "capability", "platforms": "platform", "target_groups": "target_group"}


def main() -> None:
    """Read every file that the truth calls a record and print where the two differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quiet", action="store_true", help="only the counts at the end")
    quiet = parser.parse_args().quiet
    details = [x for values in demo.people().values() for x in values]
    wrong, seen, leaks, counts = Counter(), Counter(), 0, 0
    for path in dict.fromkeys(t.path for t in demo.truth()):
        truths = [t for t in demo.truth() if t.path == path]
        pages = read(path)
        for detail in (x for x in details if any(x in p.text for p in pages)):
            leaks += 1
            print(f"{path}: a detail of {len(detail)} characters is not masked")
        notices = list(extract_notices(pages))
        if len(notices) != len(truths):
            counts += 1
            print(f"{path}: {len(notices)} notices, not {len(truths)}")
            continue
        numbered = {p.number: p for p in pages}
        for notice, truth in zip(notices, truths, strict=True):
            found = {**stated(notice), **coded(classify(notice, numbered))}
            for field, value in found.items():
                seen[field] += 1
                if plain(value) != plain(getattr(truth, field)):
                    wrong[field] += 1
                    if not quiet:
                        print(f"{path}: {field} {value!r}, not {getattr(truth, field)!r}")
    for field in seen:
        print(f"{field:24}{wrong[field]:4} wrong of {seen[field]}")
    print(f"{leaks} details unmasked, {counts} files with another number of notices")


def read(path: str) -> list[Page]:
    """A file's masked pages."""
    data = (demo.corpus_path() / path).read_bytes()
    document = Document(hashlib.sha256(data).hexdigest(), len(data), (Provenance(path),))
    return [mask_page(p) for p in parse_document(data, document) if isinstance(p, ParsedPage)]


def stated(notice: Notice) -> dict[str, object]:
    """What the notice states, in the shapes of the truth."""
    out: dict[str, object] = {"notice_type": notice.notice_type}
    for name in ("project_id", "plan_id", "project_name", "buyer", "agency", "method"):
        field = getattr(notice, name)
        out[name] = field.value if field else None
    for name in ("budget", "ceiling", "award"):
        field = getattr(notice, name)
        out[name] = float(field.value.amount) if field else None
    for name in ("published", "first_published"):
        field = getattr(notice, name)
        out[name] = field.value.isoformat() if field else None
    at = notice.bid_deadline
    out["bid_deadline"] = at.value.strftime("%Y-%m-%dT%H:%M") if at else None
    out["suppliers"] = tuple(f.value for f in notice.suppliers)
    out["bidders"] = tuple(f.value for f in notice.bidders)
    out["lots"] = notice.lot_count.value if notice.lot_count else max(1, len(notice.lots))
    return out


def coded(coding: Coding) -> dict[str, object]:
    """What the notice is coded as, in the shapes of the truth."""
    codes = {name: tuple(sorted(coding.codes(facet))) for name, facet in FACETS.items()}
    return {**{name: getattr(coding, name) for name in CODED}, **codes}


def plain(value: object) -> object:
    """A value for comparison: words without white space, in one form."""
    if isinstance(value, str):
        return "".join(unicodedata.normalize("NFKC", value).split())
    return tuple(plain(x) for x in value) if isinstance(value, tuple) else value


if __name__ == "__main__":
    main()
