"""What is an address on the web, and how standards of exchange write it."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.report.addresses import address


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://例え.jp/道?a=b c", "https://xn--r8jz45g.jp/%E9%81%93?a=b%20c"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("https://〔person〕/x", None),
        ("http://example.org:99999/", None),
        ("https://exa mple.org/", None),
        ("ftp://example.org/", None),
        ("example.org/x", None),
        ("https://example.org/〔person〕", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses_are_uris(written: str | None, told: str | None) -> None:
    assert address(written) == told


@given(st.text(max_size=40).map("https://example.org/".__add__) | st.text(max_size=40))
def test_any_text_is_none_or_a_uri_that_stays_one(written: str) -> None:
    told = address(written)
    if told is not None:
        assert told.isascii()
        assert urlsplit(told).hostname
        assert address(told) == told
