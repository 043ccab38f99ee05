"""What kind of notice a release is: from its tags, its contents and their states.

Tags and states are those of the standard's codelists releaseTag, tenderStatus, awardStatus and
contractStatus (https://standard.open-contracting.org/1.1/en/schema/codelists/).
"""

from sousveil.extract.ocds.reader import Reader
from sousveil.extract.ocds.table import METHODS, RELEASE, TAGS
from sousveil.extract.record_scan import Members, Node
from sousveil.model import NoticeType

(_TAG,) = RELEASE["notice_type"].paths
_TAGS = {tag.lower(): kind for tag, kind in TAGS.items()}

_ENDED = frozenset({"cancelled", "canceled", "unsuccessful", "withdrawn"})
_PLANNED = frozenset({"planned", "planning"})


def is_off(reader: Reader, item: Members) -> bool:
    """Whether an award, contract, lot or tender came to nothing."""
    return any(reader.word(item.get(name)) in _ENDED for name in ("status", "finalStatus"))


def standing(reader: Reader, items: list[Members]) -> list[Members]:
    """The awards or contracts that count: not off, and not pending where others are in force."""
    on = [item for item in items if not is_off(reader, item)]
    return [i for i in on if reader.word(i.get("status")) != "pending"] or on


def notice_type(
    reader: Reader, release: Members, *, compiled: bool
) -> tuple[NoticeType, str | None]:
    """The type and the word that decided it (a tag, a state, or the words for the method)."""
    kind, raw = _by_tag(reader, release) if not compiled else (None, None)
    if kind is None:
        kind, raw = _by_contents(reader, release)
    tender = reader.object(release, "tender")
    if kind in ("tender", "intention") and _is_awarded(reader, release):
        # Portals tag a release when it is first published and go on filling it.
        reader.flag("tag_behind_contents")
        kind, raw = _by_contents(reader, release)
    if kind == "award":
        awards = reader.objects(release, "awards")
        if awards and all(is_off(reader, award) for award in awards):
            return "termination", reader.plain(awards[0].get("status"))
        if awards and all(reader.word(a.get("status")) == "pending" for a in awards):
            reader.flag("award_pending")
    elif kind == "contract" and _is_complete(reader, release):
        return "acceptance", "completionCertificate"
    elif kind in ("tender", "correction") and is_off(reader, tender):
        return "termination", reader.plain(tender.get("status") or tender.get("finalStatus"))
    elif kind == "tender":
        return _kind_of_tender(reader, tender) or (kind, raw)
    return kind, raw


def _by_tag(reader: Reader, release: Members) -> tuple[NoticeType | None, str | None]:
    leaves: list[Node] = list(reader.leaves(release.get(_TAG)))
    tags = {reader.word(leaf): reader.plain(leaf) for leaf in leaves}
    for tag, kind in _TAGS.items():
        if tag in tags:
            return kind, tags[tag]
    return None, None


def _by_contents(reader: Reader, release: Members) -> tuple[NoticeType, str | None]:
    """The most advanced stage that the contents reach."""
    contracts = reader.objects(release, "contracts")
    if any(not is_off(reader, contract) for contract in contracts):
        return "contract", "contracts"
    awards = reader.objects(release, "awards")
    if awards:
        return "award", "awards"
    if contracts:
        return "termination", reader.plain(contracts[0].get("status"))
    tender = reader.object(release, "tender")
    if reader.word(tender.get("status")) in _PLANNED:
        return "intention", reader.plain(tender.get("status"))
    if tender:
        return "tender", "tender"
    if reader.object(release, "planning"):
        return "intention", "planning"
    return ("tender", "bids") if reader.object(release, "bids") else ("other", None)


def tells_of_contracts_alone(reader: Reader, release: Members) -> bool:
    """Whether the tags say that the release announces contracts, and no award besides."""
    kinds = {_TAGS.get(reader.word(leaf)) for leaf in reader.leaves(release.get(_TAG))}
    return "contract" in kinds and "award" not in kinds


def _is_awarded(reader: Reader, release: Members) -> bool:
    return any(
        not is_off(reader, item) and reader.word(item.get("status")) != "pending"
        for stage in ("awards", "contracts")
        for item in reader.objects(release, stage)
    )


def _is_complete(reader: Reader, release: Members) -> bool:
    """Whether a contract's carrying out is shown to be complete by a certificate."""
    return any(
        reader.word(document.get("documentType")) == "completioncertificate"
        for contract in reader.objects(release, "contracts")
        for holder in (contract, reader.object(contract, "implementation"))
        for document in reader.objects(holder, "documents")
    )


def _kind_of_tender(reader: Reader, tender: Members) -> tuple[NoticeType, str | None] | None:
    details = reader.word(tender.get("procurementMethodDetails"))
    details = details.replace("single-", "single ").replace("sole-", "sole ")
    for word, kind in METHODS.items() if details else ():
        if word in details:
            return kind, word
    # Where all may bid, who is interested bids at once: nobody is chosen before.
    is_open = reader.word(tender.get("procurementMethod")) == "open"
    if not is_open and not reader.object(tender, "tenderPeriod"):
        for name in ("expressionOfInterestDeadline", "preQualification"):
            if tender.get(name) and not reader.is_null(tender[name]):
                return "prequalification", name
    return None
