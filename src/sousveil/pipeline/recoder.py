"""What a limited child does with notices that are coded again: rows of the table of codings."""

from collections.abc import Mapping

import msgspec

from sousveil.case import rows
from sousveil.case.segments import Row
from sousveil.classify.model import Learned, Scorer
from sousveil.classify.recode import Verdict, recode
from sousveil.model import Coding, Notice, Page
from sousveil.reference.taxonomy import Taxonomy, compile_taxonomy, load_taxonomy

PageRow = tuple[str, int, str | None, str, str, str]
"""A row of the table of pages."""

notice_decoder = msgspec.json.Decoder(Notice)
coding_decoder = msgspec.json.Decoder(Coding)
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


class _With:
    """What this worker codes by."""

    scorer: Scorer | None = None
    taxonomy: Taxonomy | None = None


def warm(learned: bytes, taxonomy: Mapping[str, str]) -> None:
    """Get a worker ready. ``learned`` is the model as JSON, empty for none; ``taxonomy`` the texts
    of the case's own, empty for the shipped one."""
    _With.taxonomy = compile_taxonomy(taxonomy) if taxonomy else load_taxonomy()
    _With.scorer = Scorer(_learned_decoder.decode(learned)) if learned else None


def code_again(piece: Piece) -> list[Row]:
    """Rows of ``codings`` for the notices of a piece, in their order."""
    pages = pages_of(piece.pages)
    found = []
    for notice_json, coding_json in piece.notices:
        notice = notice_decoder.decode(notice_json)
        own = {number: pages[number] for number in notice.pages}
        verdict = piece.verdicts.get(notice.notice_id)
        rules = coding_decoder.decode(coding_json)
        coding = recode(notice, own, rules, _With.scorer, verdict, _With.taxonomy)
        found.append(rows.coding_row(notice, coding, own))
    return found


def pages_of(found: tuple[PageRow, ...]) -> dict[int, Page]:
    """Pages by number."""
    return {
        number: msgspec.convert(
            {
                "document_sha256": sha256,
                "number": number,
                "pointer": pointer,
                "text": text,
                "obtained": obtained,
                "media_type": media_type,
            },
            Page,
        )
        for sha256, number, pointer, text, obtained, media_type in found
    }
