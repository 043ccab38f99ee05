"""Mutated files for every parser, read as a run reads them: limited workers, whole reading stage.

``python -m tests.parse.fuzzing [--count N] [--seed S] [--only PARSER]``: N files a parser (default
1,000). Prints, by parser, how many were still taken for its format, what became of them, and every
file that ended a worker or met an error that nobody foresaw. The exit code is 1 if there was any.
"""

import argparse
import hashlib
import io
import random
import re
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from benchmarks import generate
from tests.parse.containers import building as containers
from tests.parse.containers import outlook_building as outlook
from tests.parse.containers.test_captures import ANSWERS, warc
from tests.parse.containers.test_mail import mail
from tests.parse.ocr.drawing import LINES, drawn, saved
from tests.parse.office import building as office
from tests.parse.pdf.drawing import pdf_of, table, with_files
from tests.pipeline.test_hostile import looping_pdf

from sousveil.engine import Done, Files, Pool
from sousveil.model import Document, Provenance
from sousveil.parse import PARSERS, media_type
from sousveil.pipeline.process import CODEC, LIMITS
from sousveil.pipeline.reading import read_document, warm
from sousveil.pipeline.tasks import Task

FILES = {"公告.html": containers.PAGE, "b.txt": b"text", "c.bin": bytes(300)}


def _pages() -> list[bytes]:
    return [text.encode() for _, text in generate.html_notices(4)]


def _small() -> list[bytes]:
    image = drawn(LINES[:1], size=(300, 60))
    return [saved(image, form) for form in ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")]


def _pdfs() -> list[bytes]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    page = canvas.Canvas(out, pageCompression=0)
    for row in range(20):
        page.setFont("STSong-Light", 12)
        page.drawString(72, 800 - 30 * row, f"项目编号：AB-{row} 预算金额：{row}万元")
    page.save()
    words = [[f"{row}{column}" for column in range(4)] for row in range(9)]
    ruled = pdf_of(lambda canvas: table(canvas, 72, 780, (90,) * 4, words) and None)
    return [out.getvalue(), looping_pdf(), ruled, with_files(ruled, ("a.txt", b"text" * 9))]


def _notices() -> list[bytes]:
    folder = Path(__file__).parents[1]
    return [
        path.read_bytes()
        for name in ("parse", "extract/eforms", "extract/ted")
        for path in sorted((folder / name / "fixtures").glob("*.xml"))
    ]


SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "html": _pages,
    "plain": lambda: ["项目编号：AB-1\n采购人：某公安局\n预算金额：3万元\n".encode("gbk") * 9],
    "pdf": _pdfs,
    "json": lambda: [generate.ocds_package(2).encode(), b'{"a": [1, {"b": "c"}]}\n' * 9],
    "xml": _notices,
    "zip": lambda: [containers.zipped(FILES), containers.zipped(FILES, 0)],
    "tar": lambda: [containers.tarred(FILES)],
    "libarchive": lambda: [containers.rar(FILES)],
    "mail": lambda: [mail().as_bytes(), containers.mhtml(containers.PAGE, "http://example.org/")],
    "outlook": lambda: [
        outlook.with_attachments().to_bytes(),
        outlook.nested(3).to_bytes(),
        outlook.message(rtf=office.rtf().decode("ascii")).to_bytes(),
    ],
    "warc": lambda: [warc(ANSWERS, packed=False)],
    "word": lambda: [office.word()],
    "doc": lambda: [
        office.doc("项目编号：XJ-1\r采购人\x07公安局\x07\x07" * 30, compressed="x\r" * 50),
        office.doc("采购人\x07公安局\x07\x1d\x07两行\x0e文字\x07\x1d" * 30, rows=True),
    ],
    "slides": lambda: [office.slides()],
    "opendocument": lambda: [office.open_text()],
    "rtf": lambda: [office.rtf()],
    "sheets": lambda: [office.workbook(), office.old_workbook(), office.open_sheet()],
    "delimited": lambda: ["采购人,项目名称,预算金额(万元)\n公安局,摄像机,12\n".encode() * 9],
    "image": _small,
    "locked": lambda: [office.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"})],
}
SUFFIX = {"xml": ".xml", "delimited": ".csv", "plain": ".txt", "json": ".json", "html": ".html"}
_ODD = (b"\0", b"\xff\xff\xff\xff", b"<", b">", b'"', b"(" * 50, b"[" * 50, b"&#x110000;", b"-1")


_TEXT = (b"-1", b"9" * 400, b"1e999", b"0000-00-00", b"2024-02-30", b"99:99:99", b": ", b"@a: b")
_TEXT += (b"(a=b, c=d)", "\u202e〔person〕".encode(), b"1.234.567,8 EUR", b"x y " * 9_000)


def mutated(data: bytes, rng: random.Random) -> bytes:
    """Changed in a few places; of a ZIP package often a part before it is packed again, of XML
    often what its elements say, so that it stays well-formed."""
    if data.startswith(b"<?xml") and rng.random() < 0.6:
        return _revalued(data, rng)
    if data.startswith(b"PK") and rng.random() < 0.7:
        return _repacked(data, rng)
    # The beginning tells the format: left alone mostly, so that the parser is reached.
    first = 0 if rng.random() < 0.2 else min(64, len(data) // 4)
    changed = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(first, len(changed)) if len(changed) > first else 0
        kind = rng.randrange(5)
        if kind == 0 and changed:
            changed[min(at, len(changed) - 1)] = rng.randrange(256)
        elif kind == 1:
            del changed[at : at + rng.randint(1, 40)]
        elif kind == 2:
            changed[at:at] = rng.choice(_ODD)
        elif kind == 3:
            other = rng.randrange(len(changed)) if changed else 0
            changed[at:at] = changed[other : other + rng.randint(1, 200)]
        elif rng.random() < 0.3:
            del changed[max(at, first + 1) :]
    return bytes(changed)


def _revalued(data: bytes, rng: random.Random) -> bytes:
    pieces = re.split(rb"(?<=>)(?=[^<>])|(?<=[^<>])(?=<)|(?<=>)(?=<)", data)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(pieces))
        if not pieces[at].startswith(b"<"):
            pieces[at] = rng.choice(_TEXT)
        elif b"=" in pieces[at] and not pieces[at].startswith((b"<?", b"<!")):
            pieces[at] = re.sub(rb'="[^":]*"', b'="' + rng.choice(_TEXT)[:99] + b'"', pieces[at])
        elif 0 < at < len(pieces) - 3 and pieces[at + 2 : at + 3] == [b"</" + pieces[at][1:]]:
            leaf = pieces[at : at + 3]
            pieces[at : at + 3] = leaf * rng.choice((0, 2, 50))
    return b"".join(pieces)


def _repacked(data: bytes, rng: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        chosen = rng.choice([e.filename for e in old.infolist() if e.file_size] or [""])
        for entry in old.infolist():
            part = old.read(entry)
            packing = zipfile.ZIP_STORED if entry.filename == "mimetype" else zipfile.ZIP_DEFLATED
            changed = mutated(part, rng) if entry.filename == chosen else part
            new.writestr(entry.filename, changed, packing)
    return out.getvalue()


def files(count: int, seed: int, names: Iterable[str]) -> Iterator[tuple[str, bool, bytes]]:
    """(parser, whether it is still taken for its format, bytes)."""
    kinds = {parser.name: parser.media_types for parser in PARSERS}
    for name in names:
        rng = random.Random(f"{name} {seed}")
        seeds = SEEDS[name]()
        for _ in range(count):
            data = mutated(rng.choice(seeds), rng)
            yield name, media_type(data, f"a{SUFFIX.get(name, '')}") in kinds[name], data


def run(
    count: int, seed: int, workers: int = 2, names: Iterable[str] = tuple(SEEDS)
) -> tuple[dict[str, Counter[str]], list[str]]:
    """What became of the files by parser, and the descriptions of what went wrong."""
    found: dict[str, Counter[str]] = {name: Counter() for name in names}
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        spill = Path(folder) / "spill"
        spill.mkdir()

        def tasks() -> Iterator[Task]:
            for number, (name, reached, data) in enumerate(files(count, seed, found)):
                path = Path(folder) / f"{number}-{name}"
                path.write_bytes(data)
                found[name]["reached"] += reached
                sha256 = hashlib.sha256(data).hexdigest()
                label = f"{number}-{name}{SUFFIX.get(name, '')}"
                yield Task(Document(sha256, len(data), (Provenance(label),)), str(path), str(spill))

        pool = Pool(
            read_document,
            workers=workers,
            limits=LIMITS,
            files=Files(read=(folder,), write=(str(spill),)),
            initializer=warm,
            codec=CODEC,
        )
        with pool:
            for each in pool.run(tasks()):
                name = Path(each.item.original).name.split("-", 1)[1]
                if isinstance(each, Done):
                    outcome = each.result.outcome
                    what = outcome.reason or outcome.status
                    trouble = outcome.message if what in ("internal", "unreadable") else None
                else:
                    what = each.reason
                    trouble = each.message if what == "crashed" else None
                found[name][what] += 1
                if trouble:
                    wrong.append(
                        f"{name}: {trouble} ({Path(each.item.original).name}, seed {seed})"
                    )
                Path(each.item.original).unlink()
                for left in spill.iterdir():
                    left.unlink(missing_ok=True)
    return found, wrong


def main() -> None:
    """Print one line a parser, then what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000, help="files a parser")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", choices=sorted(SEEDS), help="this parser")
    options = parser.parse_args()
    found, wrong = run(options.count, options.seed, names=options.only or tuple(SEEDS))
    for name, counts in found.items():
        share = counts.pop("reached") / options.count
        print(f"{name:14}{share:6.0%} reached  {dict(counts.most_common())}")
    total = sum(counts.total() for counts in found.values())
    print(f"{total:,} files, {len(wrong)} went wrong")
    print("\n".join(wrong[:50]))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
