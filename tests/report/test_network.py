"""The network: GraphML that a parser and its schema's rules accept, and a picture that says all."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx
import pytest
from tests import owned
from typer.testing import CliRunner

from sousveil.case.folder import Case
from sousveil.cli.main import app
from sousveil.errors import UsageError
from sousveil.report import network
from sousveil.report.export import Chosen
from sousveil.report.network import Network
from sousveil.report.network_picture import Drawn, write_picture
from sousveil.report.network_ties import MOST_BIDDERS

_IN = "{http://graphml.graphdrawing.org/xmlns}"
_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return owned.with_owners(tmp_path_factory.mktemp("owned"))


def write_network(case: Case, path: Path, chosen: Chosen | None = None) -> Network:
    with path.open("wb") as out:
        return network.write_network(case, out, chosen)


def graph(path: Path) -> tuple[dict[str, dict[str, str]], list[dict[str, Any]]]:
    """Nodes by id and edges, with their data by attribute name; what GraphML asks for holds."""
    root = ElementTree.parse(path).getroot()
    assert root.tag == f"{_IN}graphml"
    keys = {key.attrib["id"]: key.attrib for key in root.findall(f"{_IN}key")}
    (inner,) = root.findall(f"{_IN}graph")
    assert inner.attrib["edgedefault"] == "directed"

    def data(element: ElementTree.Element) -> dict[str, str]:
        kind = element.tag.removeprefix(_IN)
        found = {}
        for one in element.findall(f"{_IN}data"):
            key = keys[one.attrib["key"]]
            assert key["for"] == kind
            if key["attr.type"] in ("int", "double"):
                float(one.text or "")
            found[key["attr.name"]] = one.text or ""
        return found

    nodes = {node.attrib["id"]: data(node) for node in inner.findall(f"{_IN}node")}
    edges = [{**edge.attrib, **data(edge)} for edge in inner.findall(f"{_IN}edge")]
    assert len(nodes) == len(inner.findall(f"{_IN}node"))
    assert {edge[end] for edge in edges for end in ("source", "target")} <= nodes.keys()
    return nodes, edges


def test_who_is_tied_to_whom(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "n.graphml"
    told = write_network(case, path)
    nodes, edges = graph(path)
    name = {key: node["name"] for key, node in nodes.items()}
    ties = {(e["tie"], name[e["source"]], name[e["target"]]): e for e in edges}
    assert sorted(ties) == sorted(
        [
            ("trade", owned.POLICE, owned.ALPHA),
            ("trade", owned.POLICE, owned.BETA),
            ("trade", owned.POLICE, owned.DELTA),
            ("ownership", "Example Holding plc", owned.ALPHA),
            ("ownership", "Example Holding plc", owned.BETA),
            ("ownership", "Example Holding plc", owned.GAMMA),
            *[("rival", *sorted(pair, key={n: k for k, n in name.items()}.get))
              for pair in ((owned.ALPHA, owned.BETA), (owned.ALPHA, owned.GAMMA),
                           (owned.BETA, owned.GAMMA))],
        ]
    )  # fmt: skip
    trade = ties["trade", owned.POLICE, owned.BETA]
    assert (trade["projects"], len(trade["project_keys"].split())) == ("2", 2)
    assert (trade["sole_projects"], trade["sole_usd"]) == ("1", "500")  # 1,000 were won by two
    shared = ties["trade", owned.POLICE, owned.ALPHA]
    assert (shared["sole_projects"], shared.get("sole_usd")) == ("0", None)
    assert ties["ownership", "Example Holding plc", owned.ALPHA]["controls"] == "true"
    assert (told.organisations, told.trades, told.rivals, told.owners) == (6, 3, 3, 3)
    assert nodes[trade["source"]]["roles"] == "buyer"


def test_networkx_reads_it(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "n.graphml"
    told = write_network(case, path)
    read = networkx.read_graphml(path)
    ties = [tie for _, _, tie in read.edges(data="tie")]
    assert read.is_directed()
    assert read.number_of_nodes() == told.organisations
    assert len(ties) == told.trades + told.rivals + told.owners
    assert all(isinstance(n, int) for _, n in read.nodes(data="projects"))


def test_the_same_case_gives_the_same_files(case: Case, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_network(case, tmp_path / f"{name}.graphml")
        write_picture(case, tmp_path / f"{name}.svg", most=20)
    for kind in ("graphml", "svg"):
        one, two = ((tmp_path / f"{name}.{kind}").read_bytes() for name in ("one", "two"))
        assert one == two


def test_of_what_a_query_finds(case: Case, tmp_path: Path) -> None:
    graphml, svg = tmp_path / "n.graphml", tmp_path / "n.svg"
    arguments = [str(case.root), "--out", str(graphml), "--svg", str(svg), "--query", "year:2022"]
    result = CliRunner().invoke(app, ["network", *arguments])
    assert result.exit_code == 0, result.output
    nodes, edges = graph(graphml)
    assert {n["name"] for n in nodes.values()} == {
        owned.POLICE,
        owned.BETA,
        "Example Holding plc",
    }
    assert [e["tie"] for e in edges] == ["trade", "ownership"]
    assert "1 of 1 buyers, 1 of 1 suppliers" in svg.read_text(encoding="utf-8")


def test_the_picture_says_what_it_leaves_out(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "n.svg"
    drawn = write_picture(case, path, most=2)
    assert drawn == Drawn(1, 1, 2, 3, 2, 3)
    root = ElementTree.parse(path).getroot()
    words = [text.text or "" for text in root.iter(f"{_SVG}text")]
    assert any("1 of 1 buyers, 2 of 3 suppliers, 2 of 3 pairs" in line for line in words)
    assert owned.BETA in words  # two projects: the strongest tie
    assert owned.ALPHA not in words  # it won with BETA: no dollars of its own
    assert any("only projects with one buyer and one winner" in line for line in words)
    titles = [title.text for title in root.iter(f"{_SVG}title")]
    assert "2 projects, US$ 500 in 1 with one buyer and one winner" in titles
    write_picture(case, path, most=3)
    assert "group: Example Holding plc" in path.read_text(encoding="utf-8")  # ALPHA's


def test_chinese_names_have_a_gloss(demo_case: Case, tmp_path: Path) -> None:
    path = tmp_path / "n.svg"
    drawn = write_picture(demo_case, path, most=10)
    root = ElementTree.parse(path).getroot()
    words = [text.text or "" for text in root.iter(f"{_SVG}text")]
    assert any("公安局" in line for line in words)
    assert any("Public Security Bureau" in line for line in words)
    assert any(line.startswith("Illustrative records.") for line in words)
    assert drawn.buyers <= 10 < drawn.of_buyers
    assert drawn.suppliers <= 10 < drawn.of_suppliers
    nodes, _ = graph_of(demo_case, tmp_path)
    assert not [node for node in nodes.values() if "〔" in node["name"]]


def graph_of(case: Case, folder: Path) -> tuple[dict[str, dict[str, str]], list[dict[str, Any]]]:
    write_network(case, folder / "n.graphml")
    return graph(folder / "n.graphml")


def test_nothing_chosen_is_an_empty_network(case: Case, tmp_path: Path) -> None:
    nothing = Chosen((), case.manifest())
    told = write_network(case, tmp_path / "n.graphml", nothing)
    assert (told.organisations, told.trades) == (0, 0)
    assert graph(tmp_path / "n.graphml") == ({}, [])
    assert write_picture(case, tmp_path / "n.svg", nothing, most=5) == Drawn(0, 0, 0, 0, 0, 0)
    ElementTree.parse(tmp_path / "n.svg")


def test_a_crowd_of_bidders_ties_nobody(tmp_path: Path) -> None:
    case = owned.make_case(tmp_path, crowd=MOST_BIDDERS)
    told = write_network(case, tmp_path / "n.graphml")
    assert (told.crowded, told.rivals) == (1, 0)


def test_no_place_for_a_file_is_told(case: Case, tmp_path: Path) -> None:
    place = str(tmp_path / "none" / "n.graphml")
    result = CliRunner().invoke(app, ["network", str(case.root), "--out", place])
    assert isinstance(result.exception, UsageError)
