"""Pages of organisations: every figure counted by hand, copies once, hostile names inert."""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests import owned
from tests.report.browser import needs_chromium, watched_page

from sousveil import demo
from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.own_taxonomy import taxonomy_of
from sousveil.errors import UsageError
from sousveil.pipeline import review as pipeline
from sousveil.pipeline.process import Options
from sousveil.report import organisation_page
from sousveil.report.figures import FIGURES, draw
from sousveil.report.network_ties import MOST_BIDDERS
from sousveil.report.organisation import coverage_of, pages
from sousveil.report.organisation_page import write_pages
from sousveil.report.organisation_records import Page, Together
from sousveil.report.organisation_rows import prepare

HOSTILE = "Evil \u202egnp.exe <script>alert(1)</script><img src=//example.org/x> {{ 7*7 }} Ltd"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return owned.with_owners(tmp_path_factory.mktemp("owned"))


def organisation_of(case: Case, wanted: str, most: int = 200) -> Page:
    return organisation_page.organisation_of(case, wanted, most)


def write_organisation(case: Case, wanted: str, path: Path, most: int = 200) -> None:
    organisation_page.write_organisation(case, wanted, path, most)


def make(folder: Path, releases: list[dict[str, Any]], *more: dict[str, Any]) -> Case:
    """A case of these releases; each of ``more`` in a file of its own."""
    records = folder / "records"
    records.mkdir()
    for number, content in enumerate((releases, *([one] for one in more))):
        package = {
            "uri": f"https://example.org/{number}",
            "version": "1.1",
            "publishedDate": "2022-05-01T00:00:00Z",
            "publisher": {"name": "Illustrative"},
            "releases": content,
        }
        (records / f"{number}.json").write_text(json.dumps(package), encoding="utf-8")
    case = Case.open_or_create(folder / "case", taxonomy="1.0")
    with case.writing():
        pipeline.review(case, [records], Options(workers=1))
    return case


def sums(page: Page) -> list[tuple[str, bool, int | None, str | None, float, int]]:
    return [(s.role, s.shared, s.year, s.currency, s.amount, s.projects) for s in page.amounts]


def test_won_lost_and_what_was_shared(case: Case) -> None:
    beta = organisation_of(case, owned.BETA)
    assert (beta.bids.projects, beta.bids.won, beta.bids.lost) == (2, 2, 0)
    assert (beta.bids.with_bidders, beta.bids.won_with_bidders) == (1, 1)
    assert sums(beta) == [
        ("supplier", False, 2022, "USD", 500, 1),
        ("supplier", True, 2021, "USD", 1000, 1),
    ]
    (buyer,) = beta.partners
    assert (buyer.name, buyer.role, buyer.projects) == (owned.POLICE, "supplier", 2)
    assert (buyer.usd, buyer.with_usd, buyer.shared) == (500, 1, 1)
    gamma = organisation_of(case, owned.GAMMA)
    assert (gamma.bids.projects, gamma.bids.won, gamma.bids.lost) == (1, 0, 1)
    assert gamma.amounts == ()  # a bid is no money
    assert (gamma.coverage.notices, gamma.coverage.of_notices) == (1, 3)


def test_who_bid_in_the_same_tenders(case: Case) -> None:
    def told(rows: tuple[Together, ...]) -> list[tuple[str, int, int, int, int]]:
        return [(t.name, t.projects, t.both_won, t.won, t.other_won) for t in rows]

    alpha, gamma = (organisation_of(case, name) for name in (owned.ALPHA, owned.GAMMA))
    assert told(alpha.together) == [(owned.BETA, 1, 1, 0, 0), (owned.GAMMA, 1, 0, 1, 0)]
    assert told(gamma.together) == [(owned.ALPHA, 1, 0, 0, 1), (owned.BETA, 1, 0, 0, 1)]
    assert organisation_of(case, owned.DELTA).together == ()


def test_a_buyer_and_its_projects(case: Case) -> None:
    police = organisation_of(case, "northford  POLICE")
    assert sums(police) == [
        ("buyer", False, 2021, "USD", 1070, 2),
        ("buyer", False, 2022, "USD", 500, 1),
    ]
    assert [p.first_date.isoformat() for p in police.projects if p.first_date] == [
        "2022-04-01", "2021-03-06", "2021-03-05",
    ]  # fmt: skip
    assert {p.name: p.projects for p in police.partners} == {
        owned.ALPHA: 1, owned.BETA: 2, owned.DELTA: 1,
    }  # fmt: skip
    assert police.bids.projects == 0
    with connect(case) as connection:
        for project in police.projects:
            ((sha256, page, buyer),) = connection.execute(
                "SELECT document_sha256, page, buyer FROM notices WHERE notice_id = ?",
                [project.notice_id],
            ).fetchall()
            assert (project.document_sha256, project.page) == (sha256, page)
            assert project.written == buyer


def test_owners_stand_with_their_source_and_persons_only_as_a_number(case: Case) -> None:
    gamma = organisation_of(case, owned.GAMMA)
    assert [(o.name, o.natural_persons, o.controls) for o in gamma.owners] == [
        ("Example Holding plc", 0, False),
        (None, 1, False),
    ]
    alpha = organisation_of(case, owned.ALPHA)
    assert alpha.group is not None
    assert alpha.group.name == "Example Holding plc"
    assert alpha.owners[0].source == "https://example.org/alpha"
    written = case.root / "gamma.html"
    write_organisation(case, owned.GAMMA, written)
    text = written.read_text(encoding="utf-8")
    assert "1 natural person (not kept)" in text
    assert "Ann" not in text


def test_further_notices_and_copies_count_once(tmp_path: Path) -> None:
    first = owned.release(1, "2021-03-05", 1000, (owned.ALPHA,))
    again = {**first, "id": "1-award-2", "date": "2021-05-01T00:00:00Z"}
    case = make(tmp_path, [first, again], first)
    alpha = organisation_of(case, owned.ALPHA)
    assert sums(alpha) == [("supplier", False, 2021, "USD", 1000, 1)]
    assert (alpha.bids.won, alpha.count("supplier"), len(alpha.projects)) == (1, 1, 1)
    assert alpha.projects[0].notices >= 2


def test_a_project_of_lots_is_won_where_any_was_won(tmp_path: Path) -> None:
    one = owned.release(
        1, "2021-03-05", 600, (owned.ALPHA,), (owned.ALPHA, owned.BETA, owned.GAMMA)
    )
    second = {**one["awards"][0], "id": "1-2", "suppliers": [{"id": "b", "name": owned.BETA}],
              "value": {"amount": 400, "currency": "USD"}}  # fmt: skip
    case = make(tmp_path, [{**one, "awards": [*one["awards"], second]}])
    for name in (owned.ALPHA, owned.BETA):
        page = organisation_of(case, name)
        assert (page.bids.won, page.bids.lost) == (1, 0)
        assert [(s.shared, s.amount) for s in page.amounts] == [(True, 1000)]
        assert page.projects[0].winners == 2
    assert organisation_of(case, owned.GAMMA).bids.lost == 1


def test_no_winner_stated_is_no_loss(tmp_path: Path) -> None:
    open_ = owned.release(1, "2021-03-05", 1, (), (owned.ALPHA, owned.BETA))
    case = make(tmp_path, [{**open_, "tag": ["tender"], "parties": [], "awards": []}])
    alpha = organisation_of(case, owned.ALPHA)
    assert (alpha.bids.won, alpha.bids.lost, alpha.bids.not_known) == (0, 0, 1)
    assert [(t.name, t.won, t.other_won) for t in alpha.together] == [(owned.BETA, 0, 0)]


def test_a_winner_named_as_the_only_bidder_tells_nothing_of_losing(tmp_path: Path) -> None:
    case = make(tmp_path, [owned.release(1, "2021-03-05", 9, (owned.ALPHA,), (owned.ALPHA,))])
    alpha = organisation_of(case, owned.ALPHA)
    assert (alpha.bids.won, alpha.bids.with_bidders) == (1, 0)
    assert (alpha.coverage.notices, alpha.coverage.of_notices) == (0, 1)


def test_a_crowd_of_bidders_is_told_and_ties_nobody(tmp_path: Path) -> None:
    case = owned.make_case(tmp_path, crowd=MOST_BIDDERS)
    gamma = organisation_of(case, owned.GAMMA)
    assert (gamma.together, gamma.crowded, gamma.bids.lost) == ((), 1, 1)


def test_what_is_not_listed_is_counted(case: Case, tmp_path: Path) -> None:
    police = organisation_of(case, owned.POLICE, most=1)
    assert (len(police.projects), police.more) == (1, {"projects": 2})
    assert police.count("buyer") == 3
    page = tmp_path / "p.html"
    write_organisation(case, owned.POLICE, page, most=1)
    assert "the 2 earliest are not listed" in page.read_text(encoding="utf-8")


def test_who_answers_to_a_name(case: Case) -> None:
    key = organisation_of(case, owned.ALPHA).org_key
    assert organisation_of(case, key[:10]).org_key == key
    assert organisation_of(case, "alpha").org_key == key
    with pytest.raises(UsageError, match="4 organisations answer"):
        organisation_of(case, "Example Ltd")
    for nobody in ("Nobody at all", "", "  ", key[:3] + "zzz"):
        with pytest.raises(UsageError, match="No organisation"):
            organisation_of(case, nobody)


class _Read(HTMLParser):
    """What a page holds: elements, addresses, and its visible words."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.addresses: list[str] = []
        self.words = ""
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.addresses += [v or "" for name, v in attrs if name in ("href", "src", "srcset")]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_hostile_names_do_nothing(tmp_path: Path) -> None:
    hostile = owned.release(1, "2021-03-05", 10, (HOSTILE,), (HOSTILE, owned.ALPHA))
    case = make(tmp_path, [hostile])
    alpha = organisation_of(case, owned.ALPHA)
    (rival,) = alpha.together
    page = tmp_path / "page.html"
    for name in (owned.ALPHA, rival.org_key):
        write_organisation(case, name, page)
        read = _Read(page)
        assert read.tags["script"] == read.tags["img"] == 0
        assert read.addresses == ["data:,"]
        assert "<script>alert(1)</script>" in read.words
        assert "{{ 7*7 }}" in read.words
        assert "\u202e" not in page.read_text(encoding="utf-8")
    with pytest.raises(UsageError) as told:
        organisation_of(case, "l")
    assert "\u202e" not in f"{told.value.message}{told.value.hint}"


def test_pages_stand_beside_the_report_and_are_linked(demo_case: Case) -> None:
    report = demo_case.root / "report" / "report.html"
    folder = report.parent / "organisations"
    linked = {a for a in _Read(report).addresses if a.startswith("organisations/")}
    assert len(linked) > 30
    assert all((report.parent / address).is_file() for address in linked)
    index = _Read(folder / "index.html")
    listed = {a for a in index.addresses if re.fullmatch(r"g[0-9a-f]{24}\.html", a)}
    assert {p.name for p in folder.iterdir()} == listed | {"index.html"}
    for page in folder.iterdir():
        for address in _Read(page).addresses:
            assert address == "data:," or (folder / address).resolve().is_file(), page


def test_figures_are_those_of_the_demonstration_truth(demo_case: Case) -> None:
    """Counted anew of the truth, where a name is written one way alone."""
    truth = [n for n in demo.truth() if not n.duplicate_of]
    winners: dict[str, set[str]] = {}
    for notice in truth:
        for name in notice.suppliers:
            winners.setdefault(name, set()).add(notice.project)
    with connect(demo_case) as connection:
        taxonomy = taxonomy_of(demo_case)
        prepare(connection, None, 2_000, 200)
        found = {page.name: page for page in pages(connection, taxonomy)}
        coverage = coverage_of(connection)
    checked = 0
    for name, projects in winners.items():
        if name in found and [s.name for s in found[name].names] == [name]:
            assert found[name].count("supplier") == len(projects), name
            checked += 1
    assert checked > 30
    assert coverage.notices == sum(bool(n.bidders) for n in truth)
    assert coverage.of_notices == sum(bool(n.bidders or n.suppliers) for n in truth)
    assert not [page for page in found.values() if "〔" in page.name]


def test_a_page_says_what_the_row_says_that_leads_to_it(demo_case: Case) -> None:
    with connect(demo_case) as connection:
        rows = [
            (role, record)
            for definition in FIGURES
            if (role := {"bodies": "buyer", "suppliers": "supplier"}.get(definition.name))
            for figure in draw(connection, [definition])
            for record in figure.records()
        ]
        prepare(connection, None, 2_000, 200)
        found = {page.org_key: page for page in pages(connection, taxonomy_of(demo_case))}
    assert len(rows) == 50
    for role, record in rows:
        page = found[str(record["org_key"])]
        (part,) = [part for part in page.counts if part.role == role]
        assert part.surveillance == record["projects"]
        watching = {p.project_key for p in page.projects if p.surveillance and role in p.roles}
        assert watching == set(str(record["project_keys"]).split())


def test_a_limit_of_pages_is_told(demo_case: Case, tmp_path: Path) -> None:
    with connect(demo_case) as connection:
        folder = tmp_path / "organisations"
        frame = write_pages(connection, demo_case, taxonomy_of(demo_case), folder, most=5)
    assert (len(frame.linked), len(list(folder.iterdir()))) == (5, 6)
    told = f"{frame.in_figures - 5:,} more, with fewer projects, have no page here"
    assert told in (folder / "index.html").read_text(encoding="utf-8")


@needs_chromium
@pytest.mark.parametrize("width", [400, 1280])
def test_a_page_asks_for_nothing_and_does_not_scroll_sideways(demo_case: Case, width: int) -> None:
    folder = demo_case.root / "report" / "organisations"
    largest = max(folder.glob("g*.html"), key=lambda page: page.stat().st_size)
    with watched_page() as (page, requests, messages):
        page.set_viewport_size({"width": width, "height": 900})
        for file in (largest, folder / "index.html"):
            page.goto(file.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert [u for u in requests if not u.startswith(("data:", folder.as_uri()))] == []
    assert messages == []
