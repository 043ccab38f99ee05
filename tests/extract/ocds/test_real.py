"""Every OCDS collection at hand: nothing falls over, and every quote is its span."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from tests.extract.ocds.expectations import check_evidence

from sousveil.errors import DocumentError
from sousveil.extract.ocds import EXTRACTOR
from sousveil.model import Document, Page, Provenance
from sousveil.parse import RecordProblem, parse_document

# Folder, the least of its records that must become notices, and the least that name a buyer.
FOLDERS = [
    ("ocds-sample-data", 22, 20),
    ("ocds-standard-examples", 60, 15),
    ("ocdskit-fixtures", 40, 30),
    ("kingfisher-process-fixtures", 100, 100),
    ("spoonbill-fixtures", 30, 30),
    ("portland-ocds-record", 1, 1),
    ("cardinal-fixtures", 40, 0),
    ("lib-cove-ocds-fixtures", 15, 12),
    ("prozorro-test-data", 1, 1),
]
NOT_OCDS = ["ocds-schema-1.1.5", "bods-examples", "hongkong-tenders"]


def record_pages(folder: Path) -> list[Page]:
    pages = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        document = Document(sha256, len(data), (Provenance(path.name),))
        try:
            parsed = list(parse_document(data, document))
        except DocumentError:
            continue
        pages += [
            Page(p.document_sha256, p.number, p.text, p.obtained, p.media_type, p.pointer)
            for p in parsed
            if not isinstance(p, RecordProblem) and p.obtained == "record"
        ]
    return pages


@pytest.mark.parametrize(("name", "least", "buyers"), FOLDERS)
def test_collection(shared_data: Path, name: str, least: int, buyers: int) -> None:
    count: Counter[str] = Counter()
    for page in record_pages(shared_data / "data" / name):
        for notice in EXTRACTOR.extract([page]):
            check_evidence(notice, page.text)
            count["notices"] += 1
            count["buyers"] += notice.buyer is not None
            assert notice.references or notice.source_standard == "prozorro"
    assert count["notices"] >= least
    assert count["buyers"] >= buyers


@pytest.mark.parametrize("name", NOT_OCDS)
def test_other_json_is_left_alone(shared_data: Path, name: str) -> None:
    pages = record_pages(shared_data / "data" / name)
    assert pages
    assert [page.pointer for page in pages if EXTRACTOR.accepts([page])] == []
