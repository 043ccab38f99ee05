"""Addresses on the web as standards of exchange write them."""

from urllib.parse import quote, urlsplit, urlunsplit

_KEPT = "%/:?#[]@!$&'()*+,;=~"


def address(written: str | None) -> str | None:
    """An address of the web as a URI (RFC 3986), with a path; None for none, and for one of which a
    part is masked: nobody can go there. Signs that a URI does not have are percent-encoded."""
    if not written or "〔" in written:
        return None
    try:
        parts = urlsplit(written.strip())
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    except ValueError:  # no such port, or no such host
        return None
    if not known or quote(host, safe=_KEPT) != host:
        return None
    path, query, fragment = (quote(one, safe=_KEPT) for one in parts[2:])
    return urlunsplit((parts.scheme, host, path or "/", query, fragment))
