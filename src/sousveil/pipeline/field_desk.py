"""Fields that people confirm and correct: which wait, and what is kept of each word on them."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from sousveil.case.database import connect
from sousveil.case.decisions import coder_name
from sousveil.case.field_decisions import append_field_decisions, read_field_decisions
from sousveil.case.folder import Case
from sousveil.case.ledger import moment
from sousveil.coding.field_rulings import field_rulings
from sousveil.coding.field_values import check_stated, field_values, located, read_values
from sousveil.errors import DecisionError
from sousveil.extract.masking import mask_text
from sousveil.model import DecidedAs, Draw, Field, Notice, NoticeKey, Page
from sousveil.model.field_decision import FieldDecision, FieldName, FieldVerdict, Quoted
from sousveil.pipeline.find import open_index, parsed, whole_id
from sousveil.pipeline.page_rows import notice_decoder, pages_of

QUEUE = "fields"
_key_decoder = msgspec.json.Decoder(NoticeKey)
_COUNTING = """
SELECT n.notice, n.key, p.surveillance AND n.duplicate_of IS NULL,
       CASE WHEN list_contains(p.amount_notice_ids, n.notice_id) THEN p.amount_kind END
FROM notices n JOIN projects p USING (project_key)
WHERE (p.surveillance AND n.duplicate_of IS NULL) OR list_contains(?, n.notice_id)
ORDER BY n.notice_id
"""
_NAMED: tuple[FieldName, ...] = ("buyer", "suppliers", "published")


class WaitingField(msgspec.Struct, frozen=True):
    """A field to look at: its values and the words they were read from. ``reason`` is why it waits:
    ``unsure``, or that coders differ (``disputed``) or that what was corrected has changed
    (``outdated``)."""

    notice_id: str
    title: str | None
    field: FieldName
    values: tuple[str, ...]
    quote: str
    page: int
    confidence: float
    reason: str = "unsure"


class FieldDesk:
    """One coder, or one adjudicator, at the fields of a case's notices."""

    def __init__(self, case: Case, coder: str, *, adjudicate: bool = False) -> None:
        """Raises DecisionError for a name that cannot be used."""
        self.coder = coder_name(coder)
        self._case = case
        self._role: DecidedAs = "adjudicator" if adjudicate else "coder"

    def waiting(self, query: str = "") -> list[WaitingField]:
        """What the coder has said nothing of, least sure first: buyer, suppliers, day, and the
        amount that counts, of the notices of surveillance projects; before them the fields on which
        coders differ and the corrections that no longer hold. Raises QueryError."""
        decisions = read_field_decisions(self._case)
        found = list(self._fields(decisions))
        if query:
            ids = set(open_index(self._case).ids(parsed(self._case, query)))
            found = [one for one in found if one.notice_id in ids]
        return sorted(
            found,
            key=lambda one: (one.reason == "unsure", one.confidence, one.notice_id, one.field),
        )

    def _fields(self, decisions: Sequence[FieldDecision]) -> Iterator[WaitingField]:
        said = sorted({decision.notice_id for decision in decisions})
        with connect(self._case) as connection:
            rows = connection.execute(_COUNTING, [said]).fetchall()
        texts = {k.notice_id: k.text_hash for k in (_key_decoder.decode(row[1]) for row in rows)}
        rulings = field_rulings(decisions, texts)
        own = {
            (d.notice_id, d.field): d
            for d in decisions
            if d.coder == self.coder and d.role == self._role
        }
        for notice_json, _, counts, amount in rows:
            notice = notice_decoder.decode(notice_json)
            ruled = rulings.get(notice.notice_id, {})
            open_again = {
                field: ruling.standing
                for field, ruling in ruled.items()
                if ruling.standing in ("disputed", "outdated")
            }
            counting = (*_NAMED, *([amount] if amount else [])) if counts else ()
            for field in dict.fromkeys([*open_again, *counting]):
                last = own.get((notice.notice_id, field))
                present = last is not None and last.text_hash == texts[notice.notice_id]
                settling = self._role == "adjudicator" and field in open_again
                if not present or last is None or last.verdict == "undone" or settling:
                    yield from _waiting(notice, field, open_again.get(field, "unsure"))

    def said(self, notice_id: str, field: FieldName) -> FieldDecision | None:
        """What this person said last of a field, in this role; None where it is taken back too."""
        own = (
            d
            for d in read_field_decisions(self._case)
            if (d.notice_id, d.field) == (notice_id, field)
            and (d.coder, d.role) == (self.coder, self._role)
        )
        last = max(own, key=lambda d: d.at, default=None)
        return last if last is not None and last.verdict != "undone" else None

    def said_of(self, notice_id: str, field: FieldName) -> list[FieldDecision]:
        """What each coder says last of a field, by name, but for what is taken back."""
        last = {
            d.coder: d
            for d in read_field_decisions(self._case)
            if (d.notice_id, d.field, d.role) == (notice_id, field, "coder")
        }
        return [last[name] for name in sorted(last) if last[name].verdict != "undone"]

    def say(
        self,
        notice_id: str,
        field: FieldName,
        verdict: FieldVerdict,
        *,
        value: str = "",
        quote: str = "",
        note: str | None = None,
        from_queue: bool = False,
    ) -> FieldDecision:
        """Keep a word on a field. ``wrong`` with a value needs the quote that states it; without
        either it says that the notice does not state the field. The lock must be held.

        Raises UsageError where there is no such notice, DecisionError where there is nothing to
        confirm, and where value or quote cannot be taken.
        """
        notice, text_hash, pages = self._notice(notice_id)
        was = field_values(notice, field)
        values: tuple[str, ...] = was if verdict == "right" else ()
        quoted = None
        if verdict == "right" and not was:
            raise DecisionError(f"The notice has no {field} to confirm.", "Correct it instead.")
        if verdict == "wrong" and (value or quote):
            values, quoted = _right(notice, pages, field, value, quote)
        decision = FieldDecision(
            self.coder,
            moment(),
            notice.notice_id,
            text_hash,
            field,
            verdict,
            values,
            was,
            quoted,
            mask_text(note) if note else None,
            Draw("queue", QUEUE) if from_queue else None,
            self._role,
        )
        append_field_decisions(self._case, [decision])
        return decision

    def _notice(self, digits: str) -> tuple[Notice, str, Mapping[int, Page]]:
        with connect(self._case) as connection:
            whole = whole_id(connection, digits)
            ((notice_json, key),) = connection.execute(
                "SELECT notice, key FROM notices WHERE notice_id = ?", [whole]
            ).fetchall()
            notice = notice_decoder.decode(notice_json)
            pages = connection.execute(
                "SELECT document_sha256, page, pointer, text, obtained, media_type FROM pages"
                " WHERE document_sha256 = ? AND list_contains(?, page)",
                [notice.document_sha256, list(notice.pages)],
            ).fetchall()
        return notice, _key_decoder.decode(key).text_hash, pages_of(pages)


def _right(
    notice: Notice, pages: Mapping[int, Page], field: FieldName, value: str, quote: str
) -> tuple[tuple[str, ...], Quoted]:
    """What is right and where it stands. Raises DecisionError where the notice does not say it."""
    stated = next((f for f in (notice.award, notice.budget, notice.ceiling) if f), None)
    values = read_values(field, value, stated.value.currency if stated else None)
    place = located(quote, notice, pages)
    if place is None:
        raise DecisionError(
            "The quote does not stand in the text of this notice.",
            "Copy the words from 'sousveil show' or the page; names of persons are masked there.",
        )
    check_stated(field, values, place.quote)
    return values, place


def _waiting(notice: Notice, field: FieldName, reason: str) -> Iterator[WaitingField]:
    found = getattr(notice, field)
    fields: tuple[Field[object], ...] = found if isinstance(found, tuple) else (found,)
    stated = [one for one in fields if isinstance(one, Field)]
    confidence = min((one.confidence for one in stated), default=0.0)
    if reason == "unsure" and (not stated or confidence >= 1):
        return
    evidence = stated[0].evidence if stated else None
    title = notice.title or notice.project_name
    yield WaitingField(
        notice.notice_id,
        title.value if title else None,
        field,
        field_values(notice, field),
        evidence.quote if evidence else "",
        evidence.page if evidence else notice.page,
        confidence,
        reason,
    )
