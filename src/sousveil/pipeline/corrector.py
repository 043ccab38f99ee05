"""What a limited child does with notices that people corrected: their rows, made anew.

A corrected notice is coded, placed, converted and joined as if it had been extracted so. The hash
of its text stays: what was decided on that text still holds.
"""

import msgspec

from sousveil.case import rows
from sousveil.case.segments import Row
from sousveil.classify import classify
from sousveil.coding.correcting import corrected
from sousveil.coding.field_rulings import FieldRuling
from sousveil.extract.shown import shown
from sousveil.model import NoticeKey
from sousveil.model.field_decision import FieldName
from sousveil.pipeline import reading
from sousveil.pipeline.page_rows import PageRow, notice_decoder, pages_of

_key_decoder = msgspec.json.Decoder(NoticeKey)


class Corrections(msgspec.Struct, frozen=True):
    """A notice as its row has it (``notice`` and ``key`` columns), its pages, and what people say
    of its fields."""

    notice_id: str
    notice: str
    key: str
    pages: tuple[PageRow, ...]
    rulings: dict[FieldName, FieldRuling]


def correct_notice(item: Corrections) -> Row:
    """The row of ``notices`` with the fields as people have them."""
    pages = pages_of(item.pages)
    before = _key_decoder.decode(item.key)
    notice = shown(corrected(notice_decoder.decode(item.notice), pages, item.rulings))
    key = msgspec.structs.replace(
        reading.key_of(notice, pages, 1), text_hash=before.text_hash, sketch=before.sketch
    )
    coding = classify(notice, pages, reading.taxonomy_in_use())
    return rows.notice_row(notice, coding, reading.derive(notice), key, pages)
