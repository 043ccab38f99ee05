"""Where the fields of a TED notice stand: the mapping table of its extractor.

Sources: the TED_EXPORT schemas R2.0.9 (standard forms F01–F25 of Regulation (EU) 2015/1986, and the
transport forms) and R2.0.8 (standard forms of Regulation (EU) 842/2011, defence forms F16–F19), of
the Publications Office of the EU. Paths of ``FORM`` begin at the form, those of ``EXPORT`` at the
root of the file. Where two paths are given the first is mostly that of R2.0.9.
"""

from sousveil.extract.elements.mapping import Source
from sousveil.model import NoticeType

_COST = "COSTS_RANGE_AND_CURRENCY/VALUE_COST"
_FINAL = "COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE/VALUE_COST"
_BODY = "CONTRACTING_BODY/ADDRESS_CONTRACTING_BODY"
_BODY_OLD = "//CA_CE_CONCESSIONAIRE_PROFILE"

FORM: dict[str, Source] = {
    "project_id": Source(
        ("OBJECT_CONTRACT/REFERENCE_NUMBER", "//FILE_REFERENCE_NUMBER"), "II.1.1, IV.3.1",
        "tender/id",
    ),
    "project_name": Source(
        ("OBJECT_CONTRACT/TITLE", "//TITLE_CONTRACT", "//TITLE_*"), "II.1.1", "tender/title",
        "of the form in the original language; else the title in the header",
    ),
    "buyer": Source(
        (
            f"{_BODY}/OFFICIALNAME",
            f"{_BODY_OLD}/ORGANISATION/OFFICIALNAME",
            f"{_BODY_OLD}/ORGANISATION",
        ),
        "I.1",
        "buyer/name",
        "further buyers are flagged",
    ),
    "country": Source(
        (f"{_BODY}/COUNTRY", f"{_BODY_OLD}/COUNTRY"),
        "I.1",
        "parties/address/countryName",
        "`VALUE`",
    ),
    "places": Source(
        (f"{_BODY}/NUTS", f"{_BODY}/TOWN", f"{_BODY_OLD}/TOWN"), "I.1",
        "parties/address/region, parties/address/locality",
        "NUTS codes as the name of their first-level unit",
    ),
    "method": Source(
        ("PROCEDURE//PT_*", "//PT_*"), "IV.1.1", "tender/procurementMethodDetails",
        "the element's name; else `PR_PROC` of the header",
    ),
    "budget": Source(
        (
            "OBJECT_CONTRACT/VAL_ESTIMATED_TOTAL",
            f"//QUANTITY_SCOPE/NATURE_QUANTITY_SCOPE/{_COST}",
            f"//QUANTITY_SCOPE_WORKS_PRIOR_INFORMATION/{_COST}",
            f"//TOTAL_ESTIMATED/{_COST}",
        ),
        "II.1.5, II.2.1",
        "tender/value",
        "else the sum over lots, flagged",
    ),
    "award": Source(
        (
            "MODIFICATIONS_CONTRACT/INFO_MODIFICATIONS/VALUES/VAL_TOTAL_AFTER",
            "MODIFICATIONS_CONTRACT/DESCRIPTION_PROCUREMENT/VALUES/VAL_TOTAL",
            "OBJECT_CONTRACT/VAL_TOTAL",
            f"//TOTAL_FINAL_VALUE/{_FINAL}",
        ),
        "II.1.7, VII.2.3",
        "awards/value",
        "else the sum over awards, flagged; a range is flagged and left out",
    ),
    "suppliers": Source(
        ("MODIFICATIONS_CONTRACT//ADDRESS_CONTRACTOR/OFFICIALNAME",), "VII.1.6, V.2.3",
        "awards/suppliers/name", "else those of the awards",
    ),
    "identifiers": Source(
        ("//NATIONALID",), "I.1, V.2.3", "parties/identifier/id",
        "of buyer and suppliers, with `OFFICIALNAME` and `COUNTRY` beside it; the register is not "
        "named, so the scheme is the country's (`FR-NATIONAL`)",
    ),
    "published": Source(
        ("COMPLEMENTARY_INFO/DATE_DISPATCH_NOTICE", "//NOTICE_DISPATCH_DATE"), "VI.5", "date",
        "after the day of publication in the header",
    ),
    "bid_deadline": Source(
        (
            "PROCEDURE/DATE_RECEIPT_TENDERS",
            "//RECEIPT_LIMIT_DATE",
        ),
        "IV.2.2, IV.3.4",
        "tender/tenderPeriod/endDate",
        "with `TIME_RECEIPT_TENDERS`, `TIME`; else the header's",
    ),
    "changed_deadline": Source(
        ("CHANGES/CHANGE/NEW_VALUE/DATE",), "VII.1.2", "tender/tenderPeriod/endDate",
        "with `TIME`, where `WHERE/SECTION` is IV.2.2 or IV.3.4; read into `bid_deadline`",
    ),
    "references": Source(
        ("//NOTICE_NUMBER_OJ",), "IV.2.1, VI.6", "relatedProcesses/identifier",
        "earlier notices in the Official Journal",
    ),
}  # fmt: skip

_NOTICE_DATA = "CODED_DATA_SECTION/NOTICE_DATA"
_CODIF = "CODED_DATA_SECTION/CODIF_DATA"
_VALUE = f"{_NOTICE_DATA}/VALUES/VALUE"
EXPORT: dict[str, Source] = {
    "notice_type": Source(
        (f"{_CODIF}/TD_DOCUMENT_TYPE",), ocds="tag", note="`CODE`, of forms without a number"
    ),
    "project_name": Source(
        ("TRANSLATION_SECTION/ML_TITLES/ML_TI_DOC",),
        ocds="tender/title",
        note="`TI_TEXT` in the original language",
    ),
    "buyer": Source(
        ("TRANSLATION_SECTION/ML_AA_NAMES/AA_NAME",),
        ocds="buyer/name",
        note="in the original language",
    ),
    "country": Source((f"{_NOTICE_DATA}/ISO_COUNTRY",), ocds="parties/address/countryName"),
    "method": Source((f"{_CODIF}/PR_PROC",), ocds="tender/procurementMethodDetails"),
    "budget": Source((f"{_VALUE}[@TYPE=ESTIMATED_TOTAL]",), ocds="tender/value"),
    "award": Source((f"{_VALUE}[@TYPE=PROCUREMENT_TOTAL]",), ocds="awards/value"),
    "published": Source(
        ("CODED_DATA_SECTION/REF_OJS/DATE_PUB", f"{_CODIF}/DS_DATE_DISPATCH"), ocds="date"
    ),
    "bid_deadline": Source(
        (f"{_CODIF}/DT_DATE_FOR_SUBMISSION",), ocds="tender/tenderPeriod/endDate"
    ),
    "references": Source(
        (f"{_NOTICE_DATA}/REF_NOTICE/NO_DOC_OJS", f"{_NOTICE_DATA}/NO_DOC_OJS"),
        ocds="relatedProcesses/identifier",
        note="the notice's own numbers (`DOC_ID` too) last, for others name them",
    ),
    "source_url": Source((f"{_NOTICE_DATA}/URI_LIST/URI_DOC",), ocds="tender/documents/url"),
}

LOT: dict[str, Source] = {
    "objects": Source(
        (
            "OBJECT_CONTRACT",
            "//OBJECT_WORKS_PRIOR_INFORMATION",
            "//OBJECT_SUPPLIES_SERVICES_PRIOR_INFORMATION",
        ),
        "II",
        "tender/lots",
        "where a planning notice has several: each is a lot",
    ),
    "objects.title": Source(("TITLE", "TITLE_CONTRACT"), "II.1.1", "tender/lots/title"),
    "objects.budget": Source(("VAL_ESTIMATED_TOTAL", f"//{_COST}"), "II.1.5", "tender/lots/value"),
    "lots": Source(("OBJECT_CONTRACT/OBJECT_DESCR", "//*ANNEX_B"), "II.2, annex B", "tender/lots"),
    "lots.number": Source(("LOT_NO", "LOT_NUMBER"), "II.2.1", "tender/lots/id"),
    "lots.title": Source(("TITLE", "LOT_TITLE"), "II.2.1", "tender/lots/title"),
    "lots.budget": Source(
        ("VAL_OBJECT", f"NATURE_QUANTITY_SCOPE/{_COST}"), "II.2.6", "tender/lots/value"
    ),
}

AWARD: dict[str, Source] = {
    "awards": Source(
        ("AWARD_CONTRACT", "RESULTS", "//AWARD_OF_CONTRACT*", "//AWARD_CONTRACT_CONTRACT_AWARD*"),
        "V", "awards",
    ),
    "lots.number": Source(("LOT_NO", "LOT_NUMBER"), "V", "awards/relatedLots"),
    "suppliers": Source(
        (
            "//ADDRESS_CONTRACTOR/OFFICIALNAME",
            "//ADDRESS_WINNER/OFFICIALNAME",
            "//ECONOMIC_OPERATOR_NAME_ADDRESS//ORGANISATION/OFFICIALNAME",
            "//ECONOMIC_OPERATOR_NAME_ADDRESS//ORGANISATION",
        ),
        "V.2.3, V.3",
        "awards/suppliers/name",
        "all members of a group",
    ),
    "lots.award": Source(
        ("//VALUES/VAL_TOTAL", "//VAL_PRIZE", f"//CONTRACT_VALUE_INFORMATION/{_FINAL}"),
        "V.2.4, V.4", "awards/value",
    ),
    "lots.budget": Source(
        (
            "//VALUES/VAL_ESTIMATED_TOTAL",
            "//CONTRACT_VALUE_INFORMATION/INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT/VALUE_COST",
        ),
        "V.2.4, V.4",
        "tender/lots/value",
    ),
    "lots.outcome": Source(
        ("NO_AWARDED_CONTRACT", "NO_AWARDED_PRIZE"), "V.1", "awards/status", "void"
    ),
}  # fmt: skip

SECTIONS: dict[str, tuple[str, ...]] = {
    "purpose": (
        "//SHORT_DESCR",
        "//SHORT_CONTRACT_DESCRIPTION",
        "//TOTAL_QUANTITY_OR_SCOPE",
        "OBJECT_CONTRACT/TITLE",
        "//OBJECT_DESCR/TITLE",
        "//LOT_TITLE",
        "//LOT_DESCRIPTION",
        "AWARD_CONTRACT/TITLE",
        "//CONTRACT_TITLE",
        "//OPTIONS_DESCR",
    ),
    "body": (
        "//INFO_ADD",
        "//ADDITIONAL_INFORMATION",
        "//D_JUSTIFICATION",
        "//REASON_CONTRACT_LAWFUL",
        "CHANGES//TEXT",
        "//TXT_MARK",
        "//CONTENTS",
        "//ADDITIONAL_NEED",
        "//UNFORESEEN_CIRCUMSTANCE",
        "//MAIN_SITE",
    ),
}
"""Which words of a form say what is bought and which are worth reading besides; conditions of
taking part and of review are neither."""

FORMS: dict[str, NoticeType] = {
    "01": "intention",
    "02": "tender",
    "03": "award",
    "04": "intention",
    "05": "tender",
    "06": "award",
    "07": "prequalification",
    "08": "intention",
    "09": "tender",
    "10": "tender",
    "11": "tender",
    "12": "tender",
    "13": "award",
    "14": "correction",
    "15": "single_source",
    "16": "intention",
    "17": "tender",
    "18": "award",
    "19": "tender",
    "20": "contract",
    "21": "tender",
    "22": "tender",
    "23": "tender",
    "24": "tender",
    "25": "award",
    "T01": "intention",
    "T02": "award",
}
"""By form number. F14 is the corrigendum, F15 the voluntary ex ante transparency notice, F20 the
modification of a contract; T01 and T02 concern transport (Regulation (EC) 1370/2007)."""

NOTICES: dict[str, NoticeType] = {
    "PRI_CALL_COMPETITION": "prequalification",
    "PER_CALL_COMPETITION": "prequalification",
    "QSU_ONLY": "prequalification",
    "QSU_CALL_COMPETITION": "prequalification",
    "PRI_ONLY": "intention",
    "PRI": "intention",
    "PRI_REDUCING_TIME_LIMITS": "intention",
    "PER_ONLY": "intention",
    "PER_REDUCING_TIME_LIMITS": "intention",
    "CONTRACT": "tender",
    "AWARD_CONTRACT": "award",
    "CONCESSION_AWARD_CONTRACT": "award",
}
"""The type that a form with several uses names (``NOTICE`` with ``TYPE``)."""

DOCUMENTS: dict[str, NoticeType] = {
    "0": "intention",
    "1": "correction",
    "2": "correction",
    "3": "tender",
    "4": "prequalification",
    "5": "tender",
    "7": "award",
    "B": "intention",
    "C": "tender",
    "D": "tender",
    "E": "tender",
    "F": "tender",
    "H": "tender",
    "I": "prequalification",
    "J": "award",
    "K": "contract",
    "M": "prequalification",
    "O": "prequalification",
    "P": "intention",
    "Q": "prequalification",
    "R": "award",
    "V": "single_source",
    "Y": "tender",
}
"""The header's codelist of document types, for free-text notices (OTH_NOT: before 2016 corrigenda,
calls for expressions of interest)."""

OLD_FORMS = {
    "PRIOR_INFORMATION": "01",
    "CONTRACT": "02",
    "CONTRACT_AWARD": "03",
    "PERIODIC_INDICATIVE_UTILITIES": "04",
    "CONTRACT_UTILITIES": "05",
    "CONTRACT_AWARD_UTILITIES": "06",
    "QUALIFICATION_SYSTEM_UTILITIES": "07",
    "BUYER_PROFILE": "08",
    "SIMPLIFIED_CONTRACT": "09",
    "CONCESSION": "10",
    "CONTRACT_CONCESSIONAIRE": "11",
    "DESIGN_CONTEST": "12",
    "RESULT_DESIGN_CONTEST": "13",
    "ADDITIONAL_INFORMATION_CORRIGENDUM": "14",
    "VOLUNTARY_EX_ANTE_TRANSPARENCY_NOTICE": "15",
    "PRIOR_INFORMATION_DEFENCE": "16",
    "CONTRACT_DEFENCE": "17",
    "CONTRACT_AWARD_DEFENCE": "18",
    "CONTRACT_CONCESSIONAIRE_DEFENCE": "19",
}
"""Form numbers by the names of R2.0.8."""
