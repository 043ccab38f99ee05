"""Frozen records that every layer shares. No I/O."""

from sousveil.model.coding import Coding, Reason, Tag, UsdAmount
from sousveil.model.decision import DecidedAs, Decision, Draw, Relevance
from sousveil.model.document import (
    Box,
    Cell,
    Document,
    MaskedSpan,
    Outcome,
    Page,
    ParsedPage,
    Provenance,
    RecognisedLine,
    Section,
)
from sousveil.model.notice import (
    Evidence,
    Field,
    Lot,
    Money,
    MoneyKind,
    Notice,
    NoticeType,
    PartyId,
)
from sousveil.model.organisation import (
    Judgement,
    NameKey,
    Organisation,
    OrganisationId,
    OrganisationJoin,
    Role,
)
from sousveil.model.project import Join, NoticeKey, ProjectLink, Resolution

__all__ = [
    "Box",
    "Cell",
    "Coding",
    "DecidedAs",
    "Decision",
    "Document",
    "Draw",
    "Evidence",
    "Field",
    "Join",
    "Judgement",
    "Lot",
    "MaskedSpan",
    "Money",
    "MoneyKind",
    "NameKey",
    "Notice",
    "NoticeKey",
    "NoticeType",
    "Organisation",
    "OrganisationId",
    "OrganisationJoin",
    "Outcome",
    "Page",
    "ParsedPage",
    "PartyId",
    "ProjectLink",
    "Provenance",
    "Reason",
    "RecognisedLine",
    "Relevance",
    "Resolution",
    "Role",
    "Section",
    "Tag",
    "UsdAmount",
]
