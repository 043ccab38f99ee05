"""What counts as OCDS, what is read of it, and that nothing odd makes it fall over."""

import copy
import json
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.extract.ocds.expectations import FIXTURES, check_evidence, page_of, read

from sousveil.extract.ocds import EXTRACTOR
from sousveil.extract.ocds.extractor import accepts
from sousveil.model import MaskedSpan, Notice, Page
from sousveil.model.ids import notice_id

RELEASES = [
    json.loads(path.read_text("utf-8"))
    for path in sorted(FIXTURES.glob("*.json"))
    if not path.name.endswith(".expected.json")
]


def one(release: dict[str, object]) -> Notice:
    """The notice of a release that must give one; its evidence is checked."""
    text = json.dumps({"ocid": "ocds-abc123-1", **release}, ensure_ascii=False)
    (notice,) = read(text)
    check_evidence(notice, text)
    return notice


def tender(**members: object) -> Notice:
    return one({"tag": ["tender"], "tender": {"id": "T-1", "title": "Cameras", **members}})


def test_the_extractor_says_what_it_is() -> None:
    assert (EXTRACTOR.name, EXTRACTOR.version) == ("ocds", "2")
    assert EXTRACTOR.description


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"ocid": "ocds-1", "tag": ["tender"]}', 1.0),
        ('{"ocid": "ocds-1", "releases": []}', 1.0),
        ('{"title": "Cameras", "tender": {}}', 0.0),
        ('{"$schema": "x", "properties": {"ocid": {"type": "string"}}}', 0.0),
        ('{"count": 1, "results": [{"ocid": "ocds-1"}]}', 0.0),
        ('{"ocid": "", "tender": {"title": ""}}', 0.0),
    ],
)
def test_accepts(text: str, expected: float) -> None:
    assert accepts([page_of(text)]) == expected
    assert accepts([page_of(text, obtained="plain")]) == 0.0


def test_a_page_becomes_a_notice_of_its_own() -> None:
    text = '{"ocid": "ocds-1", "tender": {"title": "Cameras"}}'
    pages = [
        Page("a" * 64, number, text, "record", "application/json", f"/releases/{number}")
        for number in (1, 2)
    ]
    notices = list(EXTRACTOR.extract([pages[0], page_of("{}"), pages[1]]))
    assert [notice.page for notice in notices] == [1, 2]
    assert [n.notice_id for n in notices] == [
        notice_id("a" * 64, number, f"/releases/{number}") for number in (1, 2)
    ]


def test_masked_spans_are_counted_and_masked_names_are_no_values() -> None:
    text = json.dumps(
        {
            "ocid": "ocds-1",
            "tender": {"title": "Cameras"},
            "awards": [{"suppliers": [{"name": "〔person〕"}, {"name": "〔person〕 Trading Ltd"}]}],
        },
        ensure_ascii=False,
    )
    at = text.index("〔person〕")
    spans = (MaskedSpan("person", at, at + 8, at, at + 5),)
    page = Page("a" * 64, 1, text, "record", "application/json", masked=spans)
    (notice,) = EXTRACTOR.extract([page])
    assert notice.masked == {"person": 1}
    assert [field.value for field in notice.suppliers] == ["〔person〕 Trading Ltd"]
    assert "value_masked" in notice.flags


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        (["planning"], "intention"),
        (["planningUpdate"], "intention"),
        (["tender"], "tender"),
        (["planning", "tender"], "tender"),
        (["tenderUpdate"], "correction"),
        (["tenderAmendment"], "correction"),
        (["tenderCancellation"], "termination"),
        (["award"], "award"),
        (["awardUpdate"], "award"),
        (["awardCancellation"], "termination"),
        (["contract"], "contract"),
        (["tender", "award", "contract"], "contract"),
        (["contractUpdate"], "contract"),
        (["contractAmendment"], "contract"),
        (["contractTermination"], "termination"),
        (["implementation"], "contract"),
        ("Tender", "tender"),
        ([], "tender"),
        (["compiled"], "tender"),
        (["unheard of"], "tender"),
    ],
)
def test_type_from_tag(tag: object, expected: str) -> None:
    assert one({"tag": tag, "tender": {"title": "Cameras"}}).notice_type == expected


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ({"planning": {"rationale": "Why we need it"}}, "intention"),
        ({"tender": {"title": "x", "status": "planned"}}, "intention"),
        ({"tender": {"title": "x", "status": "unsuccessful"}}, "termination"),
        ({"tender": {"title": "x"}, "awards": [{"status": "active"}]}, "award"),
        ({"tender": {"title": "x"}, "awards": [{"status": "unsuccessful"}]}, "termination"),
        ({"awards": [{"title": "x"}], "contracts": [{"status": "cancelled"}]}, "award"),
        ({"awards": [{"title": "x"}], "contracts": [{"status": "active"}]}, "contract"),
        ({"bids": {"details": [{"tenderers": [{"name": "Bidder"}]}]}}, "tender"),
    ],
)
def test_type_from_contents(release: dict[str, object], expected: str) -> None:
    assert one({"tag": ["compiled"], **release}).notice_type == expected


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ("单一来源", "single_source"),
        ("單一來源採購", "single_source"),
        ("Sole source (one supplier)", "single_source"),
        ("竞争性磋商", "consultation"),
        ("竞争性谈判", "negotiation"),
        ("询价", "inquiry"),
        ("公开招标", "tender"),
        ("Contratación Directa", "tender"),
    ],
)
def test_type_from_the_words_for_the_method(details: str, expected: str) -> None:
    notice = tender(procurementMethod="direct", procurementMethodDetails=details)
    assert notice.notice_type == expected
    assert notice.method is not None
    assert notice.method.value == details


def test_budget_ceiling_and_estimate() -> None:
    notice = one(
        {
            "planning": {"budget": {"amount": {"amount": 300, "currency": "CNY"}}},
            "tender": {
                "title": "Cameras",
                "value": {"amount": 280, "currency": "CNY"},
                "maxValue": {"amount": 290, "currency": "CNY"},
            },
        }
    )
    assert notice.budget is not None
    assert notice.ceiling is not None
    assert (notice.budget.value.amount, notice.ceiling.value.amount) == (300, 290)
    assert [field.value.amount for field in notice.other_amounts] == [280]


def test_lots_add_up_to_the_budget_where_no_total_is_given() -> None:
    lots = [{"id": n, "value": {"amount": n * 10.5, "currency": "EUR"}} for n in (1, 2, 3)]
    notice = tender(lots=lots)
    assert notice.budget is not None
    assert notice.budget.value.amount == Decimal("63.0")
    assert notice.budget.raw == "10.5 + 21.0 + 31.5"
    assert notice.budget.confidence < 1
    assert notice.lot_count is not None
    assert (notice.lot_count.value, notice.lot_count.raw) == (3, "3")


def test_an_award_in_awards_and_contracts_counts_once() -> None:
    value = {"amount": 100, "currency": "EUR"}
    for tag in (["award", "contract"], ["compiled"]):
        notice = one(
            {
                "tag": tag,
                "awards": [{"id": "1", "title": "x", "value": value}],
                "contracts": [{"id": "c", "awardID": "1", "value": value}],
            }
        )
        assert notice.award is not None
        assert notice.award.value.amount == 100
        assert notice.award.value.kind == "contract"


@pytest.mark.parametrize(
    ("value", "expected", "flag"),
    [
        ({"amount": 5, "currency": "CNY"}, "5 CNY", None),
        ({"amount": 1.5e6, "currency": "CNY"}, "1500000.0 CNY", None),
        ({"amount": "5", "currency": "cny"}, "5 CNY", None),
        ({"amount": "12,345,678.90", "currency": "CNY"}, "12345678.90 CNY", None),
        ({"amount": "12,34", "currency": "CNY"}, None, "amount_unreadable"),
        ({"amount": "1e9999", "currency": "CNY"}, None, "amount_unreadable"),
        ({"amount": -1, "currency": "CNY"}, None, "amount_unreadable"),
        ({"amount": 10**30, "currency": "CNY"}, None, "amount_unreadable"),
        ({"amount": [5], "currency": "CNY"}, None, "amount_unreadable"),
        ({"amount": "ten", "currency": "CNY"}, None, "amount_unreadable"),
        (5, None, "amount_unreadable"),
        ({"amount": 0, "currency": "CNY"}, None, None),
        ({"amount": None, "currency": "CNY"}, None, None),
        ({"amount": "", "currency": "CNY"}, None, None),
        (None, None, None),
        ({"amount": 5, "currency": "人民币"}, "5 CNY", None),
        ({"amount": 5, "currency": None}, "5 XXX", "currency_not_stated"),
        ({"amount": 5, "currency": {"code": "CNY"}}, "5 XXX", "currency_not_stated"),
    ],
)
def test_amounts_as_written(value: object, expected: str | None, flag: str | None) -> None:
    notice = tender(value=value)
    found = notice.budget and f"{notice.budget.value.amount} {notice.budget.value.currency}"
    assert found == expected
    assert (flag in notice.flags) if flag else not notice.flags


def test_a_currency_left_out_is_taken_from_the_only_one_in_the_record() -> None:
    notice = one(
        {
            "tender": {"title": "Cameras", "value": {"amount": 5}},
            "awards": [{"value": {"amount": 4, "currency": "KES"}}],
        }
    )
    assert notice.budget is not None
    assert notice.budget.value.currency == "KES"
    assert notice.budget.confidence < 1
    assert "currency_taken_from_elsewhere" in notice.flags


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-08-20T09:30:00Z", "2026-08-20T09:30"),
        ("2026-08-20T09:30:00+08:00", "2026-08-20T09:30"),
        ("2026-08-20T09:30", "2026-08-20T09:30"),
        ("2026-08-20 09:30:00", "2026-08-20T09:30"),
        ("2026-8-2", "2026-08-02T00:00"),
        ("2026-08-20", "2026-08-20T00:00"),
        ("20/08/2026", None),
        ("2026-13-01", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31", None),
        (20260820, None),
    ],
)
def test_deadline_is_wall_time_as_written(written: object, expected: str | None) -> None:
    notice = tender(tenderPeriod={"endDate": written})
    found = notice.bid_deadline and notice.bid_deadline.value.isoformat(timespec="minutes")
    assert found == expected
    assert ("date_unreadable" in notice.flags) is (expected is None)


def test_date_of_the_stage_stands_in_for_a_missing_release_date() -> None:
    notice = one(
        {"tag": ["award"], "awards": [{"title": "x", "date": "2026-01-02"}, {"date": "2026-01-05"}]}
    )
    assert notice.published is not None
    assert notice.published.value == date(2026, 1, 5)
    assert notice.published.confidence < 1


def address(**members: object) -> dict[str, object]:
    return {"buyer": {"id": "b", "name": "Police", "address": members}}


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        (address(countryName="Colombia"), "CO"),
        (address(countryName="México"), "MX"),
        (address(countryName="uk"), "GB"),
        (address(countryCode="de", countryName="Somewhere"), "DE"),
        ({"buyer": {"name": "Police", "id": "UA-EDR-123"}}, "UA"),
        ({"buyer": {"name": "Police", "identifier": {"scheme": "GB-COH"}}}, "GB"),
        ({"buyer": {"name": "Police", "identifier": {"scheme": "XI-LEI"}}}, None),
        ({"buyer": {"name": "Police", "id": "12"}}, None),
        (
            {
                "buyer": {"name": "Police", "id": "b"},
                "parties": [
                    {"id": "b", "roles": ["buyer"], "address": {"countryName": "Kenya"}},
                    {"id": "s", "name": "S", "roles": ["supplier"], "address": {"country": "CN"}},
                ],
            },
            "KE",
        ),
        (
            {"parties": [{"name": "S", "roles": ["supplier"], "address": {"country": "CN"}}]},
            None,
        ),
    ],
)
def test_country_is_the_buyers(release: dict[str, object], expected: str | None) -> None:
    assert one({"tender": {"title": "x"}, **release}).country == expected


def test_who_buys_where_buyer_is_only_a_reference_or_missing() -> None:
    parties = [
        {"id": "m", "name": "Ministry", "roles": ["procuringEntity"]},
        {"id": "p", "name": "Police", "roles": ["buyer"]},
    ]
    notice = one({"parties": parties, "buyer": {"id": "p"}, "tender": {"title": "x"}})
    assert notice.buyer is not None
    assert notice.agency is not None
    assert (notice.buyer.value, notice.agency.value) == ("Police", "Ministry")
    notice = one({"parties": parties[:1], "tender": {"title": "x"}})
    assert notice.buyer is not None
    assert (notice.buyer.value, notice.agency) == ("Ministry", None)


def test_standard_1_0_has_organisations_inline() -> None:
    inline = {"name": "Police", "identifier": {"scheme": "GB-LAE"}}
    assert one({"buyer": inline}).source_standard == "ocds-1.0"
    assert one({"buyer": inline, "parties": []}).source_standard == "ocds-1.1"
    assert one({"buyer": {"name": "Police", "id": "1"}}).source_standard == "ocds-1.1"


def test_source_url_is_the_records_own_or_its_notices() -> None:
    document = {"documentType": "tenderNotice", "url": "https://example.org/n/1"}
    assert tender(documents=[document]).source_url == "https://example.org/n/1"
    assert tender(documents=[{**document, "url": "javascript:alert(1)"}]).source_url is None
    assert tender(documents=[{**document, "documentType": "bids"}]).source_url is None
    release = {"uri": "https://example.org/r/1", "tender": {"documents": [document], "id": "1"}}
    assert one(release).source_url == "https://example.org/r/1"


def test_title_in_another_language_and_language_by_script() -> None:
    notice = one({"language": "en", "tender": {"title": "视频监控系统"}})
    assert notice.language == "zh"
    notice = one({"language": "es-MX", "tender": {"title_es": "Cámaras"}})
    assert notice.title is not None
    assert (notice.title.value, notice.language) == ("Cámaras", "es")


def test_a_tag_that_lags_behind_is_flagged() -> None:
    notice = one({"tag": ["tender"], "tender": {"id": "1"}, "awards": [{"status": "active"}]})
    assert notice.notice_type == "award"
    assert "tag_behind_contents" in notice.flags
    notice = one({"tag": ["tender"], "tender": {"id": "1"}, "awards": [{"status": "pending"}]})
    assert notice.notice_type == "tender"
    contracts = [{"awardID": "a", "value": {"amount": 41, "currency": "USD"}}]
    awards = [{"id": "a", "value": {"amount": 40, "currency": "USD"}}]
    notice = one({"tag": ["tender"], "tender": {}, "awards": awards, "contracts": contracts})
    assert notice.notice_type == "contract"
    assert notice.award is not None
    assert notice.award.value.amount == 41


def value(amount: int) -> dict[str, object]:
    return {"amount": amount, "currency": "CAD"}


@pytest.mark.parametrize(
    ("tag", "expected"), [(["award", "contract"], 140), (["contract"], 90), ([], 140)]
)
def test_awards_and_contracts_of_one_release(tag: list[str], expected: int) -> None:
    release = {
        "tag": tag,
        "awards": [{"id": "A", "value": value(100)}, {"id": "B", "value": value(50)}],
        "contracts": [{"id": "K", "awardID": "A", "value": value(90)}],
    }
    found = one({"tender": {"title": "Gunshot detection"}, **release}).award
    assert found is not None
    assert found.value.amount == expected


def test_a_contract_without_a_value_counts_with_its_awards() -> None:
    awards = [{"id": "A", "value": value(100)}, {"id": "B", "value": value(50)}]
    notice = one(
        {"tag": ["contract"], "awards": awards, "contracts": [{"id": "1", "awardID": "B"}]}
    )
    assert notice.award is not None
    assert (notice.award.value.amount, notice.award.value.kind) == (50, "award")


def test_a_contract_alone_has_its_own_number_and_title() -> None:
    contract = {"id": "CW-2024-0088", "title": "Plate readers"}
    awards = [{"id": "CW-2024-0088-A", "title": "Award of plate readers"}]
    notice = one({"tag": ["contract"], "awards": awards, "contracts": [contract]})
    assert notice.project_id is not None
    assert notice.title is not None
    assert (notice.project_id.value, notice.title.value) == ("CW-2024-0088", "Plate readers")
    notice = one({"tag": ["award"], "awards": awards, "contracts": [contract]})
    assert notice.title is not None
    assert notice.title.value == "Award of plate readers"
    several = [contract, {"id": "CW-2024-0089"}]
    assert one({"tag": ["contract"], "contracts": several}).project_id is None
    assert one({"tag": ["contract"], "contracts": [{"id": "1", "title": "x"}]}).project_id is None


def test_who_may_bid_decides_what_an_expression_of_interest_is() -> None:
    interest = {"expressionOfInterestDeadline": "2024-11-10T12:00:00Z"}
    notice = tender(procurementMethod="selective", **interest)
    assert (notice.notice_type, notice.bid_deadline) == ("prequalification", None)
    notice = tender(procurementMethod="open", **interest)
    assert notice.notice_type == "tender"
    assert notice.bid_deadline is not None
    assert notice.bid_deadline.value.isoformat() == "2024-11-10T12:00:00"


@pytest.mark.parametrize(
    "nested",
    [
        lambda depth: '{"a":' * depth + "1" + "}" * depth,
        lambda depth: "[" * depth + "]" * depth,
    ],
)
@pytest.mark.parametrize("where", ["tender", "items", "compiledRelease", "releases", "tag"])
def test_deep_nesting(nested: Callable[[int], str], where: str) -> None:
    text = f'{{"ocid": "ocds-1", "releaseTag": [{{"releaseTag": 1}}], "{where}": {nested(5000)}}}'
    for notice in read(text):
        check_evidence(notice, text)


ODD: list[object] = [None, True, 0, -1, 1.5, 10**40, "", " ", "x", "-", "1,5", "〔person〕"]
ODD += ["\x00\ud83d", "2026-99-99", [], {}, [None], [[]], [{}], [1, "a"], {"id": {}}]
ODD += [{"name": []}, [{"id": 1}, {"id": 1}]]


@settings(max_examples=200, deadline=None)
@given(release=st.sampled_from(RELEASES), data=st.data())
def test_odd_values_anywhere_never_raise(release: dict[str, object], data: st.DataObject) -> None:
    changed = json.loads(json.dumps(release))
    for _ in range(data.draw(st.integers(1, 4))):
        node: object = changed
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))  # type: ignore[arg-type, call-overload]
            key = data.draw(st.sampled_from(keys))
            inner = node[key]  # type: ignore[index]
            if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
                node[key] = copy.deepcopy(data.draw(st.sampled_from(ODD)))  # type: ignore[index]
                break
            node = inner
    text = json.dumps(changed)
    for notice in read(text):
        check_evidence(notice, text)
        msgspec.json.encode(notice)  # no half of a surrogate pair is left


def test_a_record_of_many_parts_takes_time_in_proportion() -> None:
    def seconds(size: int) -> float:
        awards = [
            {
                "id": n,
                "value": {"amount": n + 1},
                "suppliers": [{"name": f"S{n}"}],
                "relatedLots": [n],
            }
            for n in range(size)
        ]
        lots = [{"id": n, "title": f"Lot {n}", "value": {"amount": 1}} for n in range(size)]
        release = {"ocid": "ocds-1", "tender": {"lots": lots}, "awards": awards}
        text = json.dumps({"ocid": "ocds-1", "releases": [{**release, "date": "2020"}] * 3})
        start = time.process_time()
        (notice,) = read(text)
        assert notice.lot_count is not None
        assert notice.lot_count.value == size
        return time.process_time() - start

    seconds(100)
    assert seconds(4000) < 60 * seconds(400)
