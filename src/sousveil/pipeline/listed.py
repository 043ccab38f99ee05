"""What a list of notices shows of each, kept in the index so that a page of hits reads no table."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec

LONGEST_TEXT = 60_000
"""Characters of a notice's text that are kept: a snippet of what stands behind is its beginning."""
_LONGEST_FIELD = 1_000
_MOST_VALUES = 20


class Listed(msgspec.Struct, frozen=True):
    """One notice in a list. ``amount`` is the one figure that counts, in ``currency``;
    ``amount_kind`` says which it is. ``text`` is the text to search for the words in."""

    notice_id: str
    document_sha256: str
    notice_type: str
    title: str | None
    buyer: str | None
    buyer_type: str | None
    suppliers: tuple[str, ...]
    published: date | None
    country: str | None
    place: str | None
    amount_kind: str | None
    amount: Decimal | None
    currency: str | None
    amount_usd: Decimal | None
    surveillance: bool | None
    basis: str
    capabilities: tuple[str, ...]
    platforms: tuple[str, ...]
    target_groups: tuple[str, ...]
    ladder: str | None
    level: int | None
    copy: bool
    text: str


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Listed)


def packed(row: Mapping[str, object], text: str, *, basis: str, copy: bool) -> bytes:
    """A notice's row (columns of the index's rows) and text, as the index keeps them."""
    kind = next((name for name in ("award", "budget", "ceiling") if row[name] is not None), None)
    return _encoder.encode(
        {
            "notice_id": row["notice_id"],
            "document_sha256": row["document_sha256"],
            "notice_type": row["notice_type"],
            "title": _cut(row["project_name"] or row["title"]),
            "buyer": _cut(row["buyer"]),
            "buyer_type": row["buyer_type"],
            "suppliers": _few(row["suppliers"]),
            "published": row["published"],
            "country": row["country"],
            "place": _cut(row["place"] or row["province"]),
            "amount_kind": kind,
            "amount": row[kind] if kind else None,
            "currency": row["currency"],
            "amount_usd": row[f"{kind}_usd"] if kind else None,
            "surveillance": row["surveillance"],
            "basis": basis,
            "capabilities": _few(row["capabilities"]),
            "platforms": _few(row["platforms"]),
            "target_groups": _few(row["target_groups"]),
            "ladder": row["sophistication_ladder"],
            "level": row["sophistication"],
            "copy": copy,
            "text": text[:LONGEST_TEXT],
        }
    )


def unpacked(kept: bytes) -> Listed:
    """What ``packed`` was given."""
    return _decoder.decode(kept)


class _Place(msgspec.Struct, frozen=True):
    notice_id: str
    document_sha256: str


_place_decoder = msgspec.msgpack.Decoder(_Place)


def place_of(kept: bytes) -> tuple[str, str]:
    """The notice's id and its document, of what ``packed`` was given."""
    place = _place_decoder.decode(kept)
    return place.notice_id, place.document_sha256


def _cut(text: object) -> str | None:
    return str(text)[:_LONGEST_FIELD] if text else None


def _few(values: object) -> list[str]:
    return (
        [str(value)[:_LONGEST_FIELD] for value in values[:_MOST_VALUES]]
        if isinstance(values, list)
        else []
    )
