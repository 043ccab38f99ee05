"""Tables of ownership: what is read of a row, what is told by line, and persons as a number."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.errors import OwnershipError
from sousveil.model import OrganisationId
from sousveil.model.ownership import Link, Party
from sousveil.sources.ownership import read_ownership
from sousveil.sources.ownership_read import Read
from sousveil.sources.ownership_table import read_table, write_table
from sousveil.sources.ownership_values import Share, day_of, number_of, share_of, share_text

LEI = "5493001KJTIIGC8Y1R12"
USCC = "91330000733796106P"


def nobody(name: str) -> bool:
    return False


def somebody(name: str) -> bool:
    return name in ("Ann Example", "张三")


def read(text: str) -> Read:
    return read_table(text, somebody)


def test_a_row_is_a_link() -> None:
    (link,) = read(
        "child,parent,share,since,until,source\n"
        "Example Ltd,Holding Example AG,60 %,2019,2021-03,Annual report 2020\n"
    ).links
    assert link == Link(
        Party("Example Ltd"), Party("Holding Example AG"), "shareholding", 60.0, 60.0,
        since="2019-01-01", until="2021-03-31", source="Annual report 2020", line=2,
    )  # fmt: skip


def test_numbers_stand_for_names_or_beside_them() -> None:
    first, second = read(
        f"child;parent;parent_id\n{USCC};XI-LEI:{LEI};\nExample Ltd;Holding;{LEI} {USCC}\n"
    ).links
    assert first.child == Party("", (OrganisationId("CN-USCC", USCC),))
    assert first.parent == Party("", (OrganisationId("XI-LEI", LEI),))
    assert second.parent == Party(
        "Holding", (OrganisationId("CN-USCC", USCC), OrganisationId("XI-LEI", LEI))
    )


def test_headings_of_a_chinese_register() -> None:
    (link, persons) = read(
        "企业名称,股东,持股比例,股东类型\n示例科技有限公司,示例集团有限公司,51%,企业法人\n"
        "示例科技有限公司,王五,49%,自然人股东\n"
    ).links
    assert (link.parent, link.share_min) == (Party("示例集团有限公司"), 51.0)
    assert (persons.parent, persons.natural_persons, persons.share_min) == (None, 1, None)


def test_without_a_share_a_parent_is_a_parent() -> None:
    (link,) = read("child,parent\nA Example Ltd,B Example Ltd\n").links
    assert (link.interest, link.share_min) == ("parent", None)


def test_persons_are_counted_once_and_nothing_of_them_is_left() -> None:
    found = read(
        "child,parent,share,parent_type,source\n"
        "A Ltd,Ann Example,30,,register\nA Ltd,ANN EXAMPLE,40,person,register\n"
        "A Ltd,Bob Sample,20,natural person,register\nB Ltd,张三,100,,register\n"
    )
    assert [(x.child.name, x.natural_persons, x.share_min, x.since) for x in found.links] == [
        ("A Ltd", 2, None, None),
        ("B Ltd", 1, None, None),
    ]
    assert [(f.line, f.taken) for f in found.faults] == [(2, True), (5, True)]
    kept = write_table(found.links)
    assert not any(name in kept for name in ("Ann", "ANN", "Bob", "张三", "30", "40"))
    assert {name.lower() for name in found.persons.names} == {"ann example", "bob sample", "张三"}
    assert "Ann" not in repr(found)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A Ltd,B Ltd,101,,,,", "share is no percentage"),
        ("A Ltd,B Ltd,50-40,,,,", "share is no percentage"),
        ("A Ltd,B Ltd,-5,,,,", "share is no percentage"),
        ("A Ltd,B Ltd,5,yesterday,,,", "since is no date"),
        ("A Ltd,B Ltd,5,2020-02-30,,,", "since is no date"),
        ("A Ltd,B Ltd,5,2021,2020,,", "until is before since"),
        (",B Ltd,5,,,,", "child is empty"),
        ("A Ltd,,5,,,,", "parent is empty"),
        ("A Ltd,〔person〕,5,,,,", "parent is masked"),
        ("A Ltd,B Ltd,5,,,dog,", "parent_type is neither"),
        ("A Ltd,B Ltd,5,,,,913300007337961060", "parent_id is no number"),
        ("Ann Example,B Ltd,5,,,,", "the child looks like a natural person"),
    ],
)
def test_a_wrong_row_is_told_by_line_and_the_others_are_taken(row: str, reason: str) -> None:
    found = read(
        "child,parent,share,since,until,parent_type,parent_id\nOne Ltd,Two Ltd,70,,,,\n"
        f"\n{row}\nThree Ltd,Four Ltd,70,,,,\n"
    )
    assert [link.line for link in found.links] == [2, 5]
    (fault,) = found.faults
    assert (fault.line, fault.taken) == (4, False)
    assert fault.reason.startswith(reason)


def test_a_childs_type_is_read_and_kept() -> None:
    found = read("child,child_type,parent\nAnn Example,company,B Ltd\nC Ltd,dog,B Ltd\n")
    assert [link.child.name for link in found.links] == ["Ann Example"]
    assert [fault.reason[:10] for fault in found.faults] == ["child_type"]
    assert read_table(write_table(found.links), somebody).links == found.links
    kept = read("child,child_type,parent\nC Ltd,person,B Ltd\n")
    assert (kept.links, len(kept.faults)) == ((), 1)


def test_persons_of_rows_that_cannot_be_used_are_masked_too() -> None:
    found = read(
        "child,parent,share,parent_type\nA Ltd,Ann Example,200,dog\n,Bob Sample,1,person\n"
    )
    assert found.links == ()
    assert found.persons.names == {"Ann Example", "Bob Sample"}


def test_more_persons_than_anybody_counts_are_told() -> None:
    rows = "A Ltd,natural person,1000000\n" * 2
    found = read(f"child,parent,natural_persons\n{rows}")
    assert [link.natural_persons for link in found.links] == [1_000_000]
    assert [fault.line for fault in found.faults] == [3]
    assert read_table(write_table(found.links), nobody).faults == ()


def test_parts_of_one_are_no_percent() -> None:
    found = read("child,parent,share\nA Ltd,B Ltd,0.6\nA Ltd,C Ltd,0.4\n")
    assert found.links == ()
    assert "every share is at most 1" in found.faults[-1].reason
    assert len(read("child,parent,share\nA Ltd,B Ltd,0.6\nA Ltd,C Ltd,40\n").links) == 2
    assert len(read("child,parent,share\nA Ltd,B Ltd,0.6\nA Ltd,C Ltd,0.4％\n").links) == 2


@pytest.mark.parametrize(
    "text",
    ["", "name,owner\nA,B\n", "child,child,parent\nA,A,B\n", 'child,parent\n"A Ltd,B\n'],
)
def test_what_is_no_such_table_is_refused(text: str) -> None:
    with pytest.raises(OwnershipError):
        read(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_of_spreadsheets(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "parents.csv"
    file.write_bytes("child,parent\n示例科技有限公司,示例集团有限公司\n".encode(encoding))
    assert read_ownership(file, nobody).links[0].child.name == "示例科技有限公司"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OwnershipError, match="cannot be read"):
        read_ownership(tmp_path / "no.csv", nobody)


def test_a_formula_begins_no_name() -> None:
    (link,) = read("child,parent\n=cmd|' /C calc'!A0 Ltd,@B Ltd\n").links
    assert (link.child.name[:3], link.parent) == ("cmd", Party("B Ltd"))


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("60", Share(60, 60)),
        ("６０．５％", Share(60.5, 60.5)),
        ("12,5 %", Share(12.5, 12.5)),
        ("25-50", Share(25, 50)),
        ("25%–50%", Share(25, 50)),
        (">50", Share(50, 100, True)),
        (">=75", Share(75, 100)),
        (">50-75", Share(50, 75, True)),
        ("all", None),
        ("1000", None),
        (">100", None),
        ("0.0000000001", Share(1e-10, 1e-10)),
    ],
)
def test_shares(written: str, share: Share | None) -> None:
    assert share_of(written) == share


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-02-03T10:00:00Z", "2020-02-03", "2020-02-03"),
        ("2020年2月3日", "2020-02-03", "2020-02-03"),
        ("2020-13", None, None),
        ("0000", None, None),
        ("soon", None, None),
    ],
)
def test_days(written: str, first: str | None, last: str | None) -> None:
    assert (day_of(written), day_of(written, last=True)) == (first, last)


def test_a_wrong_check_digit_is_no_number() -> None:
    assert number_of("91330000733796106Q") is None
    assert number_of(f"xi-lei:{LEI}") is None  # a scheme is written in capitals
    assert number_of("GB-COH:0744 4723") == OrganisationId("GB-COH", "07444723")


NAMES = st.text("ABCdef 示例公司'\",;\n=+é", min_size=1, max_size=12).filter(
    lambda name: name.strip(" \n=+'") != "" and number_of(name) is None
)
PARTIES = st.builds(
    Party,
    NAMES.map(lambda name: " ".join(name.split()).lstrip("=+' ")).filter(bool),
    st.sampled_from([(), (OrganisationId("XI-LEI", LEI),)]),
    st.sampled_from([None, "CN", "GB"]),
)
SHARES = st.one_of(
    st.just(Share()),
    st.tuples(st.integers(2, 100), st.integers(0, 100), st.booleans()).map(
        lambda t: Share(float(min(t[:2])), float(max(t[:2])), t[2] and t[0] != t[1])
    ),
    st.floats(0, 1).map(lambda part: Share(round(part, 10), round(part, 10))),
)


@given(
    st.lists(
        st.builds(
            lambda child, parent, share, since, indirect, source: Link(
                child, parent, "votingRights", share.low, share.high, share.above,
                since, None, indirect, source=source,
            ),
            PARTIES, PARTIES, SHARES,
            st.sampled_from([None, "2019-05-06"]), st.booleans(),
            st.sampled_from(["", "https://example.org/a,b"]),
        ),
        max_size=5,
    )
)  # fmt: skip
def test_what_is_kept_is_read_as_the_same_links(links: list[Link]) -> None:
    numbered = [
        Link(**{f: getattr(link, f) for f in link.__struct_fields__} | {"line": at})
        for at, link in enumerate(links, start=2)
    ]
    found = read_table(write_table(links), nobody)
    assert (list(found.links), found.faults) == (numbered, ())


@given(SHARES)
def test_a_share_is_written_as_it_is_read(share: Share) -> None:
    assert share.low is None or share_of(share_text(share)) == share


@given(st.text(max_size=200))
def test_any_text_is_a_table_or_refused(text: str) -> None:
    try:
        found = read_table(text, nobody)
    except OwnershipError:
        return
    assert all(link.child.name or link.child.identifiers for link in found.links)
