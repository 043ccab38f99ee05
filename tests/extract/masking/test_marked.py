"""Suppliers that their own row or record marks as natural persons are nowhere in it; firms stay."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.extract.masking.tables import masked_cells, masked_record, masked_row, row

from sousveil.extract.masking.marked import is_firm, marks, part_of_supplier
from sousveil.extract.masking.names import is_stop
from sousveil.extract.registry import extract_notices
from sousveil.extract.tabular.headings import sources

AMERICAN = {
    "award_id_piid": "W912-24-P-0001",
    "recipient_name": "MATTHEW SAXON MOLEN",
    "recipient_name_raw": "Matthew S. Molen",
    "recipient_doing_business_as_name": "MOLEN DESIGN",
    "recipient_parent_name": "MOLEN, MATTHEW",
    "recipient_uei": "P37UBJ736UP3",
    "recipient_parent_uei": "P37UBJ736UP3",
    "cage_code": "9M1E3",
    "recipient_address_line_1": "241 BLADE CT",
    "recipient_city_name": "MOLEN",
    "recipient_zip_4_code": "957474469",
    "primary_place_of_performance_zip_4": "957474469",
    "recipient_state_name": "CALIFORNIA",
    "organizational_type": "SOLE PROPRIETORSHIP",
    "sole_proprietorship": "t",
    "transaction_description": "MOLEN - COIN PROGRAM, matthew molen; Saxon-Molen's fees",
    "awarding_office_name": "MOLEN AIR FORCE BASE",
    "total_dollars_obligated": "957474.46",
}
"""As the exports of USAspending have it; nobody of that name."""


def test_a_sole_proprietor_is_in_no_column() -> None:
    assert masked_row(AMERICAN) == AMERICAN | {
        "recipient_name": "〔person〕",
        "recipient_name_raw": "〔person〕",
        "recipient_doing_business_as_name": "〔person〕 DESIGN",
        "recipient_parent_name": "〔person〕",
        "recipient_uei": "〔id_number〕",
        "recipient_parent_uei": "〔id_number〕",
        "cage_code": "〔id_number〕",
        "recipient_address_line_1": "〔address〕",
        "recipient_zip_4_code": "〔address〕",
        "primary_place_of_performance_zip_4": "〔address〕",
        "transaction_description": "〔person〕 - COIN PROGRAM, 〔person〕; 〔person〕's fees",
    }


def test_the_notice_of_a_sole_proprietor_names_no_supplier() -> None:
    (notice,) = extract_notices([row(AMERICAN)])
    assert notice.suppliers == ()
    assert notice.identifiers == ()
    assert notice.award is not None


def test_an_unmarked_row_is_left_as_it_is() -> None:
    unmarked = AMERICAN | {
        "sole_proprietorship": "f",
        "organizational_type": "OTHER",
        "transaction_description": "MOLEN - COIN PROGRAM",
    }
    page = row(unmarked)
    assert page.masked == ()


@pytest.mark.parametrize(
    "name",
    ["ALLPRO STAFFNET LIMITED-LIABILITY COMPANY", "NOBLE DRONE SERVICES, LLC", "Molen Consulting",
     "Smith & Sons", "Gómez SA", "Maler Müller Malerbetrieb", "MARIA GOMEZ CONSTRUCCIONES"],
)  # fmt: skip
def test_a_sole_proprietor_under_the_name_of_a_firm_stays(name: str) -> None:
    values = {"recipient_name": name, "recipient_uei": "P37UBJ736UP3", "sole_proprietorship": "t"}
    assert masked_row(values) == values


@pytest.mark.parametrize(
    "values",
    [
        {"proveedor": "MARIA GOMEZ RUIZ", "tipo de persona": "Persona física"},
        {"proveedor": "MARIA GOMEZ RUIZ", "Tipo de proveedor": "persona natural con negocio"},
        {"proveedor": "MARIA GOMEZ RUIZ", "tipo_persona": "Natural"},
        {"proveedor": "MARIA GOMEZ RUIZ", "TipoDocProveedor": "Cédula de Ciudadanía"},
        {"fornecedor": "Maria de Souza", "tipoPessoa": "F"},
        {"fornecedor": "Maria de Souza", "natureza jurídica": "Pessoa Física"},
        {"titulaire": "Marie Dupont", "forme juridique": "Entrepreneur individuel"},
        {"Auftragnehmer": "Erika Beispiel", "Rechtsform": "Einzelunternehmen"},
        {"поставщик": "Молен Матвей", "тип": "индивидуальный предприниматель"},
        {"供应商名称": "买买提·阿不都", "供应商性质": "自然人"},
        {"中标人": "大丰收", "企业类型": "个体工商户"},
        {"업체명": "홍길동", "업체구분": "개인사업자"},
        {"vendor": "Erika Beispiel", "vendor_type": "Sole Trader; Small Business"},
        {"vendor": "Erika Beispiel", "is_individual": "TRUE"},
        {"vendor": "Erika Beispiel", "Is Individual?": "Yes"},
        {"vendor": "Erika Beispiel", "entity_structure": "2J"},
        {"vendor": "Dr. Erika Beispiel, PhD", "entity type": "Individual/Sole Proprietor"},
        {"vendor": "Beispiel, Erika (sole trader)", "entity type": "sole trader"},
        {"vendor": "Erika Beispiel", "supplier is a natural person": "yes"},
    ],
)
def test_marks_of_many_systems(values: dict[str, str]) -> None:
    values = values | {"title": "Cameras"}
    expected = values | {next(iter(values)): "〔person〕"}
    assert masked_row(values) == expected
    assert masked_record(values) == expected
    assert masked_cells([[*values], [*values.values()]])[1] == [*expected.values()]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("buyer type", "natural person"),
        ("owner is natural person", "yes"),
        ("title", "individual"),
        ("sole_proprietorship", "f"),
        ("supplier type", "company"),
        ("supplier type", "not an individual"),
        ("contact type", "individual"),
        ("tipo persona", "Persona natural o jurídica"),
        ("tipo_persona", "J"),
        ("Tipo de documento representante legal", "Cédula de Ciudadanía"),
    ],
)
def test_what_marks_no_supplier(key: str, value: str) -> None:
    assert not marks(key, value)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("supplier_1_{}", "supplier_2_{}"),
        ("Supplier {} 1", "Supplier {} 2"),
        ("winner1_{}", "winner2_{}"),
        ("awards/0/suppliers/0/{}", "awards/0/suppliers/1/{}"),
        ("parties/0/{}", "parties/1/{}"),
    ],
)
def test_a_mark_is_of_the_supplier_that_it_counts(first: str, second: str) -> None:
    values = {
        first.format("name"): "Erika Beispiel",
        first.format("type"): "sole trader",
        first.format("id"): "12345678-K",
        second.format("name"): "Beispiel Ejemplar",
        second.format("type"): "company",
        second.format("id"): "87654321-0",
        "title": "Cameras",
    }
    expected = values | {first.format("name"): "〔person〕", first.format("id"): "〔id_number〕"}
    assert masked_row(values) == expected
    assert masked_record(values) == expected


def test_the_kind_of_one_party_makes_no_person_of_another() -> None:
    values = {"supplier 1 name": "Erika Beispiel", "supplier 1 type": "persona física"}
    others = {"supplier 2 name": "Ejemplar", "supplier 2 type": "persona moral"}
    assert masked_row(values | others) == values | others | {"supplier 1 name": "〔person〕"}


def test_a_mark_that_counts_none_is_of_all_suppliers() -> None:
    values = {
        "supplier_1_name": "Erika Beispiel",
        "supplier_2_name": "Ana Muster",
        "type": "sole trader",
    }
    assert list(masked_row(values).values()) == ["〔person〕", "〔person〕", "sole trader"]


def test_one_of_several_suppliers_in_a_value() -> None:
    values = {
        "supplier": "María Gómez; Gómez SA",
        "title": "Cameras",
        "supplier_type": "individual",
    }
    assert masked_row(values)["supplier"] == "〔person〕; Gómez SA"


def test_addresses_of_offices_and_contacts_of_a_marked_supplier() -> None:
    values = {
        "vendor": "Erika Beispiel",
        "vendor type": "sole trader",
        "vendor office address": "Musterweg 12",
        "vendor contact street": "Musterweg 14",
        "buyer address": "Amtsplatz 1",
    }
    masked = {"vendor office address": "〔address〕", "vendor contact street": "〔address〕"}
    assert masked_row(values) == values | {"vendor": "〔person〕"} | masked


@pytest.mark.parametrize("name", ["N/A", "REDACTED DUE TO PII", "MISCELLANEOUS FOREIGN AWARDEES"])
def test_what_stands_for_no_name_stays(name: str) -> None:
    values = {"vendor": name, "vendor type": "individual", "title": "Cameras"}
    assert masked_row(values) == values


def test_a_firm_in_running_text_keeps_the_surname_in_its_name() -> None:
    values = {"vendor": "María Gómez", "vendor type": "individual", "title": "Gómez & Hijos Ltda"}
    assert masked_row(values)["title"] == "Gómez & Hijos Ltda"
    assert masked_row(values | {"title": "De María Gómez SA"})["title"] == "De 〔person〕 SA"


def test_the_name_in_a_list_of_suppliers() -> None:
    values = {"name": "Erika Beispiel", "type": "sole proprietor", "address": "Musterweg 12"}
    expected = values | {"name": "〔person〕", "address": "〔address〕"}
    assert masked_row(values) == masked_record(values) == expected


def test_tables_of_two_columns_and_of_web_pages() -> None:
    values = {"vendor": "Erika Beispiel", "vendor type": "sole trader"}
    assert "Beispiel" not in row(values).text
    told = [
        ["vendor", "vendor type"],
        ["Erika Beispiel", "sole trader"],
        ["Ana Ejemplar", "company"],
    ]
    assert masked_cells(told) == [told[0], ["〔person〕", "sole trader"], told[2]]


def test_a_marked_party_of_a_release_is_masked_throughout_it() -> None:
    release = {
        "parties": [
            {
                "id": "MX-RFC-GOMM800101AB1",
                "name": "María Gómez",
                "address": {"streetAddress": "Calle Falsa 123", "locality": "Gómez Palacio"},
                "identifier": {"scheme": "MX-RFC", "id": "GOMM800101AB1"},
                "details": {"legalEntityTypeDetail": "Persona física con actividad empresarial"},
            },
            {"id": "2", "name": "Gómez SA"},
        ],
        "buyer": {"name": "Hospital Gómez"},
        "awards": [
            {
                "title": "Obra de Gómez",
                "suppliers": [{"id": "MX-RFC-GOMM800101AB1", "name": "MARIA GOMEZ"}],
            }
        ],
    }
    assert masked_record(release) == {
        "parties": [
            {
                "id": "MX-RFC-〔id_number〕",
                "name": "〔person〕",
                "address": {"streetAddress": "〔address〕", "locality": "Gómez Palacio"},
                "identifier": {"scheme": "MX-RFC", "id": "〔id_number〕"},
                "details": {"legalEntityTypeDetail": "Persona física con actividad empresarial"},
            },
            {"id": "2", "name": "Gómez SA"},
        ],
        "buyer": {"name": "Hospital Gómez"},
        "awards": [
            {
                "title": "Obra de 〔person〕",
                "suppliers": [{"id": "MX-RFC-〔id_number〕", "name": "〔person〕"}],
            }
        ],
    }


def test_a_bare_number_of_a_marked_supplier_is_masked_as_json() -> None:
    record = {"vendor": "Erika Beispiel", "is_individual": True, "vendor_id": 12.5, "note": "12.5"}
    assert masked_record(record) == record | {"vendor": "〔person〕", "vendor_id": "〔id_number〕"}


def test_a_mark_beside_an_object_is_of_the_supplier_in_it() -> None:
    record = {
        "supplier": {"name": "Erika Beispiel"},
        "supplier_type": "sole trader",
        "duns": 123456789,
    }
    expected = {
        "supplier": {"name": "〔person〕"},
        "supplier_type": "sole trader",
        "duns": "〔id_number〕",
    }
    assert masked_record(record) == expected
    listed = {"winner": "Erika Beispiel", "business_types": ["Small", "Sole Proprietorship"]}
    assert masked_record(listed) == listed | {"winner": "〔person〕"}


def test_every_heading_of_a_supplier_is_known() -> None:
    for source in sources().values():
        for heading in source.fields.get("suppliers", ()):
            part = part_of_supplier(heading)
            assert part, heading
            assert part.kind == "person", heading
        for numbers in source.numbers:
            for heading in numbers.headings:
                part = part_of_supplier(heading)
                if numbers.of == "suppliers":
                    assert part, heading
                    assert part.kind == "id_number", heading
                if numbers.of in ("buyer", "alike"):
                    assert part is None, heading


WORDS = st.lists(
    st.sampled_from(
        ["ba", "ko", "lu", "mi", "ra", "te", "zo", "bá", "ñu", "çe", "lö", "ßa", "O'ba"]
    ),
    min_size=2,
    max_size=4,
).map("".join)
CYRILLIC = st.lists(
    st.sampled_from(["ба", "ко", "лу", "ми", "ра", "те", "зо", "жу", "цы", "ща", "ёл", "їна"]),
    min_size=2,
    max_size=4,
).map("".join)
NAMES = st.lists(WORDS | CYRILLIC, min_size=2, max_size=3, unique=True).flatmap(
    lambda words: st.sampled_from([" ".join(words).title(), " ".join(words).upper()])
)
"""Made of syllables: no word of a language that means something else."""

TEMPLATE = (
    "awards suppliers supplier name type title remarks legalform description sole trader paid"
)
"""Words of the records themselves."""


def _written(name: str) -> list[str]:
    first, *middle, last = name.split()
    return [
        name,
        name.upper(),
        name.title(),
        f"{last}, {first}",
        " ".join((last, first, *middle)),
        last,
    ]


@settings(max_examples=150, deadline=None)
@given(
    NAMES, st.integers(0, 5), st.sampled_from(["csv", "flat", "counted", "nested"]), st.booleans()
)
def test_no_marked_name_is_shown(name: str, way: int, kind: str, ascii_only: bool) -> None:
    assume(not is_firm(name) and not is_stop(name))
    assume(not {*TEMPLATE.split(), "for", "lamps", "person"} & {*name.lower().split()})
    again = _written(name)[way]
    texts = {"title": f"Paid to {again} for 3 lamps", "remarks": again}
    if kind == "nested":
        supplier = {"name": name, "legalForm": {"description": "sole trader"}}
        record: object = {"awards": [{"suppliers": [supplier]}], **texts}
        shown = str(masked_record(record, ascii_only=ascii_only))
    else:
        prefix = "supplier_1_" if kind == "counted" else "supplier_"
        values = {f"{prefix}name": name, f"{prefix}type": "sole trader", **texts}
        if kind == "flat":
            shown = str(masked_record(values, ascii_only=ascii_only))
        else:
            page = row(values)
            shown = page.text
            assert not any(notice.suppliers for notice in extract_notices([page]))
    said = re.findall(r"[\w']+", shown.casefold())
    assert {*said}.isdisjoint(name.casefold().split())


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from("王李张刘陈杨黄赵吴周"),
    st.text("伟芳娜敏静丽强磊军洋勇艳杰娟涛", min_size=1, max_size=2),
    st.sampled_from(["自然人", "个人", "个体工商户", "个体户"]),
)
def test_no_marked_chinese_name_is_shown(surname: str, given_name: str, mark: str) -> None:
    name = surname + given_name
    values = {"供应商名称": name, "供应商性质": mark, "项目名称": f"{name}维修摄像机", "备注": name}
    assert name not in row(values).text
    assert name not in str(masked_record(values))


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=3))
def test_no_name_without_a_mark_is_touched(words: list[str]) -> None:
    name = " ".join(words).title()
    values = {"supplier_name": name, "supplier_type": "company", "title": f"Paid to {name}, lamps"}
    assert masked_row(values) == values
    assert masked_record(values) == values
