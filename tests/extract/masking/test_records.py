"""Records of JSON: still valid JSON, nobody left, organisations as they were."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sousveil.extract.masking import mask_page
from sousveil.model import Page, ParsedPage


def mask(record: object, *, ascii_only: bool = False) -> Page:
    raw = json.dumps(record, ensure_ascii=ascii_only)
    return mask_page(ParsedPage("0" * 64, 1, raw, "record", "application/json"))


CASES = [
    (
        {
            "parties": [
                {
                    "name": "Acme Ltd",
                    "contactPoint": {
                        "name": "John Smith",
                        "telephone": "+44 20 7946 0123",
                        "faxNumber": "020 7946 0124",
                        "email": "j.smith@acme.example",
                        "url": "http://acme.example",
                    },
                }
            ],
            "tender": {"description": 'Ask John Smith at "jim@x.example" or 020-79460123\nthanks'},
        },
        {
            "parties": [
                {
                    "name": "Acme Ltd",
                    "contactPoint": {
                        "name": "〔person〕",
                        "telephone": "〔phone〕",
                        "faxNumber": "〔phone〕",
                        "email": "〔email〕",
                        "url": "http://acme.example",
                    },
                }
            ],
            "tender": {"description": 'Ask 〔person〕 at "〔email〕" or 〔phone〕\nthanks'},
        },
    ),
    (
        {
            "buyer": "长宁县公安局",
            "buyerPerson": "张三,李先生",
            "buyerTel": "0991-1234567/13800138000",
            "winner": "李四",
            "detail": "联系人：王五\n电话：0991-7654321 另询张三",
        },
        {
            "buyer": "长宁县公安局",
            "buyerPerson": "〔person〕,〔person〕先生",
            "buyerTel": "〔phone〕",
            "winner": "〔person〕",
            "detail": "联系人：〔person〕\n电话：〔phone〕 另询〔person〕",
        },
    ),
    (
        {
            "phone": 13800138000,
            "联系人": "阿里木·买买提",
            "persons": ["张三丰", "李四"],
            "id": 13800138000,
        },
        {
            "phone": "〔phone〕",
            "联系人": "〔person〕",
            "persons": ["〔person〕", "〔person〕"],
            "id": 13800138000,
        },
    ),
    (
        {"parties": [{"name": "Juan Pérez", "identifier": {"scheme": "AR-DNI", "id": "23456789"}}]},
        {
            "parties": [
                {"name": "〔person〕", "identifier": {"scheme": "AR-DNI", "id": "〔id_number〕"}}
            ]
        },
    ),
    (
        {
            "suppliers": [
                {"name": "María Gómez", "details": {"scale": "natural person"}},
                {"name": "Gómez SA"},
            ]
        },
        {
            "suppliers": [
                {"name": "〔person〕", "details": {"scale": "natural person"}},
                {"name": "Gómez SA"},
            ]
        },
    ),
    (
        {"description": "<td>联系人</td><td style='a'>张三</td><p>电话：0991-1234567</p>"},
        {"description": "<td>联系人</td><td style='a'>〔person〕</td><p>电话：〔phone〕</p>"},
    ),
    (
        {"contactPoint": {"name": "采购科", "telephone": "see website"}},
        {"contactPoint": {"name": "采购科", "telephone": "see website"}},
    ),
    (
        {"contactPoint": {"name": "Procurement Department"}, "ocid": "ocds-213czf-13800138000"},
        {"contactPoint": {"name": "Procurement Department"}, "ocid": "ocds-213czf-13800138000"},
    ),
    (
        {
            "contactPoint": {"name": "Іваненко Іван Петрович"},
            "suppliers": [{"name": "ФОП ПЕТРЕНКО ОЛЕГ ІВАНОВИЧ"}],
        },
        {"contactPoint": {"name": "〔person〕"}, "suppliers": [{"name": "ФОП 〔person〕"}]},
    ),
]


@pytest.mark.parametrize(("record", "expected"), CASES)
@pytest.mark.parametrize("ascii_only", [True, False])
def test_record(record: object, expected: object, ascii_only: bool) -> None:
    assert json.loads(mask(record, ascii_only=ascii_only).text) == expected


def test_a_label_reaches_no_further_than_its_string() -> None:
    record = {"a": "项目联系人：", "b": "高原监控"}
    assert json.loads(mask(record).text) == record


def test_the_map_of_a_bare_number_covers_its_quotes() -> None:
    page = mask({"mobile": 13800138000})
    (span,) = page.masked
    assert page.text[span.start : span.end] == '"〔phone〕"'
    assert span.parsed_end - span.parsed_start == 11


@pytest.mark.parametrize(
    "raw", ['{"a": "\\ud800 张三"', "[]", '"联系人：张三"', '{"phone": "1', "{}{}}]", ""]
)
def test_broken_records_are_read_without_error(raw: str) -> None:
    assert (
        "张三" not in mask_page(ParsedPage("0" * 64, 1, raw, "record", "x")).text
        or "联系人" not in raw
    )


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.floats(allow_nan=False)
    | st.text(max_size=40)
    | st.just("联系人：张三丰"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["name", "contactPoint", "phone", "x", "联系人", "details"]), inner
        )
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(VALUES, st.booleans())
def test_any_record_stays_json_of_the_same_shape(record: object, ascii_only: bool) -> None:
    page = mask(record, ascii_only=ascii_only)
    assert _shape(json.loads(page.text)) == _shape(record)
    assert "张三丰" not in json.dumps(json.loads(page.text), ensure_ascii=False)


def _shape(value: object) -> object:
    if isinstance(value, dict):
        return {key: _shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_shape(inner) for inner in value]
    return None


def test_an_unmasked_record_is_untouched() -> None:
    rng = random.Random(1)
    record = {
        "ocid": "ocds-1",
        "tender": {"title": "CCTV cameras", "value": {"amount": rng.random()}},
    }
    page = mask(record)
    assert page.masked == ()
    assert json.loads(page.text) == record


def test_a_bare_number_in_a_list_of_telephones_is_masked() -> None:
    page = mask({"contactPoint": {"telephone": [13812345678, 13987654321], "lots": [1, 20000000]}})
    assert json.loads(page.text) == {
        "contactPoint": {"telephone": ["〔phone〕", "〔phone〕"], "lots": [1, 20000000]}
    }


def test_a_name_found_in_one_string_is_masked_in_those_not_worth_a_search() -> None:
    page = mask({"title": "Works led by the office of Jane Roe", "note": "Attn: Jane Roe"})
    assert json.loads(page.text) == {
        "title": "Works led by the office of 〔person〕",
        "note": "Attn: 〔person〕",
    }


def test_one_word_under_a_contact_point_is_not_carried_on() -> None:
    page = mask({"contactPoint": {"name": "Almacenes"}, "title": "Almacenes del norte"})
    assert json.loads(page.text) == {
        "contactPoint": {"name": "〔person〕"},
        "title": "Almacenes del norte",
    }


def test_addresses_in_a_record_are_masked_and_stay_addresses() -> None:
    page = mask(
        {"url": "http://www.example.cn/x?name=张例民&tel=13812345678", "uri": "http://a.b/c?d=1"}
    )
    assert json.loads(page.text) == {
        "url": "http://www.example.cn/x?name=〔person〕&tel=〔phone〕",
        "uri": "http://a.b/c?d=1",
    }


def test_what_belongs_to_an_owner_is_theirs_and_what_belongs_to_a_company_stays() -> None:
    owner = {
        "id": "b1",
        "name": "Jane Roe",
        "birthDate": "1970-05-06",
        "identifier": {"scheme": "GB-PP", "id": "123456789"},
        "address": {"streetAddress": "5 Rose Lane", "locality": "Leeds", "postalCode": "LS1 1AA"},
        "residenceAddress": {"streetAddress": "6 Rose Lane"},
    }
    company = {
        "name": "Fund Holdings LLC",
        "identifier": {"scheme": "GB-COH", "id": "01234567"},
        "address": {"streetAddress": "1 Bank Street", "postalCode": "LS2 2BB"},
    }
    record = {
        "ocid": "ocds-1",
        "parties": [
            {**company, "beneficialOwners": [owner], "shareholders": [company]},
            {**company, "persones": [{"name": "Ivan Petrov", "dateOfBirth": "1980-01-02"}]},
        ],
    }
    masked = json.loads(mask(record).text)
    first, second = masked["parties"]
    assert first["beneficialOwners"] == [
        {
            "id": "b1",
            "name": "〔person〕",
            "birthDate": "〔id_number〕",
            "identifier": {"scheme": "GB-PP", "id": "〔id_number〕"},
            "address": {
                "streetAddress": "〔address〕",
                "locality": "Leeds",
                "postalCode": "〔address〕",
            },
            "residenceAddress": {"streetAddress": "〔address〕"},
        }
    ]
    assert first["shareholders"] == [company]
    assert {key: first[key] for key in company} == company
    assert {key: second[key] for key in company} == company
    assert second["persones"] == [{"name": "〔person〕", "dateOfBirth": "〔id_number〕"}]


@pytest.mark.parametrize(
    "key", ["birthDate", "date_of_birth", "birthday", "fechaNacimiento", "出生日期", "生年月日"]
)
def test_days_of_birth_are_masked_by_their_keys(key: str) -> None:
    assert json.loads(mask({key: "1970-05-06"}).text) == {key: "〔id_number〕"}


@pytest.mark.parametrize(
    ("key", "name"),
    [
        *[
            (key, "沈玉兰")
            for key in ("lxrxm", "cgrlxr", "zbdlrlxr", "frdb", "fddbr", "pszj", "pwmd")
        ],
        *[(key, "严凤英") for key in ("xmjl", "purchaserLinkMan", "agencyLinker", "createUser")],
        *[(key, "Mary Roe") for key in ("Requester", "Prepared by", "x_signatory", "agentContact")],
    ],
)
def test_keys_of_portals_that_ask_for_persons(key: str, name: str) -> None:
    assert json.loads(mask({key: name}).text) == {key: "〔person〕"}


def test_keys_that_are_like_these_ask_for_nobody() -> None:
    record = {
        "zj": "80000000",
        "xmmc": "金海湾",
        "publishTime": "Noon",
        "zjly": "财政",
        "cy": "金华",
    }
    assert json.loads(mask(record).text) == record
    assert json.loads(mask({"zjhm": "110105491231002"}).text) == {"zjhm": "〔id_number〕"}
