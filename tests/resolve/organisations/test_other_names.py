"""Other names that a name gives of itself, and what stands in brackets and is none."""

import pytest

from sousveil.model import NameKey
from sousveil.resolve.organisations import resolve_organisations
from sousveil.resolve.organisations.latin import acronym, joined, own_text, swapped


def joined_by(*names: str, country: str = "CN", place: str | None = None, buys: bool = True) -> int:
    """How many organisations the names are."""
    kind = "other" if buys else None
    keys = [NameKey(name, name, country, place, ("buyer",), (), kind) for name in names]
    return len(resolve_organisations(keys).organisations)


@pytest.mark.parametrize(
    "names",
    [
        ("合肥市康复医院（合肥市第九人民医院）", "合肥市第九人民医院"),
        ("合肥市中医医院合肥市第九人民医院", "合肥市第九人民医院"),
        ("合肥市中医医院合肥市第九人民医院", "合肥市中医医院"),
        ("合肥市民政局（原合肥市老龄工作局）", "合肥市老龄工作局"),
    ],
)
def test_a_second_name_is_the_same_body(names: tuple[str, ...]) -> None:
    assert joined_by(*names) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("合肥市教育局（会计核算中心）", "合肥市会计核算中心"),
        ("安徽省公安厅（合肥市公安局）", "合肥市公安局"),
        ("合肥市公安局（合肥市公安局交警支队）", "合肥市公安局交警支队"),
        ("合肥市第九人民医院、合肥市康复医院", "合肥市康复医院"),
        ("中国工商银行股份有限公司（合肥分行）", "中国工商银行股份有限公司"),
    ],
)
def test_a_unit_or_a_neighbour_in_brackets_is_no_second_name(names: tuple[str, ...]) -> None:
    assert joined_by(*names) == 2


def test_another_name_that_two_claim_is_nobodys() -> None:
    trade = "Bright Harbor Services"
    one, two = f"Falcon Ridge LLC DBA {trade}", f"Delta Summit LLC dba {trade}"
    assert joined_by(one, trade, country="US", buys=False) == 1
    assert joined_by(one, two, trade, country="US", buys=False) == 3


def test_a_former_name_of_a_company() -> None:
    now, before = "江苏华安数字技术有限公司（原江苏瑞博信息有限公司）", "江苏瑞博信息有限公司"
    assert joined_by(now, before, buys=False) == 1
    assert joined_by(now.replace("原", "联合体成员"), before, buys=False) == 2


def test_an_acronym_is_one_by_its_letters() -> None:
    whole = "Agencia Nacional de Compras Públicas (ANCP)"
    assert acronym(whole) == "ancp"
    assert acronym("Agencia Nacional de Compras (LIMA)") == ""
    assert joined_by(whole, "ANCP - Chile", country="CL") == 1
    assert joined_by(whole, "ANCO - Chile", country="CL") == 2
    assert joined_by(whole, "Autoridad Nacional de Control Portuario (ANCP)", country="CL") == 2


def test_its_own_country_at_the_end_says_nothing() -> None:
    assert own_text("Servicio Nacional, Chile", "CL") == "Servicio Nacional"
    assert own_text("Servicio Nacional, Chile", "PE") == "Servicio Nacional, Chile"
    assert own_text("Banco de Chile", "CL") == "Banco de Chile"


def test_letters_that_changed_places() -> None:
    assert swapped("police struthers", "police sturthers")
    assert not swapped("police struthers", "police strothers")
    assert not swapped("police marion", "police marino")
    assert joined_by("Struthers PD", "Sturthers PD", country="US", place="OH") == 1
    assert joined_by("Struthers PD", "Sturthers PD", country="US") == 2


def test_words_written_together() -> None:
    assert joined("ab cd") == ""
    assert joined_by("Life Harbor Inc", "LIFEHARBOR INC", country="US", buys=False) == 1
    assert joined_by("Life Harbor Inc", "LIFEHARBOR LLC", country="US", buys=False) == 2


def test_a_coined_word_with_another_form_is_the_same_company() -> None:
    assert joined_by("Optigraph4all LLC", "Optigraph4all Inc", country="US", buys=False) == 1
    assert joined_by("Optic LLC", "Optic Inc", country="US", buys=False) == 2


@pytest.mark.parametrize(
    "names",
    [
        ("江苏华安信息技术有限公司", "浙江华安信息技术有限公司"),
        ("中国工商银行股份有限公司昌吉分行", "中国工商银行股份有限公司伊犁分行"),
        ("昌吉州公安局", "昌吉市公安局"),
        ("皮山县公安局", "墨玉县公安局"),
        ("MOTOROLA SOLUTIONS, INC.", "MOTOROLA INC"),
    ],
)
def test_near_misses_stay_two(names: tuple[str, ...]) -> None:
    country = "CN" if not names[0].isascii() else "US"
    assert joined_by(*names, country=country) == 2
