"""Columns in which systems name officers, directors, contacts and owners, in every format."""

import pytest
from tests.extract.masking.tables import masked_cells, masked_record, masked_row

from sousveil.extract.masking.officers import asks_for_person

AMERICAN = {
    "recipient_name": "EXAMPLE SENSORS INC",
    "highly_compensated_officer_1_name": "JANE Q ROE",
    "highly_compensated_officer_1_amount": "250000.00",
    "highly_compensated_officer_2_name": "ROE, RICHARD",
    "highly_compensated_officer_2_amount": "240000.00",
    "highly_compensated_officer_3_name": "Erika von Beispiel",
    "highly_compensated_officer_4_name": "M. Mustermann Jr.",
    "highly_compensated_officer_5_name": "GARCIA LOPEZ, ANA",
}
MASKED = {
    heading: "〔person〕" if "officer" in heading and heading.endswith("name") else value
    for heading, value in AMERICAN.items()
}


def test_highly_compensated_officers() -> None:
    assert masked_row(AMERICAN) == MASKED
    assert masked_record(AMERICAN) == MASKED
    assert masked_cells([[*AMERICAN], [*AMERICAN.values()]]) == [[*AMERICAN], [*MASKED.values()]]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("highlyCompensatedOfficer1Name", "Jane Roe"), ("Primary Contact Name", "Jane Roe"),
        ("point_of_contact", "Jane Roe"), ("POC Name", "Jane Roe"), ("CEO", "Jane Roe"),
        ("Director 1", "Jane Roe"),
        ("beneficial_owner_1_name", "Jane Roe"), ("Ultimate Beneficial Owners", "Jane Roe"),
        ("contracting_officer_name", "Jane Roe"), ("legal_representative_name", "Jane Roe"),
        ("Nombre del representante legal", "JUANA PEREZ"), ("Beneficiario final", "Juana Pérez"),
        ("Sócio Administrador", "Joana Souza"), ("Nome do contato", "Joana Souza"),
        ("Représentant légal", "Jeanne Dupont"), ("Bénéficiaire effectif", "Jeanne Dupont"),
        ("Geschäftsführer", "Erika Beispiel"), ("wirtschaftlich Berechtigter", "Erika Beispiel"),
        ("Legale rappresentante", "Maria Rossi"), ("Генеральный директор", "Молен Матвей"),
        ("ФИО руководителя", "Молен Матвей Иванович"), ("Бенефициарный владелец", "Молен Матвей"),
        ("ПІБ керівника", "Молен Матвій"), ("Кінцевий бенефіціарний власник", "Молен Матвій"),
        ("供应商联系人", "张三丰"), ("受益所有人", "张三丰"), ("高管姓名", "欧阳修文"),
        ("代表者名", "山田 太郎"), ("担当者名", "山田太郎"), ("代表取締役", "山田太郎"),
        ("대표자명", "홍길동"), ("담당자", "홍길동"),
    ],
)  # fmt: skip
def test_names_under_headings_of_persons(heading: str, name: str) -> None:
    values = {"vendor": "Example Sensors Ltd", heading: name, "title": "Cameras"}
    assert masked_row(values) == values | {heading: "〔person〕"}
    assert masked_record(values) == values | {heading: "〔person〕"}


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Beneficial owner", "Example Holdings Ltd"), ("CEO", "N/A"),
        ("contacto", "Oficina de Compras"), ("contact", "Procurement Department"),
        ("point_of_contact", "see website"), ("联系人", "采购中心"),
    ],
)  # fmt: skip
def test_organisations_under_headings_of_persons_stay(heading: str, said: str) -> None:
    values = {"vendor": "Example Sensors Ltd", heading: said, "title": "Cameras"}
    assert masked_record(values) == values


@pytest.mark.parametrize(
    "heading",
    [
        "contracting_officers_determination_of_business_size", "contact office", "officer title",
        "POC", "COO",
        "company name", "buyer name", "owner", "project name", "awarding office name", "name",
        "highly_compensated_officer_1_amount", "legal name", "contract", "代表処住所", "법인명",
        "project director's office", "vendor", "presidential order", "管理单位",
    ],
)  # fmt: skip
def test_other_headings_ask_for_nobody(heading: str) -> None:
    assert not asks_for_person(heading)
