"""eForms: types by subtype and code, withheld fields, winners by identifier, odd input."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.extract.elements import changed, check_evidence, notice, pages_of, read_bytes

from sousveil.errors import DocumentError
from sousveil.extract.eforms import EXTRACTOR
from sousveil.extract.eforms.table import SUBTYPES, TYPES
from sousveil.extract.ted import EXTRACTOR as TED

FIXTURES = Path(__file__).parent / "fixtures"
AWARD = (FIXTURES / "award_fr_lots.xml").read_text("utf-8")
WITHHELD = (FIXTURES / "award_pl_withheld.xml").read_text("utf-8")
TENDER = (FIXTURES / "tender_de_other_prefixes.xml").read_text("utf-8")
PLAN = (FIXTURES / "planning_nl_fr.xml").read_text("utf-8")


@pytest.mark.parametrize(("subtype", "kind"), SUBTYPES.items())
def test_the_subtype_decides(subtype: str, kind: str) -> None:
    text = changed(PLAN, ">4</cbc:SubTypeCode>", f">{subtype}</cbc:SubTypeCode>")
    assert notice(text).notice_type == kind


@pytest.mark.parametrize(("code", "kind"), TYPES.items())
def test_the_type_code_decides_where_there_is_no_subtype(code: str, kind: str) -> None:
    text = re.sub(r"<efac:NoticeSubType>.*?</efac:NoticeSubType>", "", PLAN)
    assert notice(changed(text, ">pin-only<", f">{code}<")).notice_type == kind


def test_without_codes_the_root_decides() -> None:
    text = re.sub(r"<efac:NoticeSubType>.*?</efac:NoticeSubType>", "", PLAN)
    found = notice(changed(text, ">pin-only<", ">new-kind<"))
    assert (found.notice_type, found.type_raw) == ("intention", "PriorInformationNotice")


def test_every_subtype_of_the_regulation_is_known() -> None:
    assert {str(n) for n in range(1, 41)} <= SUBTYPES.keys()


def test_an_award_whose_every_lot_is_closed_is_a_termination() -> None:
    found = notice(changed(AWARD, ">selec-w<", ">clos-nw<"))
    assert found.notice_type == "termination"
    assert {lot.outcome for lot in found.lots} == {"void"}
    still_open = notice(changed(AWARD, ">selec-w<", ">open-nw<"))
    assert still_open.notice_type == "award"
    assert [lot.outcome for lot in still_open.lots] == [None, "void", None]


def test_lots_are_summed_only_where_no_total_is_given() -> None:
    text = re.sub(r"<cbc:TotalAmount.*?</cbc:TotalAmount>", "", AWARD)
    found = notice(text)
    assert found.award is not None
    assert found.award.value.amount == 1_250_000
    assert found.award.raw == "1100000 + 150000.00"
    assert "award_summed_from_lots" in found.flags
    partly = notice(re.sub(r"<cac:LegalMonetaryTotal>(?:(?!</cac).)*150000.*?Total>", "", text))
    assert partly.award is None
    assert "award_of_some_lots" in partly.flags
    assert [str(other.value.amount) for other in partly.other_amounts] == ["1100000"]
    mixed = notice(changed(text, 'currencyID="EUR">150000.00', 'currencyID="SEK">150000.00'))
    assert mixed.award is None
    assert "amounts_in_several_currencies" in mixed.flags


def test_a_total_far_from_its_lots_is_flagged() -> None:
    found = notice(changed(AWARD, ">1250000.00<", ">12500000.00<"))
    assert "award_differs_from_lots" in found.flags
    assert "award_differs_from_lots" not in notice(AWARD).flags


def test_a_budget_in_another_currency_is_set_aside() -> None:
    text = changed(AWARD, 'currencyID="EUR">1400000', 'currencyID="GBP">1400000')
    found = notice(text)
    assert found.budget is None
    assert found.currency is not None
    assert found.currency.value == "EUR"
    assert [other.value.currency for other in found.other_amounts] == ["GBP"]
    assert "amounts_in_several_currencies" in found.flags


def test_ranks_decide_where_no_contract_is_named() -> None:
    text = re.sub(r"<efac:SettledContract>.*?</efac:SettledContract>", "", AWARD)
    found = notice(text)
    assert [f.value for f in found.suppliers] == ["Vidéo Rhône SAS", "Réseaux du Test SARL"]


def test_withheld_fields_are_absent_before_publication_too() -> None:
    text = changed(WITHHELD, ">-1<", ">9.99<").replace(
        '"winner-selection-status">unpublished', '"winner-selection-status">selec-w'
    )
    text = changed(text, '-type">unpublished<', '-type">open<')
    for found in (notice(WITHHELD), notice(text)):
        assert found.award is None
        assert found.method is None
        assert found.other_amounts == ()
        assert found.lots[0].award is None
        assert found.lots[0].outcome is None
        assert "field_withheld" in found.flags


def test_nobody_is_left_and_organisations_stay() -> None:
    for path in FIXTURES.glob("*.xml"):
        for page in pages_of(path.read_bytes()):
            for name in ("Beispielmann", "Modèle", "Fictif", "Amélie", "rue du Test", "@example"):
                assert name not in page.text
            for name in ("Ordnungsamt", "Beschaffungsdienst Süd GmbH", "Réseaux du Test SARL"):
                assert (name in path.read_text("utf-8")) == (name in page.text)


def test_the_deadline_is_quoted_with_its_time() -> None:
    found = notice(TENDER).bid_deadline
    assert found is not None
    assert found.evidence.quote.startswith("2024-05-13+02:00\n")
    assert found.evidence.quote.endswith("EndTime: 12:30:00+02:00")


def test_a_title_in_other_languages_stays_on_the_page() -> None:
    ((found, page),) = read_bytes(PLAN.encode())
    assert "Caméras avec lecture de plaques" in page.text
    said = [page.text[s.start : s.end] for s in found.sections]
    assert "Cameras with number plate reading" in said
    assert "Caméras avec lecture de plaques" not in said


def test_a_file_of_several_notices() -> None:
    inner = "".join(re.sub(r"<\?xml.*?\?>", "", text) for text in (AWARD, TENDER, WITHHELD))
    found = read_bytes(f"<pack><day>{inner}</day></pack>".encode())
    assert [n.notice_type for n, _ in found] == ["award", "tender", "award"]
    assert [n.pointer for n, _ in found] == ["/1/1/1", "/1/1/2", "/1/1/3"]
    assert len({n.notice_id for n, _ in found}) == 3


def test_many_lots_take_linear_time() -> None:
    text = AWARD.replace(">TPA-0003</cbc:ID></efac:Ten", ">TPA-0001</cbc:ID></efac:Ten")
    for part in (
        r"<efac:LotResult><cbc:ID[^>]*>RES-0003.*?</efac:LotResult>",
        r"<efac:LotTender><cbc:ID[^>]*>TEN-0003</cbc:ID><cac.*?</efac:LotTender>",
        r"<efac:SettledContract><cbc:ID[^>]*>CON-0002</cbc:ID><cbc:I.*?</efac:SettledContract>",
        r"<cac:ProcurementProjectLot><cbc:ID[^>]*>LOT-0003.*?</cac:ProcurementProjectLot>",
    ):
        (one,) = re.findall(part, text, re.DOTALL)
        copies = [
            re.sub("CON-0002<", f"CON-{n}<", re.sub("-0003<", f"-{n}<", one))
            for n in range(1_000, 3_000)
        ]
        text = text.replace(one, one + "".join(copies))
    found = notice(text)
    assert len(found.lots) == 2_003
    assert {lot.outcome for lot in found.lots[2:]} == {"awarded"}
    assert all(lot.award is not None for lot in found.lots[2:])
    assert [f.value for f in found.lots[-1].suppliers] == [
        "Vidéo Rhône SAS",
        "Réseaux du Test SARL",
    ]


def test_only_its_own_pages_are_accepted() -> None:
    (page,) = pages_of(AWARD.encode())
    assert EXTRACTOR.accepts([page]) == 1.0
    assert TED.accepts([page]) == 0.0


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([AWARD, TENDER, WITHHELD, PLAN]))
def test_elements_lost_doubled_or_swapped_break_nothing(seed: int, text: str) -> None:
    """Every quote stays its span, whatever a sender leaves out, repeats or mistypes."""
    rng = random.Random(seed)
    lines = re.split(r"(?<=>)(?=<)", text)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(1, len(lines))
        match rng.randrange(4):
            case 0 if re.fullmatch(r"<(\S+)[^>]*>[^<]*</\1>", lines[at]):
                del lines[at]
            case 1 if re.fullmatch(r"<(\S+)[^>]*>[^<]*</\1>", lines[at]):
                lines.insert(at, lines[at])
            case 2:
                lines[at] = re.sub(r">[^<]+<", ">-?,.٣ 1e9<", lines[at])
            case _:
                lines[at] = re.sub(r'="[^"]*"', '="x y"', lines[at])
    data = "".join(lines).encode()
    try:
        pages = pages_of(data)
    except DocumentError:
        return
    for page in pages:
        for found in EXTRACTOR.extract([page]):
            check_evidence(found, page)


def test_the_samples_of_the_publications_office(shared_data: Path) -> None:
    count = 0
    empty = []
    for path in sorted((shared_data / "data/eforms-sdk-examples").rglob("*.xml")):
        found = read_bytes(path.read_bytes())
        count += len(found)
        if not found:
            empty.append(path.name)
    assert count == 54
    assert all(name.startswith("INVALID_") for name in empty)
