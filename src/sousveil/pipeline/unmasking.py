"""Looking at a page as it is, unmasked: a deliberate act, which the ledger records before anything
is shown. What is shown is written nowhere."""

from sousveil import __version__
from sousveil.case.decisions import coder_name
from sousveil.case.folder import Case
from sousveil.case.ledger import Entry, now
from sousveil.case.manifest import Manifest
from sousveil.case.private_pages import parsed_page
from sousveil.errors import UsageError
from sousveil.extract.masking import mask_text
from sousveil.report.record.picture import Drawn
from sousveil.report.record.pictures import Pictures

LEAST_REASON, MOST_REASON = 10, 500
"""Characters that a reason has, spaces not counted and counted."""

_LEAST_DIFFERENT = 5
"""Different characters: a row of dots says nothing."""

WAIT_SECONDS = 5.0
"""How long is waited where another process is writing to the case."""


def reason_of(written: str) -> str:
    """A reason as the ledger keeps it: on one line, persons in it masked. Raises UsageError where
    it is none."""
    reason = " ".join(written.split())
    told = reason.replace(" ", "")
    if len(told) < LEAST_REASON or len(set(told)) < _LEAST_DIFFERENT or len(reason) > MOST_REASON:
        raise UsageError(
            "The reason is missing, or says too little or too much.",
            f"Say in some words, at most {MOST_REASON} characters, what you must see and why.",
        )
    return mask_text(reason)


def unmask(
    case: Case,
    state: Manifest,
    pictures: Pictures,
    place: tuple[str, int],
    *,
    by: str,
    reason: str,
) -> Drawn:
    """Note who looks at a page (``place``: SHA-256 and number) and why, then show it as it is.

    Raises UsageError for a reason or name that is none and for a page that private/ does not hold,
    LockedError where the ledger cannot be written to now: nothing is shown then.
    """
    sha256, number = place
    name, why = coder_name(by), reason_of(reason)
    parsed = parsed_page(case, state, sha256, number)
    if parsed is None:
        raise UsageError(
            "The page as it was read is no longer kept under private/.",
            f"'sousveil rebuild {case.root}' makes it again.",
        )
    entry = Entry("unmasked", now(), __version__, sha256=sha256, page=number, by=name, reason=why)
    with case.writing(WAIT_SECONDS):
        case.ledger.append([entry])
    return pictures.unmasked(parsed, sha256)
