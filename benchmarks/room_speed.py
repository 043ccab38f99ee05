"""Speed of the reading room, asked over HTTP on the loopback address, beside Datasette.

    python -m benchmarks.room_speed --notices 100000 [--case FOLDER] [--no-peer]
    python -m benchmarks.room_speed --notices 1000000 --index-only

The case is one of ``room_case``, read from files by the command line, or one made before. Its
searches are words, filters and facets chosen one after the other, each with all counts, in all
orders; records are some of all. Every page is fetched and measured whole, in a server of its own.
Datasette answers the plain words over the same notices (``room_peer``), with seven facets counted.

``--index-only`` puts notices with places, suppliers and codes in real numbers straight into the
index of a case: nothing is read or joined, and only searches are measured. Prints JSON.
"""

import argparse
import json
import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import msgspec

from benchmarks import room_case, room_peer
from benchmarks.room_client import Client, room
from benchmarks.search_speed import figures, questions, rows
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.manifest import Index as IndexOf
from sousveil.pipeline.listed import packed
from sousveil.search import IndexRow, build_index

CODES = {
    "capabilities": ["face_recognition", "video_surveillance", "opinion_monitoring", "drones",
                     "phone_forensics", "voiceprint", "plate_recognition", "data_fusion"],
    "platforms": ["twitter", "facebook", "youtube", "tiktok", "telegram", "wechat", "weibo"],
    "target_groups": ["diaspora", "uyghurs", "petitioners", "foreign_media", "religious_groups"],
}  # fmt: skip
"""Names as the taxonomy has them, or nearly: only how many there are matters."""
COUNTRIES = ["CN"] * 9 + ["US", "GB", "DE", "MX", "UA"]
_HAN = "安北昌德东福广海河湖江金宁青山上石苏天通武西新阳永云长中州"


def places() -> list[tuple[str, str]]:
    """About 3,000 (province, place) with three levels."""
    chance = random.Random(3)
    names = ["".join(chance.sample(_HAN, 2)) for _ in range(400)]
    return [
        (f"{names[a]}省", f"{names[a]}省/{names[40 + b]}市/{names[200 + (b * 9 + c) % 200]}县")
        for a in range(31)
        for b in range(11)
        for c in range(9)
    ]


def notices(count: int) -> Iterator[IndexRow]:
    """The rows of ``search_speed`` with what facets need and what lists show."""
    chance = random.Random(4)
    where = places()
    for row in rows(count):
        country = chance.choice(COUNTRIES)
        province, place = where[int(chance.triangular(0, len(where), 0))]
        supplier = f"g{int(min(chance.paretovariate(0.8) * 20, 60_000)):023x}"
        some = {
            name: tuple(chance.sample(codes, min(len(codes), int(chance.expovariate(0.9)))))
            for name, codes in CODES.items()
        }
        row = msgspec.structs.replace(
            row,
            country=country,
            province=province if country == "CN" else None,
            place=place if country == "CN" else None,
            supplier_keys=(supplier,) if row.suppliers else (),
            supplier_orgs=(supplier,) if row.suppliers else (),
            basis="rule",
            ladder="online" if row.sophistication else None,
            **some,
        )
        yield msgspec.structs.replace(row, shown=_shown(row))


def _shown(row: IndexRow) -> bytes:
    listed = {
        **msgspec.structs.asdict(row),
        **{name: list(getattr(row, name)) for name in ("suppliers", *CODES)},
        "award": f"{row.amount_usd or 0:.2f}",
        "award_usd": f"{row.amount_usd or 0:.2f}",
        "currency": "USD",
        "document_sha256": row.notice_id * 2,
        "sophistication_ladder": row.ladder,
    }
    return packed(listed, row.text, basis="rule", copy=bool(row.duplicate))


def build(count: int, folder: Path) -> Case:
    """A case with an index of so many notices and nothing else."""
    case = Case.create(folder)
    with case.writing():
        build_index(notices(count), folder / "index" / "bench")
        case.commit(case.manifest(), index=IndexOf("bench", "index/bench", count))
    return case


def addresses(count: int = 160) -> list[str]:
    """Searches as people make them: words, then facets one after the other, orders, pages."""
    chance = random.Random(6)
    plain, mixed = questions()
    facets = [
        ("buyer_type", "police"), ("type", "award"), ("year", "2019"), ("year", "2021"),
        ("capability", "face_recognition"), ("platform", "twitter"), ("place", "CN"),
        ("amount", "100000"), ("surveillance", "true"), ("level", "3"), ("not_type", "tender"),
        ("not_buyer_type", "health"), ("target", "diaspora"),
    ]  # fmt: skip
    found = []
    for query in chance.sample([*plain, *mixed], count):
        state = [("q", query)] if query else []
        if chance.random() < 0.3:
            state.append(("order", chance.choice(["published", "amount_usd"])))
        state += chance.sample(facets, chance.choice((0, 0, 1, 2, 3)))
        if chance.random() < 0.1:
            state.append(("page", "2"))
        found.append(f"/search?{urlencode(state)}")
    return found


RECORDS = 100


def words() -> list[str]:
    return [f"/search?{urlencode({'q': query})}" for query in questions()[0]]


def records(case: Case) -> list[str]:
    """Addresses of some notices, the same ones each time."""
    with connect(case) as connection:
        found = connection.execute("SELECT notice_id FROM notice_rows ORDER BY 1").fetchall()
    return [f"/record/{one}" for (one,) in random.Random(7).sample(found, min(RECORDS, len(found)))]


def searches(client: Client, sizes: list[int]) -> dict[str, object]:
    """The first page that anybody sees, then words, then searches as people make them, twice."""
    return {
        "first_page_ms": round(client.timed(["/search"], sizes)[0], 1),
        "words": asked(client, words(), sizes),
        "search": asked(client, addresses(), sizes),
        "again": asked(client, addresses(), sizes),
    }


def asked(client: Client, found: list[str], sizes: list[int]) -> dict[str, float]:
    """How long each page took to arrive, and what the server computed for it on average."""
    before = client.processor_ms()
    times = client.timed(found, sizes)
    mean = (client.processor_ms() - before) / len(found)
    return {**figures(times), "processor_mean_ms": round(mean, 1)}


def measure(count: int, *, case: Path | None = None, peer: bool = True) -> dict[str, object]:
    """All pages of a real case, Datasette beside it."""
    report: dict[str, object] = {"notices": count, "load": load()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = time.perf_counter()
        root = case or room_case.make(count, folder)
        report["case_seconds"] = None if case else round(time.perf_counter() - begun, 1)
        notices = records(Case.open(root))
        sizes: list[int] = []
        begun = time.perf_counter()
        with room(root) as client:
            report["ready_seconds"] = round(time.perf_counter() - begun, 1)
            report |= searches(client, sizes)
            report["record"] = asked(client, notices, sizes)
            report["page_kb_max"] = round(max(sizes) / 1000, 1)
            report["server_mb"] = client.memory_mb()
        if peer:
            report["datasette"] = beside(Case.open(root), folder / "room.db", notices)
            report["datasette_ratio"] = _ratios(report)
    return {**report, "load_after": load()}


def beside(case: Case, file: Path, notices: list[str]) -> dict[str, object]:
    """Datasette: the same words, with counts, and the same notices."""
    begun = time.perf_counter()
    room_peer.fill(case, file)
    report: dict[str, object] = {"fill_seconds": round(time.perf_counter() - begun, 1)}
    sizes: list[int] = []
    with room_peer.served(file) as client:
        plain = [room_peer.address(file, query) for query in questions()[0]]
        report["words"] = asked(client, plain, sizes)
        rows_of = [f"/{file.stem}/notices/{one.rpartition('/')[2]}" for one in notices]
        report["record"] = asked(client, rows_of, sizes)
        report["page_kb_max"] = round(max(sizes) / 1000, 1)
        report["server_mb"] = client.memory_mb()
    return report


def _ratios(report: dict[str, object]) -> dict[str, object]:
    """How many times as long Datasette takes."""
    theirs = report["datasette"]
    assert isinstance(theirs, dict)
    found = {}
    for part in ("words", "record"):
        ours = report[part]
        assert isinstance(ours, dict)
        found[part] = {
            key: round(theirs[part][key] / ours[key], 1)
            for key in ("median_ms", "p95_ms", "processor_mean_ms")
        }
    return found


def measure_index(count: int) -> dict[str, object]:
    """Searches alone, of notices that were put into the index."""
    report: dict[str, object] = {"notices": count, "load": load()}
    with tempfile.TemporaryDirectory() as name:
        begun = time.perf_counter()
        case = build(count, Path(name) / "case")
        report["build_seconds"] = round(time.perf_counter() - begun, 1)
        report |= measure_built(case.root, count)
    return {**report, "load_after": load()}


def measure_built(root: Path, count: int) -> dict[str, object]:
    index = root / "index" / "bench"
    size = sum(file.stat().st_size for file in index.iterdir())
    report: dict[str, object] = {"index_bytes_a_notice": round(size / count)}
    sizes: list[int] = []
    with room(root) as client:
        report |= searches(client, sizes)
        report["page_kb_max"] = round(max(sizes) / 1000, 1)
        report["server_mb"] = client.memory_mb()
    return report


def load() -> float:
    """How many processes want to run (of a minute): figures on a busy machine are worse."""
    return round(os.getloadavg()[0], 1)


def run(notices: int = 100_000) -> dict[str, object]:
    """The figures of one run, as printed."""
    return measure(notices)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("--notices", type=int, default=100_000)
    options.add_argument("--case", type=Path, help="a case of so many notices, made before")
    options.add_argument("--no-peer", action="store_true")
    options.add_argument("--index-only", action="store_true")
    options.add_argument("--out", type=Path)
    given = options.parse_args()
    report = (
        measure_index(given.notices)
        if given.index_only
        else measure(given.notices, case=given.case, peer=not given.no_peer)
    )
    told = json.dumps(report, ensure_ascii=False, indent=1)
    print(told)
    if given.out:
        given.out.write_text(told + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
