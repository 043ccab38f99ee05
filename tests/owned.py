"""A small case whose suppliers have owners: four companies, three projects, one buyer."""

import json
from pathlib import Path
from typing import Any

from sousveil.case.folder import Case
from sousveil.pipeline import review as pipeline
from sousveil.pipeline.ownership import take
from sousveil.pipeline.process import Options

ALPHA, BETA, GAMMA, DELTA = (f"{n} Example Ltd" for n in ("Alpha", "Beta", "Gamma", "Delta"))
POLICE = "Northford Police"
PARENTS = (
    "child,parent,share,since,until,source,parent_type\n"
    f"{ALPHA},Example Holding plc,80,2015,,https://example.org/alpha,\n"
    f"{BETA},Example Holding plc,60,2015,2021-12-31,https://example.org/beta,\n"
    f"{GAMMA},Example Holding plc,30,2015,,,\n"
    f"{GAMMA},Ann Example,70,2015,,,person\n"
    f"Stranger Ltd,Example Holding plc,100,,,,\n"
)


def release(
    number: int, day: str, amount: int, suppliers: tuple[str, ...], bidders: tuple[str, ...] = ()
) -> dict[str, Any]:
    def named(name: str) -> dict[str, str]:
        return {"id": name, "name": name}

    title = f"Facial recognition cameras {number}"
    parties = dict.fromkeys((POLICE, *suppliers, *bidders))
    return {
        "ocid": f"ocds-abc123-{number}",
        "id": f"{number}-award",
        "date": f"{day}T00:00:00Z",
        "tag": ["award"],
        "initiationType": "tender",
        "language": "en",
        "buyer": named(POLICE),
        "parties": [
            {**named(name), "roles": ["buyer" if name == POLICE else "supplier"]}
            for name in parties
        ],
        "tender": {"id": str(number), "title": title, "tenderers": list(map(named, bidders))},
        "awards": [
            {
                "id": f"{number}-1",
                "status": "active",
                "title": title,
                "date": f"{day}T00:00:00Z",
                "value": {"amount": amount, "currency": "USD"},
                "suppliers": list(map(named, suppliers)),
            }
        ],
    }


def make_case(folder: Path, crowd: int = 0) -> Case:
    """The case: ALPHA and BETA won 1,000 together against GAMMA and a crowd of others, BETA 500,
    DELTA 70."""
    others = tuple(f"Number {n} Example Ltd" for n in range(crowd))
    package = {
        "uri": "https://example.org/package",
        "version": "1.1",
        "publishedDate": "2022-05-01T00:00:00Z",
        "publisher": {"name": "Illustrative"},
        "releases": [
            release(1, "2021-03-05", 1000, (ALPHA, BETA), (ALPHA, BETA, GAMMA, *others)),
            release(2, "2022-04-01", 500, (BETA,)),
            release(3, "2021-03-06", 70, (DELTA,)),
        ],
    }
    records = folder / "releases.json"
    records.write_text(json.dumps(package), encoding="utf-8")
    case = Case.open_or_create(folder / "case", taxonomy="1.0")
    with case.writing():
        pipeline.review(case, [records], Options(workers=1))
    return case


def with_owners(folder: Path) -> Case:
    """The case with PARENTS taken in and processed."""
    case = make_case(folder)
    file = folder / "parents.csv"
    file.write_text(PARENTS, encoding="utf-8")
    with case.writing():
        take(case, file)
        pipeline.process(case, Options(workers=1))
    return case
