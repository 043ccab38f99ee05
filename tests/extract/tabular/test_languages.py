"""Tables in the languages records come in: headings, numbers, dates and what kind they are."""

import pytest
from tests.extract.tabular.test_tabular import fields, pages

from sousveil.extract.registry import extract_notices
from sousveil.extract.tabular import EXTRACTOR
from sousveil.extract.tabular.headings import (
    SOURCES,
    currency_of,
    day_first,
    field_of,
    meaning_of,
    sources,
    unit_of,
)
from sousveil.extract.tabular.kinds import kinds
from sousveil.model import Money, Notice
from sousveil.text.headings import plain_heading


def one(text: str, name: str = "a.csv") -> Notice:
    read = pages(text.encode(), name)
    (notice,) = extract_notices(read, [EXTRACTOR])
    texts = {page.number: page.text for page in read}
    for _, field in fields(notice):
        place = field.evidence
        assert texts[place.page][place.start : place.end] == place.quote
    return notice


def said(notice: Notice, *names: str) -> list[object]:
    found = []
    for name in names:
        field = getattr(notice, name)
        value = field and field.value
        found.append(f"{value.amount} {value.currency}" if isinstance(value, Money) else value)
    return [str(value) if value is not None else None for value in found]


@pytest.mark.parametrize(
    ("table", "kind", "expected"),
    [
        (
            "Acheteur;Objet du marché;Montant (€);Date de publication;Titulaire;Numéro du marché\n"
            "Commune d'Essai;Vidéoprotection urbaine;1 250 000,50;05/03/2024;Vidéo;2024-S-017\n",
            "award",
            ["2024-S-017", "Vidéoprotection urbaine", "Commune d'Essai", None, "1250000.50 EUR",
             "2024-03-05"],
        ),
        (
            "Órgano de contratación;Objeto del contrato;Presupuesto base de licitación (EUR);"
            "Importe de adjudicación (EUR);Adjudicatario;Fecha de publicación;Nº expediente\n"
            "Ayuntamiento de Prueba;Lectura de matrículas;1.300.000,00;1.250.000,50;Ejemplar, S.A.;"
            "05/03/2024;300/2024/00017\n",
            "award",
            ["300/2024/00017", "Lectura de matrículas", "Ayuntamiento de Prueba", "1300000.00 EUR",
             "1250000.50 EUR", "2024-03-05"],
        ),
        (
            "Auftraggeber;Auftragsgegenstand;Auftragswert in EUR;Auftragnehmer;"
            "Veröffentlichungsdatum;Vergabenummer\n"
            "Landesamt Muster;Gesichtserkennung;1.250.000,50;Blick GmbH;05.03.2024;LKA-2024-0017\n",
            "award",
            ["LKA-2024-0017", "Gesichtserkennung", "Landesamt Muster", None, "1250000.50 EUR",
             "2024-03-05"],
        ),
        (
            "Órgão;Objeto;Valor estimado;Valor homologado;Fornecedor;Data de publicação;"
            "Número do processo\n"
            "Prefeitura de Exemplo;Reconhecimento facial;R$ 1.300.000,00;R$ 1.250.000,50;Olho Ltda;"
            "05/03/2024;PE 017/2024\n",
            "award",
            ["PE 017/2024", "Reconhecimento facial", "Prefeitura de Exemplo", "1300000.00 BRL",
             "1250000.50 BRL", "2024-03-05"],
        ),
        (
            "Реестровый номер;Заказчик;Наименование закупки;Начальная (максимальная) цена контракта"
            " (тыс. руб.);Дата размещения\n"
            "0373100001224000017;Департамент;Распознавание лиц;1 250,5;05.03.2024\n",
            "other",
            ["0373100001224000017", "Распознавание лиц", "Департамент", "1250500.0 RUB", None,
             "2024-03-05"],
        ),
        (
            "Номер закупівлі;Замовник;Предмет закупівлі;Очікувана вартість, грн;Дата публікації\n"
            "UA-2024-03-05-000017-a;Управління;Камери;1 250 000,50;05.03.2024\n",
            "other",
            ["UA-2024-03-05-000017-a", "Камери", "Управління", "1250000.50 UAH", None,
             "2024-03-05"],
        ),
        (
            "調達番号,発注機関,件名,契約金額（千円）,契約の相手方,契約締結日,入札方式\n"
            "令06-17,警視庁,防犯カメラ解析,12500,株式会社サンプル電機,令和6年3月5日,一般競争入札\n",
            "contract",
            ["令06-17", "防犯カメラ解析", "警視庁", None, "12500000 JPY", "2024-03-05"],
        ),
        (
            "공고번호,수요기관,공고명,추정가격(백만원),공고일,입찰마감일시,계약방법\n"
            '20240305-00017,예시경찰청,CCTV 구매,"1,250",2024. 3. 5.,2024-03-20 10:00,경쟁\n',
            "tender",
            ["20240305-00017", "CCTV 구매", "예시경찰청", "1250000000 KRW", None,
             "2024-03-05"],
        ),
    ],
)  # fmt: skip
def test_a_table_in_another_language(table: str, kind: str, expected: list[object]) -> None:
    notice = one(table)
    names = ("project_id", "project_name", "buyer", "budget", "award", "published")
    assert said(notice, *names) == expected
    assert notice.notice_type == kind


def test_headings_mean_one_field_each_and_say_which_day_comes_first() -> None:
    meant: dict[str, str] = {}
    for name, source in sources().items():
        for field, headings in source.fields.items():
            for heading in headings:
                assert meant.setdefault(plain_heading(heading), field) == field, (name, heading)
    assert list(sources()) == list(SOURCES)
    assert day_first("Date de publication")
    assert day_first("Datum")
    assert not day_first("Publication date")
    assert not day_first("x")


def test_headings_without_accents_and_in_capitals() -> None:
    assert field_of("MODALIDAD DE CONTRATACION") == field_of("modalidad de contratación")
    assert field_of("ORGAO") == field_of("Órgão")
    assert field_of("ДАТА ОКОНЧАНИЯ ПРИЕМА ЗАЯВОК") is not None
    assert meaning_of("契約金額") == meaning_of("契约金额")


@pytest.mark.parametrize(
    ("heading", "unit", "currency"),
    [
        ("Montant (k€)", "k€", "EUR"),
        ("Сумма, тыс. руб.", "тыс. руб.", "RUB"),
        ("Auftragswert in Euro", None, "EUR"),
        ("契約金額（円）", None, "JPY"),
        ("추정가격(원)", None, "KRW"),
        ("Importe (sin IVA)", None, None),
        ("Amount ($)", None, None),
        ("Montant (HT)", None, None),
    ],
)
def test_units_and_currencies_of_headings(
    heading: str, unit: str | None, currency: str | None
) -> None:
    assert (unit_of(heading), currency_of(heading)) == (unit, currency)


@pytest.mark.parametrize("written", ["(500)", "($1 500.00)", "( 1,500 )"])
def test_an_amount_in_brackets_is_taken_off_and_no_award(written: str) -> None:
    head = "Buyer,Project name,Contract number,Contract value (USD),Vendor,Award date\n"
    notice = one(f'{head}Police,Credit for cameras,C-1,"{written}",Axle Inc,2024-03-05\n')
    assert notice.award is None
    assert "amount_unreadable" in notice.flags


HEAD = (
    "award_id_piid,current_total_value_of_award,action_date,awarding_agency_name,"
    "awarding_sub_agency_name,funding_agency_name,funding_sub_agency_name,recipient_name,"
    "award_type,transaction_description,prime_award_base_transaction_description\n"
)


@pytest.mark.parametrize(
    ("awarding", "funding", "buyer", "agency"),
    [
        ("GSA,Federal Acquisition Service", "DoD,Air Force", "Air Force",
         "Federal Acquisition Service"),
        ("DoD,Air Force", "DoD,AIR FORCE", "AIR FORCE", None),
        ("DoD,Air Force", ",", "Air Force", None),
    ],
)  # fmt: skip
def test_who_pays_buys_and_who_awards_acts_for_them(
    awarding: str, funding: str, buyer: str, agency: str | None
) -> None:
    notice = one(f"{HEAD}X1,5,2024-05-06,{awarding},{funding},Acme Inc,PURCHASE ORDER,CAMERAS,\n")
    assert said(notice, "buyer", "agency") == [buyer, agency]


@pytest.mark.parametrize(
    ("own", "base", "name"),
    [
        ("FACE SEARCH LICENSES", "PLATFORM SUPPORT", "FACE SEARCH LICENSES"),
        ("EXERCISE OPTION YEAR 2", "COUNTER-UAS KITS", "COUNTER-UAS KITS"),
        ("DEOBLIGATION OF EXCESS FUNDS AND CLOSEOUT", "RADIO FINDERS", "RADIO FINDERS"),
        ("MODIFICATION TO INCREASE CEILING", "", "MODIFICATION TO INCREASE CEILING"),
    ],
)
def test_a_change_to_an_award_is_no_name(own: str, base: str, name: str) -> None:
    notice = one(f"{HEAD}X1,5,2024-05-06,DoD,Army,DoD,Army,Acme Inc,PURCHASE ORDER,{own},{base}\n")
    assert said(notice, "project_name") == [name]


def test_grants_are_no_purchases() -> None:
    table = (
        "award_id_fain,total_obligated_amount,action_date,awarding_sub_agency_name,recipient_name,"
        "assistance_type_description,transaction_description\n"
        "G-1,5,2024-09-30,Office of Programs,City of Example,PROJECT GRANT (B),CAMERAS\n"
    )
    assert list(extract_notices(pages(table.encode()), [EXTRACTOR])) == []


def test_every_kind_of_the_list_is_told_once() -> None:
    told = [kind.type for kind in kinds().type]
    assert len(told) == len(set(told))
    assert all(kind.words for kind in kinds().type)
