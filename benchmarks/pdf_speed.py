"""Text and tables of real bidding documents (PDF), beside pdfplumber's and pypdfium2's text alone.

``python -m benchmarks.pdf_speed [--rounds N]``: process time of one process, documents read by us
and by the peer in turn. Pages without rulings (pdfplumber sees no line, rectangle or curve) are
copied into documents of their own and read whole by both. Prints the ratios and the share of
pdfplumber's table rows, white space aside, that we have too.
"""

import argparse
import hashlib
import io
import logging
import statistics
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
import pypdfium2

from sousveil.model import Document, ParsedPage, Provenance
from sousveil.parse import parse_document
from sousveil.parse.pdf.symbols import PRIVATE, UNREADABLE
from sousveil.text.normalise import ideographs

DATA = Path(__file__).parents[1].resolve().parent / "shared/data"
PLACES = ("tender-extract-pdfs", "huaxin-bidgpt")
_SIGNS = str.maketrans("", "", "☑☒✓✗□■●•▪➢◆❖○→" + UNREADABLE)

Row = tuple[str, ...]


class Peer(msgspec.Struct):
    """What pdfplumber gives for a document: rows by page, pages without rulings, and seconds."""

    rows: list[Counter[Row]]
    plain: list[int]
    seconds: float


def documents() -> list[Path]:
    """The bidding documents with a text layer that can be read."""
    return sorted(path for place in PLACES for path in (DATA / place).rglob("*.pdf"))


def ours(data: bytes) -> list[ParsedPage]:
    """Our pages, as a run reads them."""
    document = Document(hashlib.sha256(data).hexdigest(), len(data), (Provenance("a.pdf"),))
    return [page for page in parse_document(data, document) if isinstance(page, ParsedPage)]


def text_alone(data: bytes) -> list[str]:
    """pypdfium2's text of each page."""
    texts: list[str] = []
    pdf = pypdfium2.PdfDocument(data)
    for page in pdf:
        textpage = page.get_textpage()
        texts.append(textpage.get_text_range())
        textpage.close()
        page.close()
    pdf.close()
    return texts


def pdfplumber_reads(data: bytes) -> Peer:
    """pdfplumber's text and tables of each page."""
    import pdfplumber

    peer = Peer([], [], 0.0)
    started = time.process_time()
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            text, tables = page.extract_text(), page.extract_tables()
            peer.rows.append(Counter(row for table in tables for row in map(_row, table) if row))
            if text.strip() and not (page.lines or page.rects or page.curves):
                peer.plain.append(page.page_number - 1)
            page.close()
    peer.seconds = time.process_time() - started
    return peer


def _row(cells: list[str | None]) -> Row:
    return tuple(said for cell in cells if (said := _said(cell or "")))


def _said(text: str) -> str:
    """Text to compare: without white space and the signs that fonts call each their own way."""
    return PRIVATE.sub("", "".join(ideographs(text).translate(_SIGNS).split()))


def our_rows(page: ParsedPage) -> Counter[Row]:
    """The rows of a page's tables."""
    rows: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for cell in page.cells:
        said = _said(page.text[cell.start : cell.end])
        if said:
            rows.setdefault((cell.table, cell.row), []).append((cell.column, said))
    return Counter(tuple(said for _, said in sorted(row)) for row in rows.values())


def pages_alone(data: bytes, indices: list[int]) -> bytes:
    """A PDF of some pages of another."""
    source, copy = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new()
    copy.import_pages(source, indices)
    out = io.BytesIO()
    copy.save(out)
    return out.getvalue()


def in_turn(data: bytes, rounds: int) -> tuple[float, float]:
    """Seconds of ours and of pypdfium2's text, each the least of some rounds taken in turn."""
    best = [float("inf"), float("inf")]
    readers: tuple[Callable[[bytes], object], ...] = (ours, text_alone)
    for turn in range(rounds):
        for which in (0, 1) if turn % 2 else (1, 0):
            started = time.process_time()
            readers[which](data)
            best[which] = min(best[which], time.process_time() - started)
    return best[0], best[1]


def run(rounds: int = 7) -> dict[str, object]:
    """Read everything; raises RuntimeError where there is nothing to compare."""
    logging.disable(logging.WARNING)
    found = have = pages = plain_pages = 0
    peer_seconds = our_seconds = plain_seconds = text_seconds = 0.0
    ratios: list[float] = []
    for path in documents():
        data = path.read_bytes()
        peer = pdfplumber_reads(data)
        seconds, _ = in_turn(data, 3)
        pages += len(peer.rows)
        peer_seconds += peer.seconds
        our_seconds += seconds
        read = {page.number: page for page in ours(data)}
        for number, rows in enumerate(peer.rows, start=1):
            found += rows.total()
            have += (rows & our_rows(read[number])).total() if number in read else 0
        if peer.plain:
            mine, text = in_turn(pages_alone(data, peer.plain), rounds)
            plain_pages += len(peer.plain)
            plain_seconds += mine
            text_seconds += text
            ratios.append(mine / text)
    if not found or not plain_pages:
        raise RuntimeError(f"No bidding documents with tables and plain pages at {DATA}.")
    return {
        "pages": pages,
        "ms_a_page": round(our_seconds / pages * 1000, 2),
        "pdfplumber_ms_a_page": round(peer_seconds / pages * 1000, 2),
        "times_pdfplumber": round(peer_seconds / our_seconds, 1),
        "pdfplumber_rows": found,
        "share_of_rows": round(have / found, 4),
        "plain_pages": plain_pages,
        "plain_ms_a_page": round(plain_seconds / plain_pages * 1000, 2),
        "pypdfium2_text_ms_a_page": round(text_seconds / plain_pages * 1000, 2),
        "of_pypdfium2_text": round(plain_seconds / text_seconds, 3),
        "of_pypdfium2_text_median_document": round(statistics.median(ratios), 3),
    }


def main() -> None:
    """Print one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="rounds over pages without rulings")
    for name, value in run(parser.parse_args().rounds).items():
        print(f"{name:36}{value:>12}")


if __name__ == "__main__":
    main()
