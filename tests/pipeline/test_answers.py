"""What a worker answers is taken only for the document that it was given."""

import msgspec
import pytest

from sousveil.model import Document, Outcome, Provenance
from sousveil.pipeline.tasks import Reading, Task, answers

OURS, OTHER = "a" * 64, "b" * 64
TASK = Task(Document(OURS, 1, (Provenance("a"),)), "/case/originals/aa", "/case/private/spill")
GOOD = Reading(
    OURS,
    Outcome(OURS, "read"),
    {"pages": [(OURS, 1, "x")], "notices": [("n", OURS, 1)], "outcomes": [(OURS, "read")]},
    (f"/case/private/spill/{OURS}-000000.pages",),
)


def test_its_own_document_is_taken() -> None:
    assert answers(GOOD, TASK)


@pytest.mark.parametrize(
    "change",
    [
        {"document_sha256": OTHER},
        {"outcome": Outcome(OTHER, "read")},
        {"rows": {"pages": [(OTHER, 1, "x")]}},
        {"rows": {"notices": [(OURS, OTHER, 1)]}},
        {"rows": {"outcomes": [(OURS, "read"), (OTHER, "failed")]}},
        {"rows": {"pages": [()]}},
        {"chunks": ("/etc/shadow",)},
        {"chunks": (f"/case/private/spill/../{OURS}",)},
        {"chunks": (f"/case/private/spill/{OTHER}-000000.pages",)},
    ],
)
def test_another_document_is_not(change: dict[str, object]) -> None:
    assert not answers(msgspec.structs.replace(GOOD, **change), TASK)
