"""Names of formats for people."""

from sousveil.reference.media_names import media_name


def test_names() -> None:
    assert media_name("application/pdf") == "PDF"
    assert media_name("application/x-unheard-of") == "application/x-unheard-of"
