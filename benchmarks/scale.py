"""What does not fit into memory, read through: peak memory of the largest process, and seconds.

``python -m benchmarks.scale [--out FILE] [PART …]``; parts: ``files`` (2,000, 10,000 and 20,000
small files), ``zip_many`` (a 1 GiB ZIP of 20,000 saved pages), ``zip_huge`` (a 1 GiB ZIP of one
JSON Lines file), ``json_lines`` (2 GiB). About 10 GiB of disk are needed for a while.
``benchmarks.run --large`` runs all of it. Records are illustrative and made for it.
"""

import argparse
import base64
import json
import random
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import generate, measure

_GIB = 1 << 30
_COUNTS = (2_000, 10_000, 20_000)
_PICTURE = 40_000
"""Bytes of the picture inside each saved page: what makes 20,000 of them 1 GiB."""

_WORDS = "Illustrative specification of a system, written for a benchmark, item {}. "


def files(folder: Path) -> dict[str, object]:
    """Small files in growing numbers: memory must not grow with them."""
    found: dict[str, object] = {}
    for count in _COUNTS:
        given = folder / f"given-{count}"
        for name, text in generate.html_notices(count):
            path = given / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        found[str(count)] = read(given, folder / f"case-{count}")
        shutil.rmtree(given)
        shutil.rmtree(folder / f"case-{count}")
    return found


def zip_many(folder: Path) -> dict[str, object]:
    """A ZIP of saved pages, each with a picture in it that does not pack."""
    rng = random.Random(3)
    given = folder / "many.zip"
    with zipfile.ZipFile(given, "w", zipfile.ZIP_STORED) as archive:
        for name, text in generate.html_notices(20_000):
            picture = base64.b64encode(rng.randbytes(_PICTURE * 3 // 4)).decode()
            tag = f'<img src="data:image/png;base64,{picture}">'
            archive.writestr(name, text.replace("</body>", f"{tag}</body>"))
    return {"bytes": given.stat().st_size, **read(given, folder / "many-case")}


def zip_huge(folder: Path) -> dict[str, object]:
    """A ZIP with one member of 1 GiB."""
    given = folder / "huge.zip"
    with (
        zipfile.ZipFile(given, "w", zipfile.ZIP_STORED, allowZip64=True) as archive,
        archive.open("notices.jsonl", "w", force_zip64=True) as member,
    ):
        for line in lines(_GIB):
            member.write(line)
    return {"bytes": given.stat().st_size, **read(given, folder / "huge-case")}


def json_lines(folder: Path) -> dict[str, object]:
    """JSON Lines of 2 GiB: OCDS releases of some 16 KiB."""
    given = folder / "notices.jsonl"
    with given.open("wb") as file:
        for line in lines(2 * _GIB):
            file.write(line)
    return {"bytes": given.stat().st_size, **read(given, folder / "lines-case")}


def lines(size: int) -> Iterator[bytes]:
    """OCDS releases with long descriptions, one a line, until there are ``size`` bytes."""
    total = 0
    for number, release in enumerate(generate.ocds_releases(10_000_000)):
        tender = dict(release["tender"])  # type: ignore[call-overload]
        tender["description"] = _WORDS.format(number) * 190
        line = json.dumps({**release, "tender": tender}).encode() + b"\n"
        yield line
        total += len(line)
        if total >= size:
            return


def read(given: Path, case: Path) -> dict[str, object]:
    """Add and process, each in a fresh process."""
    adding = measure.sousveil("add", str(given), "--case", str(case), "--quiet")
    reading = measure.sousveil("process", str(case), "--quiet")
    out = case / "notices.jsonl"
    measure.sousveil("export", str(case), "notices", "--format", "jsonl", "--out", str(out))
    with out.open("rb") as file:
        notices = sum(1 for _ in file)
    if not notices:
        raise RuntimeError("nothing was read: the figures would mean nothing")
    return {
        "notices": notices,
        "add_seconds": round(adding.seconds, 1),
        "process_seconds": round(reading.seconds, 1),
        "add_peak_mib": round(adding.peak_mib),
        "process_peak_mib": round(reading.peak_mib),
    }


PARTS: dict[str, Callable[[Path], dict[str, object]]] = {
    "files": files,
    "zip_many": zip_many,
    "zip_huge": zip_huge,
    "json_lines": json_lines,
}


def run(names: list[str], keep: Callable[[dict[str, object]], None]) -> dict[str, object]:
    """Run some parts; ``keep`` is handed what is known after each."""
    results: dict[str, object] = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": measure.commit(),
    }
    for name in names:
        with tempfile.TemporaryDirectory(prefix="sousveil-scale-") as folder:
            results[name] = PARTS[name](Path(folder))
        print(json.dumps({name: results[name]}), flush=True)
        keep(results)
    return results


def main() -> None:
    """Run the parts named, all without a name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", default=list(PARTS))
    parser.add_argument("--out", type=Path, help="a file for the results, JSON")
    options = parser.parse_args()

    def keep(results: dict[str, object]) -> None:
        if options.out:
            options.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")

    run(options.parts, keep)


if __name__ == "__main__":
    main()
