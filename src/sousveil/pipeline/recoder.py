"""What a limited child does with notices that are coded again: rows of the table of codings."""

from collections.abc import Mapping

import msgspec

from sousveil.case import rows
from sousveil.case.segments import Row
from sousveil.classify.model import Learned, Scorer
from sousveil.classify.recode import Verdict, recode
from sousveil.pipeline.page_rows import PageRow, coding_decoder, notice_decoder, pages_of
from sousveil.reference.taxonomy import Taxonomy, compile_taxonomy, load_taxonomy

_learned_decoder = msgspec.json.Decoder(Learned)


class Piece(msgspec.Struct, frozen=True):
    """Some notices of one document, as their rows hold them, and the pages they stand on.

    ``number`` is the piece's place among all. ``verdicts``: what people say, by notice.
    """

    number: int
    ids: tuple[str, ...]
    notices: tuple[tuple[str, str], ...]
    """``notice`` and ``coding`` columns."""
    pages: tuple[PageRow, ...]
    verdicts: dict[str, Verdict]


class _By:
    """What this worker codes by."""

    scorer: Scorer | None
    taxonomy: Taxonomy


_by = _By()


def warm(learned: bytes, taxonomy: Mapping[str, str]) -> None:
    """Get a worker ready. ``learned`` is the model as JSON, empty for none; ``taxonomy`` the texts
    of the case's own, empty for the shipped one."""
    _by.taxonomy = compile_taxonomy(taxonomy) if taxonomy else load_taxonomy()
    _by.scorer = Scorer(_learned_decoder.decode(learned)) if learned else None


def code_again(piece: Piece) -> list[Row]:
    """Rows of ``codings`` for the notices of a piece, in their order."""
    pages = pages_of(piece.pages)
    found = []
    for notice_json, coding_json in piece.notices:
        notice = notice_decoder.decode(notice_json)
        own = {number: pages[number] for number in notice.pages}
        verdict = piece.verdicts.get(notice.notice_id)
        coding = coding_decoder.decode(coding_json)
        coding = recode(notice, own, coding, _by.scorer, verdict, _by.taxonomy)
        found.append(rows.coding_row(notice, coding, own))
    return found
