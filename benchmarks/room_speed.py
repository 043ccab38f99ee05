"""Speed of the reading room's search page, asked over HTTP on the loopback address.

    python -m benchmarks.room_speed --notices 100000

The notices are those of ``search_speed``, with places, suppliers and codes in real numbers, put
straight into the index of a case: nothing is read or joined. Searches are words, filters and
facets chosen one after the other, each with all counts, in all orders; every page is fetched and
measured whole. Beside it, in the same run, SQLite FTS5 finds the same words and counts the same
facets with GROUP BY, in the process and without any page. Prints JSON.
"""

import http.client
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import msgspec

from benchmarks.search_speed import figures, fts_query, questions, rows, spaced, told
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
COUNTED = ("buyer_type", "place", "year", "supplier", "type", "surveillance", "level")
"""Facets with one value a notice, which SQLite counts too."""
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


class Client:
    """One browser's connection to a room of its own process."""

    def __init__(self, case: Path) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "sousveil", "serve", str(case), "--no-open"],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._server.stdout
        told = urlsplit(self._server.stdout.readline().split()[-1])
        assert told.hostname
        assert told.port
        self._connection = http.client.HTTPConnection(told.hostname, told.port)
        self._headers: dict[str, str] = {}
        self._connection.request("GET", f"{told.path}?{told.query}")
        answer = self._connection.getresponse()
        answer.read()
        self._headers["Cookie"] = str(answer.headers["set-cookie"]).split(";")[0]

    def get(self, address: str) -> int:
        """Fetch a page whole; its bytes."""
        self._connection.request("GET", address, headers=self._headers)
        answer = self._connection.getresponse()
        content = answer.read()
        assert answer.status == 200, (answer.status, address)
        return len(content)

    def memory_mb(self) -> int:
        """What the server holds in memory."""
        status = Path(f"/proc/{self._server.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) // 1024

    def close(self) -> None:
        self._connection.close()
        self._server.terminate()
        self._server.wait()


def timed(client: Client, asked: list[str], sizes: list[int]) -> list[float]:
    out = []
    for address in asked:
        begun = time.perf_counter()
        sizes.append(client.get(address))
        out.append((time.perf_counter() - begun) * 1e3)
    return out


def measure(count: int, *, sqlite: bool = True) -> dict[str, object]:
    report: dict[str, object] = {"notices": count}
    with tempfile.TemporaryDirectory() as name:
        begun = time.perf_counter()
        case = build(count, Path(name) / "case")
        report["build_seconds"] = round(time.perf_counter() - begun, 1)
        index = case.root / "index" / "bench"
        report["index_bytes_a_notice"] = round(
            sum(f.stat().st_size for f in index.iterdir()) / count
        )
        client = Client(case.root)
        try:
            sizes: list[int] = []
            report["first_page_ms"] = round(timed(client, ["/search"], sizes)[0], 1)
            asked = addresses()
            report["search"] = figures(timed(client, asked, sizes))
            report["again"] = figures(timed(client, asked, sizes))
            report["page_kb_max"] = round(max(sizes) / 1000, 1)
            report["server_mb"] = client.memory_mb()
        finally:
            client.close()
        if sqlite:
            report["sqlite"] = against_sqlite(count)
    report["peak_rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return report


def against_sqlite(count: int) -> dict[str, float]:
    """The words alone: first 20 by rank, how many, and how many of each value."""
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table terms using fts5(words, content='')")
    base.execute(f"create table facts (id integer primary key, {', '.join(COUNTED)})")
    for number, row in enumerate(notices(count)):
        words = "\n".join(filter(None, (row.title, row.project_name, row.buyer, row.text)))
        base.execute("insert into terms(rowid, words) values (?, ?)", (number, spaced(words)))
        supplier = row.supplier_keys[0] if row.supplier_keys else None
        facts = (row.buyer_type, row.place, row.year, supplier, row.notice_type, row.surveillance,
                 row.sophistication)  # fmt: skip
        base.execute(f"insert into facts values ({', '.join('?' * 8)})", (number, *facts))
    base.execute("create temp table found (id integer primary key)")

    def ask(query: str) -> None:
        wanted = fts_query(query)
        base.execute(
            "select rowid from terms where words match ? order by rank limit 20", (wanted,)
        ).fetchall()
        base.execute("delete from found")
        base.execute("insert into found select rowid from terms where words match ?", (wanted,))
        for column in COUNTED:
            base.execute(
                f"select {column}, count(*) from found join facts using (id) group by 1"
                " order by 2 desc limit 50"
            ).fetchall()

    times = []
    for query in questions()[0]:
        begun = time.perf_counter()
        ask(query)
        times.append((time.perf_counter() - begun) * 1e3)
    return figures(times)


if __name__ == "__main__":
    told(measure, __doc__)
