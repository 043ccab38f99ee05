"""The network of organisations as GraphML (graphml.graphdrawing.org), for Gephi, networkx, yEd.

A node an organisation; edges of three kinds: ``trade`` from a buyer to its supplier, ``rival``
between two that bid for the same project, ``ownership`` from parent to child. Each edge of the
first two names the projects that show it. All edges are directed, for networkx reads no graph of
both kinds; those of rivals go from the smaller key. Written in a stream, in the order of keys.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import BinaryIO
from xml.sax.saxutils import escape

import duckdb
import msgspec

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.reference.glossary import gloss
from sousveil.report.export import Chosen
from sousveil.report.network_ties import MOST_BIDDERS, rows, tie
from sousveil.text.controls import for_xml

_NODE = {
    "name": "string", "gloss": "string", "kind": "string", "country": "string", "place": "string",
    "roles": "string", "projects": "int", "usd": "double", "group_key": "string",
    "identifiers": "string",
}  # fmt: skip
_EDGE = {
    "tie": "string", "projects": "int", "sole_projects": "int", "sole_usd": "double",
    "project_keys": "string",
    "controls": "boolean", "share_min": "double", "interests": "string", "since": "string",
    "until": "string", "stated_in": "string",
}  # fmt: skip
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns'
    ' http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


class Network(msgspec.Struct, frozen=True):
    """How much was written. ``crowded``: projects with more than ``most_bidders``, whose bids tie
    nobody together."""

    organisations: int
    trades: int
    rivals: int
    owners: int
    crowded: int
    most_bidders: int = MOST_BIDDERS


def write_network(case: Case, out: BinaryIO, chosen: Chosen | None = None) -> Network:
    """Write the network of the notices ``chosen``, or of all, to ``out``."""
    with connect(case, chosen.state if chosen else None) as connection:
        crowded = tie(connection, chosen)
        counts = _write(connection, out)
    return Network(*counts, crowded.projects)


def _write(connection: duckdb.DuckDBPyConnection, out: BinaryIO) -> tuple[int, int, int, int]:
    out.write(_HEAD.encode())
    for domain, names in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in names.items():
            key = f'{domain}_{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"'
            out.write(f'  <key id="{key}/>\n'.encode())
    out.write(b'  <graph id="organisations" edgedefault="directed">\n')
    counts = [0, 0, 0, 0]
    for at, lines in enumerate(
        (_nodes(connection), _trades(connection), _rivals(connection), _owners(connection))
    ):
        for line in lines:
            out.write(line.encode())
            counts[at] += 1
    out.write(b"  </graph>\n</graphml>\n")
    return counts[0], counts[1], counts[2], counts[3]


def _nodes(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for row in rows(connection, "SELECT * FROM nodes ORDER BY org_key"):
        data = _data("node", {**row, "gloss": gloss(row["name"])}, _NODE)
        yield f'    <node id="{row["org_key"]}">{data}</node>\n'


def _trades(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for row in rows(connection, "SELECT * FROM trades ORDER BY buyer, supplier"):
        told = {"tie": "trade", **row, "project_keys": row["keys"]}
        yield _edge(row["buyer"], row["supplier"], told)


def _rivals(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for row in rows(connection, "SELECT * FROM rivals ORDER BY one, other"):
        told = {"tie": "rival", **row, "project_keys": row["keys"]}
        yield _edge(row["one"], row["other"], told)


def _owners(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for row in rows(connection, "SELECT * FROM owners ORDER BY parent, child"):
        told = {"tie": "ownership", **row, "stated_in": row["source"]}
        yield _edge(row["parent"], row["child"], told)


def _edge(source: str, target: str, told: dict[str, object]) -> str:
    ends = f'source="{source}" target="{target}"'
    return f"    <edge {ends}>{_data('edge', told, _EDGE)}</edge>\n"


def _data(domain: str, told: dict[str, object], names: dict[str, str]) -> str:
    return "".join(
        f'<data key="{domain}_{name}">{escape(_text(told[name]))}</data>'
        for name in names
        if told.get(name) not in (None, "")
    )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal | float):
        return f"{float(value):.10g}"
    return for_xml(str(value))
