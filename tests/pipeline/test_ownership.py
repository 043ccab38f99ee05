"""Ownership in a case: taken in without persons, kept, checked, verified, withdrawn, rebuilt."""

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest

from sousveil.case.database import connect
from sousveil.case.folder import Case
from sousveil.case.verify import verify
from sousveil.errors import OwnershipError
from sousveil.pipeline import review as pipeline
from sousveil.pipeline.ownership import check, take
from sousveil.pipeline.process import Options
from sousveil.sources import ownership_table
from sousveil.text.identifiers import normal_identifier
from tests import owned
from tests.pipeline.state import exports

SOLE_TRADER = next(
    number
    for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if (number := normal_identifier("CN-USCC", f"92110105MA00000A1{sign}"))
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return owned.make_case(tmp_path_factory.mktemp("owned"))


@pytest.fixture
def parents(case: Case, tmp_path: Path) -> Path:
    for path in (case.root / "ownership").iterdir():
        path.unlink()
    file = tmp_path / "parents.csv"
    file.write_text(owned.PARENTS, encoding="utf-8")
    return file


def process(case: Case) -> None:
    with case.writing():
        pipeline.process(case, Options(workers=1))


def rows(case: Case, query: str) -> list[tuple[object, ...]]:
    with connect(case) as connection:
        return connection.execute(query).fetchall()


def test_links_are_kept_and_groups_follow(case: Case, parents: Path) -> None:
    with case.writing():
        taken = take(case, parents)
        assert take(case, parents).kept is None
    assert (taken.links, taken.natural_persons, taken.problems) == (4, 1, ())
    process(case)
    told = rows(case, "SELECT child, parent, share_min, controls, natural_persons, line"
                      " FROM ownership ORDER BY line")  # fmt: skip
    assert [row[:5] for row in told] == [
        (owned.ALPHA, "Example Holding plc", 80.0, True, 0),
        (owned.BETA, "Example Holding plc", 60.0, False, 0),  # ended before the last notice
        (owned.GAMMA, "Example Holding plc", 30.0, False, 0),
        (owned.GAMMA, None, None, False, 1),
    ]
    grouped = rows(case, "SELECT name FROM organisations WHERE group_key IS NOT NULL")
    assert grouped == [(owned.ALPHA,)]


def test_no_name_of_a_person_is_anywhere_in_the_case(case: Case, parents: Path) -> None:
    with case.writing():
        take(case, parents)
    process(case)
    files = [path for path in case.root.rglob("*") if path.is_file()]
    assert [path for path in files if b"Ann Example" in path.read_bytes()] == []
    assert parents.read_bytes() not in [path.read_bytes() for path in files]
    entry = [e for e in case.ledger.entries() if e.kind == "ownership"][-1]
    assert entry.parent_sha256 == hashlib.sha256(parents.read_bytes()).hexdigest()


def test_sources_and_file_names_are_masked(case: Case, parents: Path, tmp_path: Path) -> None:
    file = tmp_path / "联系人：李四 股权.csv"
    file.write_text(
        f"child,parent,source\n{owned.ALPHA},Beta Group Ltd,联系人：王五 13812345678\n"
        f"{owned.BETA},Beta Group Ltd,\n",
        encoding="utf-8",
    )
    with case.writing():
        kept = take(case, file).kept
    assert kept is not None
    text = (case.root / kept).read_text(encoding="utf-8")
    assert not [word for word in ("王五", "李四", "13812345678") if word in text + kept]
    assert "line 3" in text


NAMED_AGAIN = [
    "Ann Example's declaration",
    "https://example.org/officers/ann-example",
    "https://example.org/officers/Example%2C%20Ann",
    "AnnExample register",
    "王小明股权声明",
    "https://example.org/gudong/wang-xiaoming",
    f"{'x' * 294} Ann Example",
]


def content_of(case: Case) -> str:
    """All that the case says in words: its tables as exported, and the text of its files, names
    included."""
    with connect(case) as connection:
        told = repr(connection.execute("SELECT * FROM ownership").fetchall())
    folders = ("ownership", "ledger")
    files = [path for folder in folders for path in (case.root / folder).iterdir()]
    return told + "".join(f"{path.name}\n{path.read_text(encoding='utf-8')}" for path in files)


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_names_of_persons_are_in_no_source_and_no_file_name(
    case: Case, parents: Path, tmp_path: Path, suffix: str
) -> None:
    """The persons that a file declares, wherever else it names them, in whatever form."""
    file = tmp_path / f"ann-example und 王小明 shares.{suffix}"
    if suffix == "csv":
        table = io.StringIO()
        writer = csv.writer(table)
        writer.writerow(["child", "parent", "share", "parent_type", "source"])
        for number, source in enumerate(NAMED_AGAIN):
            writer.writerow([owned.ALPHA, f"Holding {number} plc", 10, "organisation", source])
            writer.writerow([f"Child {number} Ltd", "Ann Example", 10, "person", source])
            writer.writerow([owned.BETA, "王小明", 10, "自然人股东", source])
        file.write_text(table.getvalue(), encoding="utf-8")
    else:
        file.write_text("\n".join(map(json.dumps, bods_naming_persons())), encoding="utf-8")
    with case.writing():
        taken = take(case, file)
    assert taken.kept is not None
    process(case)
    said = (content_of(case) + repr(taken)).lower()
    for name in ("ann", "王小明", "wang-x", "xiaoming"):
        assert name not in said.replace("annual", ""), name


def bods_naming_persons() -> list[dict[str, object]]:
    """Statements of persons, and of holdings whose sources name them."""

    def stated(record: str, kind: str, source: str = "", **details: object) -> dict[str, object]:
        told: dict[str, object] = {"recordId": record, "recordType": kind}
        told |= {"source": {"url": source}} if source else {}
        return {**told, "recordDetails": details}

    found = [
        stated("alpha", "entity", name=owned.ALPHA),
        stated(
            "p1", "person", "https://example.org/ann-example", names=[{"fullName": "Ann Example"}]
        ),
        stated(
            "p2", "person", names=[{"familyName": "王", "givenName": "小明", "fullName": "王小明"}]
        ),
    ]
    for number, source in enumerate(NAMED_AGAIN):
        address = source if source.startswith("http") else f"https://example.org/{source}"
        found.append(stated(f"h{number}", "entity", name=f"Holding {number} plc"))
        for owner in ("p1", "p2", f"h{number}"):
            key = f"{owner}-{number}"
            ends = {"subject": "alpha", "interestedParty": owner}
            found.append(stated(key, "relationship", address, **ends))
    return found


def test_of_a_person_no_address_is_kept_but_its_host(case: Case, tmp_path: Path) -> None:
    """The path leads to the record of one person, whether it has a name or not."""
    file = tmp_path / "shares.csv"
    file.write_text(
        "child,parent,source\n"
        f"{owned.ALPHA},natural person,see https://example.org/persons/83471?x=1\n"
        f"{owned.BETA},natural person,https://example.org\n"
    )
    with case.writing():
        kept = take(case, file).kept
    assert kept is not None
    table = (case.root / kept).read_text()
    assert "83471" not in table
    assert "see https://example.org\n" in table


def test_a_table_put_there_by_hand_is_masked_when_it_is_read(case: Case, parents: Path) -> None:
    by_hand = case.root / "ownership" / "Ann Example.csv"
    by_hand.write_text(
        "child,parent,parent_type,source\n"
        f"{owned.ALPHA},Ann Example,person,\n{owned.ALPHA},B Ltd,,联系人：王五 ann-example\n",
        encoding="utf-8",
    )
    process(case)
    told = repr(rows(case, "SELECT * FROM ownership"))
    assert "B Ltd" in told
    problems = check(case)
    assert ["it names natural persons" in p.reason for p in problems].count(True) == 1
    assert len(problems) == 2
    assert "Ann" not in repr(problems)
    assert not [word for word in ("Ann", "ann-", "王五") if word in told]
    by_hand.unlink()


def test_an_organisation_that_only_notices_name_is_read_again(case: Case, parents: Path) -> None:
    """Its name looks like a person's: that it is none is kept with it."""
    parents.write_text(
        "child,child_type,parent,parent_type\n腾讯,organisation,阿里,organisation\n"
        f"{owned.ALPHA},,腾讯,企业法人\n",
        encoding="utf-8",
    )
    with case.writing():
        assert take(case, parents).links == 2
    process(case)
    assert rows(case, "SELECT child, parent FROM ownership ORDER BY 1") == [
        (owned.ALPHA, "腾讯"), ("腾讯", "阿里"),
    ]  # fmt: skip


def test_a_file_called_like_a_formula_begins_none(case: Case, tmp_path: Path) -> None:
    """The kept table is opened in spreadsheets, and a row without a source names the file."""
    file = tmp_path / "=HYPERLINK(1).csv"
    file.write_text(f"child,parent\n{owned.ALPHA},Beta Group Ltd\n")
    with case.writing():
        kept = take(case, file).kept
    assert kept is not None
    assert ",HYPERLINK(1).csv, line 2" in (case.root / kept).read_text().replace('"', "")


def test_sole_traders_are_persons(case: Case, parents: Path) -> None:
    """A number that begins 92 is that of a 个体工商户, as in notices."""
    parents.write_text(
        f"child,parent,parent_id,parent_type\n{owned.ALPHA},好又多便利店,{SOLE_TRADER},organisation\n"
        f"CN-USCC:{SOLE_TRADER},Beta Group Ltd,,\n{owned.BETA},Beta Group Ltd,,\n",
        encoding="utf-8",
    )
    with case.writing():
        taken = take(case, parents)
    assert (taken.links, taken.natural_persons) == (1, 1)
    assert [(p.line, p.taken) for p in taken.problems] == [(2, True), (3, False)]
    assert taken.kept is not None
    kept = (case.root / taken.kept).read_text(encoding="utf-8")
    assert not [word for word in (SOLE_TRADER, "好又多") if word in kept]


def test_more_links_than_a_table_holds_are_refused_whole(
    case: Case, parents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ownership_table, "MOST_ROWS", 3)
    parents.with_suffix(".jsonl").write_text(
        "\n".join(map(json.dumps, bods_naming_persons())), encoding="utf-8"
    )
    before = case.ledger.entries()
    with (
        case.writing(),
        pytest.raises(OwnershipError, match=r"more than a table .*Nothing was kept"),
    ):
        take(case, parents.with_suffix(".jsonl"))
    assert list((case.root / "ownership").iterdir()) == []
    assert list(case.ledger.entries()) == list(before)
    monkeypatch.undo()
    monkeypatch.setattr(ownership_table, "MOST_BYTES", 100)
    with case.writing(), pytest.raises(OwnershipError, match="Nothing was kept"):
        take(case, parents)
    assert list((case.root / "ownership").iterdir()) == []


def test_an_organisation_of_the_case_is_no_person(case: Case, parents: Path) -> None:
    parents.write_text(f"child,parent\n{owned.ALPHA},Northford\n{owned.BETA},{owned.POLICE}\n")
    with case.writing():
        taken = take(case, parents, keep=False)
    assert (taken.links, taken.natural_persons, taken.kept) == (1, 1, None)
    assert [(p.line, p.taken) for p in taken.problems] == [(2, True)]


def test_what_is_wrong_in_the_case_is_told_by_file_and_line(case: Case, parents: Path) -> None:
    by_hand = case.root / "ownership" / "by-hand.csv"
    by_hand.write_text(f"child,parent,share\n{owned.ALPHA},B Ltd,60\n{owned.BETA},B Ltd,600\n")
    (case.root / "ownership" / "bods.json").write_text("[]")
    told = [(p.file, p.line, p.taken) for p in check(case)]
    assert told == [
        ("ownership/bods.json", 0, False),
        ("ownership/by-hand.csv", 0, True),
        ("ownership/by-hand.csv", 3, False),
    ]
    with pytest.raises(OwnershipError, match=r"by-hand\.csv, line 3: share"):
        process(case)
    by_hand.write_text(f"child,parent,share\n{owned.ALPHA},B Ltd,60\n")
    process(case)
    assert rows(case, "SELECT parent FROM ownership") == [("B Ltd",)]


def test_a_changed_table_is_found_and_a_withdrawn_one_is_gone(case: Case, parents: Path) -> None:
    with case.writing():
        kept = take(case, parents).kept
    assert kept is not None
    process(case)
    assert list(verify(case)) == []
    path = case.root / kept
    path.write_text(path.read_text().replace("80", "90"))
    assert [(f.part, f.name) for f in verify(case)] == [("ownership", kept)]
    path.unlink()
    assert list(verify(case)) == []
    process(case)
    assert rows(case, "SELECT count(*) FROM ownership") == [(0,)]
    assert rows(case, "SELECT count(group_key) FROM organisations") == [(0,)]


def test_a_rebuild_brings_back_the_same(case: Case, parents: Path) -> None:
    with case.writing():
        take(case, parents)
    process(case)
    before = exports(case.root)
    with case.writing():
        pipeline.rebuild(case, Options(workers=1))
    assert exports(case.root) == before
