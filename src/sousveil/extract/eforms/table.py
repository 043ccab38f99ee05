"""Where the fields of an eForms notice stand: the mapping table of its extractor.

Sources: the eForms SDK (fields and their XPaths, https://docs.ted.europa.eu/eforms/latest/), the
annex of Regulation (EU) 2019/1780 as amended by (EU) 2022/2303 for business terms (BT) and notice
subtypes. Names are local names: prefixes differ from sender to sender.
"""

from sousveil.extract.elements.mapping import Source
from sousveil.model import NoticeType

EXTENSION = "UBLExtensions/UBLExtension/ExtensionContent/EformsExtension"
"""Where the EU's own elements stand inside a UBL element."""

_RESULT = f"{EXTENSION}/NoticeResult"
_PROJECT = "ProcurementProject"
_PREVIOUS = "TenderingProcess/NoticeDocumentReference/ID"

NOTICE: dict[str, Source] = {
    "notice_type": Source(
        (f"{EXTENSION}/NoticeSubType/SubTypeCode", "NoticeTypeCode"),
        "OPP-070, BT-02",
        "tag",
        "by subtype, else by type; a change is a correction, a cancelled notice or one whose every "
        "lot was closed without a winner a termination",
    ),
    "language": Source(("NoticeLanguageCode",), "BT-702", "language"),
    "project_id": Source(
        (f"{_PROJECT}/ID", "ContractFolderID"), "BT-22, BT-04", "tender/id",
        "the buyer's own number, else the procedure's",
    ),
    "project_name": Source(
        (f"{_PROJECT}/Name", f"ProcurementProjectLot/{_PROJECT}/Name"), "BT-21", "tender/title",
        "in the notice's language; the lot's where there is one lot",
    ),
    "buyer": Source(
        ("ContractingParty/Party/PartyIdentification/ID",), "OPT-300, BT-500", "buyer/name",
        "the organisation that leads the group, else the first",
    ),
    "agency": Source(
        ("ContractingParty/Party/ServiceProviderParty",), "OPT-300, BT-500",
        "tender/procuringEntity/name", "the provider of procurement services (serv-prov)",
    ),
    "method": Source(
        ("TenderingProcess/ProcedureCode",), "BT-105", "tender/procurementMethodDetails"
    ),
    "budget": Source(
        (f"{_PROJECT}/RequestedTenderTotal/EstimatedOverallContractAmount",), "BT-27",
        "tender/value", "else the sum over lots, flagged",
    ),
    "ceiling": Source(
        (
            f"{_PROJECT}/RequestedTenderTotal/{EXTENSION}/FrameworkMaximumAmount",
            f"{_RESULT}/OverallMaximumFrameworkContractsAmount",
        ),
        "BT-271, BT-118",
        "tender/techniques/frameworkAgreement/value",
        "else the sum over lots, flagged",
    ),
    "award": Source(
        (f"{_RESULT}/TotalAmount",), "BT-161", "awards/value",
        "else the sum of the winning tenders, flagged",
    ),
    "published": Source(
        (f"{EXTENSION}/Publication/PublicationDate", "IssueDate"), "OPP-012, BT-05", "date",
        "the day of publication, else of dispatch",
    ),
    "references": Source(
        (
            "ContractFolderID",
            _PREVIOUS,
            f"ProcurementProjectLot/{_PREVIOUS}",
            f"{EXTENSION}/Changes/ChangedNoticeIdentifier",
            f"{EXTENSION}/ContractModification/ChangedNoticeIdentifier",
            f"{_RESULT}/SettledContract/NoticeDocumentReference/ID",
            f"{EXTENSION}/Publication/NoticePublicationID",
            "ID",
        ),
        "BT-04, BT-125, BT-758, BT-1501, BT-1252, OPP-010, BT-701",
        "ocid, relatedProcesses/identifier",
        "the procedure first; the notice's own numbers last, for others name them",
    ),
}  # fmt: skip

LOT: dict[str, Source] = {
    "lots.number": Source(("ID",), "BT-137", "tender/lots/id", "of lots; parts in planning"),
    "lots.title": Source((f"{_PROJECT}/Name",), "BT-21", "tender/lots/title"),
    "lots.budget": Source(
        (f"{_PROJECT}/RequestedTenderTotal/EstimatedOverallContractAmount",), "BT-27",
        "tender/lots/value",
    ),
    "lots.ceiling": Source(
        (
            f"{_PROJECT}/RequestedTenderTotal/{EXTENSION}/FrameworkMaximumAmount",
            "TenderingProcess/FrameworkAgreement/EstimatedMaximumValueAmount",
        ),
        "BT-271",
        "tender/lots/techniques/frameworkAgreement/value",
        "else BT-709 of the lot's result",
    ),
    "bid_deadline": Source(
        (
            "TenderingProcess/TenderSubmissionDeadlinePeriod",
            "TenderingProcess/ParticipationRequestReceptionPeriod",
            f"TenderingProcess/{EXTENSION}/InterestExpressionReceptionPeriod",
        ),
        "BT-131, BT-1311, BT-630",
        "tender/tenderPeriod/endDate",
        "the earliest of the lots, as the clock there shows; flagged where they differ",
    ),
}  # fmt: skip

RESULT: dict[str, Source] = {
    "lots.outcome": Source(
        ("TenderResultCode",), "BT-142", "awards/status",
        "in `LotResult`: `selec-w` awarded, `clos-nw` void",
    ),
    "lots.award": Source(
        ("LegalMonetaryTotal/PayableAmount",), "BT-720", "awards/value",
        "in `LotTender`, of tenders that a contract was concluded for",
    ),
    "lots.ceiling": Source(
        ("FrameworkAgreementValues/MaximumValueAmount",), "BT-709",
        "tender/lots/techniques/frameworkAgreement/value", "in `LotResult`",
    ),
    "suppliers": Source(
        ("Tenderer/ID",), "OPT-310, BT-500", "awards/suppliers/name",
        "in `TenderingParty`, of winning tenders; all members of a group",
    ),
    "bidders": Source(
        ("TenderingParty/Tenderer/ID",), "OPT-310, BT-500", "tender/tenderers/name", "all"
    ),
}  # fmt: skip

ORGANISATION: dict[str, Source] = {
    "name": Source(
        ("Company/PartyName/Name",), "BT-500", "parties/name", "in the notice's language"
    ),
    "identifiers": Source(
        ("Company/PartyLegalEntity/CompanyID",), "BT-501", "parties/identifier/id",
        "of buyers, providers and tenderers; the register is not named, so the scheme is the "
        "country's (`FR-NATIONAL`); none of natural persons",
    ),
    "country": Source(
        ("Company/PostalAddress/Country/IdentificationCode",), "BT-514",
        "parties/address/countryName", "of the buyer",
    ),
    "places": Source(
        ("Company/PostalAddress/CountrySubentityCode", "Company/PostalAddress/CityName"),
        "BT-507, BT-513", "parties/address/region, parties/address/locality",
        "of the buyer; NUTS codes as the name of their first-level unit",
    ),
}  # fmt: skip

_WORDS = ("Name", "Description")
SECTIONS: dict[str, tuple[str, ...]] = {
    "purpose": (
        f"{_PROJECT}/Name",
        f"{_PROJECT}/Description",
        f"{_PROJECT}/MainCommodityClassification/ItemClassificationCode",
        f"{_PROJECT}/AdditionalCommodityClassification/ItemClassificationCode",
        *(f"ProcurementProjectLot/{_PROJECT}/{word}" for word in _WORDS),
        f"ProcurementProjectLot/{_PROJECT}/MainCommodityClassification/ItemClassificationCode",
        f"ProcurementProjectLot/{_PROJECT}/AdditionalCommodityClassification/ItemClassificationCode",
        f"ProcurementProjectLot/{_PROJECT}/ContractExtension/OptionsDescription",
        f"{_RESULT}/SettledContract/Title",
        "TenderingProcess/Description",
    ),
    "body": (
        f"{_PROJECT}/Note",
        f"ProcurementProjectLot/{_PROJECT}/Note",
        "Note",
        "TenderingProcess/ProcessJustification/ProcessReason",
        f"{EXTENSION}/Changes//ChangeDescription",
        f"{EXTENSION}/Changes/ChangeReason/ReasonDescription",
        f"{EXTENSION}/ContractModification/Change/ChangeDescription",
        f"{EXTENSION}/ContractModification/ChangeReason/ReasonDescription",
        f"{_RESULT}/LotTender/SubcontractingTerm/TermDescription",
        "AdditionalDocumentReference/ReferencedDocumentInternalAddress",
        "AdditionalDocumentReference/DocumentDescription",
    ),
}
"""Which words of a notice say what is bought and which are worth reading besides; criteria, terms
and appeals are neither."""

SUBTYPES: dict[str, NoticeType] = {
    **dict.fromkeys([str(n) for n in range(1, 10)] + ["T01", "E2"], "intention"),
    **dict.fromkeys([str(n) for n in range(10, 16)] + ["CEI"], "prequalification"),
    **dict.fromkeys([str(n) for n in range(16, 25)] + ["E3"], "tender"),
    **dict.fromkeys([str(n) for n in range(25, 29)], "single_source"),
    **dict.fromkeys([str(n) for n in range(29, 38)] + ["T02", "E4"], "award"),
    **dict.fromkeys(["38", "39", "40", "E6"], "contract"),
    "E5": "acceptance",
    "E1": "other",
    "X01": "filing",
    "X02": "filing",
}
"""Notice subtypes: planning 1–9, calls by prior information notice and qualification systems 10–15,
competition 16–24, direct award prenotification 25–28, results 29–37, modifications 38–40; the EU
institutions' calls for expression of interest; T transport, X registrations, E voluntary forms."""

TYPES: dict[str, NoticeType] = {
    "pmc": "other",
    "pin-buyer": "intention",
    "pin-only": "intention",
    "pin-rtl": "intention",
    "pin-tran": "intention",
    "pin-cfc-standard": "prequalification",
    "pin-cfc-social": "prequalification",
    "qu-sy": "prequalification",
    "cei": "prequalification",
    "cn-standard": "tender",
    "cn-social": "tender",
    "cn-desg": "tender",
    "subco": "tender",
    "veat": "single_source",
    "can-standard": "award",
    "can-social": "award",
    "can-desg": "award",
    "can-tran": "award",
    "can-modif": "contract",
    "compl": "acceptance",
    "brin-eeig": "filing",
    "brin-ecs": "filing",
}
"""The codelist notice-type."""

ROOTS: dict[str, NoticeType] = {
    "PriorInformationNotice": "intention",
    "ContractNotice": "tender",
    "ContractAwardNotice": "award",
    "BusinessRegistrationInformationNotice": "filing",
}
"""What a notice without codes is."""

CANCELLED = frozenset({"cancel"})
"""Codes of change-corrig-justification that end a notice."""

WITHHELD = {
    "TotalAmount": "not-val",
    "OverallMaximumFrameworkContractsAmount": "not-max-val",
    "PayableAmount": "win-ten-val",
    "MaximumValueAmount": "max-val",
    "TenderResultCode": "win-cho",
    "ProcedureCode": "pro-typ",
}
"""The code under which BT-195 withholds an element."""
