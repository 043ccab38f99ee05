"""Every benchmark in one run; results with date and commit go to benchmarks/results.

``python -m benchmarks.run [--scale N] [--large]``: ``--large`` adds the run over 100,000 notices
and what does not fit into memory (``benchmarks.scale``).
"""

import argparse
import json
import platform
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import (
    classify_speed,
    generate,
    measure,
    ocr_speed,
    pdf_speed,
    peer_literals,
    room_speed,
    scale,
    search_speed,
)


def html(count: int, folder: Path) -> dict[str, object]:
    """HTML notices, read to indexed, beside trafilatura extracting the text of the same files."""
    import trafilatura

    records = folder / "html"
    for name, text in generate.html_notices(count):
        path = records / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    pages = [path.read_text(encoding="utf-8") for path in sorted(records.rglob("*.html"))]
    started = time.perf_counter()
    for page in pages[: max(200, count // 10)]:
        if not trafilatura.extract(page):
            raise RuntimeError("trafilatura found no text: the comparison would be empty")
    peer = max(200, count // 10) / (time.perf_counter() - started)
    case = str(folder / "html-case")
    adding = measure.sousveil("add", str(records), "--case", case, "--quiet")
    reading = measure.sousveil("process", case, "--quiet")
    ours = count / (adding.seconds + reading.seconds)
    return {
        "notices": count,
        "sousveil_per_second": round(ours, 1),
        "trafilatura_per_second": round(peer, 1),
        "ratio": round(ours / peer, 2),
        "peak_mib": round(max(adding.peak_mib, reading.peak_mib), 1),
        "seconds": round(adding.seconds + reading.seconds, 1),
    }


def ocds(count: int, folder: Path) -> dict[str, object]:
    """One OCDS package, read to indexed, beside json.loads of the same bytes."""
    records = folder / "ocds"
    records.mkdir()
    text = generate.ocds_package(count)
    (records / "package.json").write_text(text, encoding="utf-8")
    started = time.perf_counter()
    json.loads(text)
    peer = count / (time.perf_counter() - started)
    case = str(folder / "ocds-case")
    adding = measure.sousveil("add", str(records), "--case", case, "--quiet")
    reading = measure.sousveil("process", case, "--quiet")
    ours = count / (adding.seconds + reading.seconds)
    return {
        "releases": count,
        "sousveil_per_second": round(ours, 1),
        "json_loads_per_second": round(peer, 1),
        "ratio": round(ours / peer, 4),
        "peak_mib": round(max(adding.peak_mib, reading.peak_mib), 1),
    }


def help_time(runs: int = 15) -> dict[str, object]:
    """``sousveil --help`` beside a bare interpreter start."""
    ours = [measure.sousveil("--help").seconds for _ in range(runs)]
    bare = [measure.command([sys.executable, "-c", "pass"]).seconds for _ in range(runs)]
    return {
        "median_ms": round(statistics.median(ours) * 1000, 1),
        "python_ms": round(statistics.median(bare) * 1000, 1),
        "ratio": round(statistics.median(ours) / statistics.median(bare), 2),
    }


def main() -> None:
    """Run all and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, default=5_000, help="HTML notices to read")
    parser.add_argument("--large", action="store_true", help="also read 100,000 notices")
    options = parser.parse_args()
    results: dict[str, object] = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": measure.commit(),
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {len(__import__('os').sched_getaffinity(0))} cores",
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        results["help"] = help_time()
        print(json.dumps(results["help"]))
        results["html"] = html(options.scale, folder)
        print(json.dumps(results["html"]))
        results["ocds"] = ocds(options.scale * 4, folder)
        print(json.dumps(results["ocds"]))
        if options.large:
            (folder / "large").mkdir()
            results["html_100k"] = html(100_000, folder / "large")
            print(json.dumps(results["html_100k"]))
            results["scale"] = scale.run(list(scale.PARTS), lambda _: None)
    results["literals"] = peer_literals.run()
    print(json.dumps(results["literals"]))
    results["ocr"] = ocr_speed.measure(8)
    print(json.dumps(results["ocr"]))
    if pdf_speed.documents():
        results["pdf"] = pdf_speed.run()
        print(json.dumps(results["pdf"]))
    else:
        print(f"no bidding documents at {pdf_speed.DATA}: PDF is not measured")
    results["classify"] = classify_speed.run()
    print(json.dumps(results["classify"]))
    results["search"] = search_speed.run()
    print(json.dumps(results["search"]))
    results["room"] = room_speed.run()
    print(json.dumps(results["room"]))
    measure.keep(results)


if __name__ == "__main__":
    main()
