"""Objects of Prozorro's interface as releases: the standard grew out of it, and most names agree.

A tender holds what stands beside it in OCDS (awards, contracts, bids), and its own number is
``tenderID``. Source: https://prozorro-api-docs.readthedocs.io/en/latest/tendering/basic/tender.html
"""

from sousveil.extract.ocds.reader import Reader
from sousveil.extract.ocds.table import PROZORRO
from sousveil.extract.record_scan import Members

(_NUMBER,), (_BUYER,) = PROZORRO["project_id"].paths, PROZORRO["buyer"].paths
_BESIDE = frozenset({"awards", "contracts", "bids", "plans", "planning"})


def may_be_prozorro(text: str) -> bool:
    """Whether a record may be a tender of Prozorro: a quick look at its text."""
    return f'"{_NUMBER}"' in text and f'"{_BUYER}"' in text


def as_release(reader: Reader, root: Members) -> Members | None:
    """The release that a tender amounts to, or None where the object is no tender of Prozorro.

    Answers of the interface wrap the tender in ``data``.
    """
    data = root.get("data")
    tender = data if isinstance(data, dict) else root
    buyer = tender.get(_BUYER)
    if (
        "ocid" in tender
        or not isinstance(buyer, dict)
        or not isinstance(tender.get(_NUMBER), tuple)
    ):
        return None
    own = {name: node for name, node in tender.items() if name not in _BESIDE}
    release: Members = {"tender": {**own, "id": tender[_NUMBER]}, "buyer": buyer}
    release.update({n: tender[n] for n in ("awards", "contracts", "planning") if n in tender})
    bids = PROZORRO["bidders"].paths[0].split("/")[0]
    if bids in tender:
        release["bids"] = {"details": tender[bids]}
    dates = PROZORRO["published"].paths
    dated = next((tender[name] for name in dates if reader.plain(tender.get(name))), None)
    if dated is not None:
        release["date"] = dated
    return release
