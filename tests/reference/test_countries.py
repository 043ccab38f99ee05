"""Countries by names and addresses, and their money."""

from datetime import date

import pytest

from sousveil.reference.countries import country_of, country_of_address, currency_of_country


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("德国驻华大使馆", "DE"),
        ("美国国务院", "US"),
        ("示例縣立正德國民中學", None),
        ("示例鄉久美國民小學", None),
        ("德国久美国民小学合作处", "DE"),
    ],
)
def test_a_school_named_guomin_names_no_country(name: str, country: str | None) -> None:
    assert country_of([name]) == country


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("https://web.pcc.gov.tw/prkms/tpam?pk=1", "TW"),
        ("http://www.ccgp.gov.cn/cggg/", "CN"),
        ("https://www.contractsfinder.service.gov.uk/notice/1", "GB"),
        ("https://sam.gov", "US"),
        ("https://example.mil:8443/x", "US"),
        ("https://compras.gob.mx/1", "MX"),
        ("https://www.boamp.gouv.fr", "FR"),
        ("https://www.g2b.go.kr/x", "KR"),
        ("https://gov.example.com/cn", None),
        ("https://example.com/?next=https://a.gov.cn/", None),
        ("https://ccgp.gov.cn.example.com/", None),
        ("ftp://a.gov.cn/", None),
        ("", None),
    ],
)
def test_a_government_address_tells_its_country(address: str, country: str | None) -> None:
    assert country_of_address(address) == country


def test_money_is_that_of_the_day() -> None:
    assert currency_of_country("CN") == "CNY"
    assert currency_of_country("TW", date(2026, 1, 1)) == "TWD"
    assert currency_of_country("HR", date(2020, 1, 1)) == "HRK"
    assert currency_of_country("HR", date(2025, 1, 1)) == "EUR"
    assert currency_of_country(None) is None
    assert currency_of_country("ZZ") is None
