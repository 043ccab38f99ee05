"""Labelled names with the numbers of their records: what a number joins counts, by spelling."""

from pathlib import Path

from benchmarks.organisations.in_a_case import as_named
from benchmarks.organisations.numbers import stated, with_numbers

from sousveil.model import NameKey, OrganisationId

NAMES = ("FALCON RIDGE INC", "HARBOR DELTA LLC", "CEDAR ATLAS CORP", "EMBER GRANITE SA")
KEYS = [NameKey(name, name, "US", None, ("supplier",)) for name in NAMES]
TRUTH = dict(zip(NAMES, ("a", "a", "b", "c"), strict=True))


def test_a_number_joins_what_names_do_not() -> None:
    numbers = {NAMES[0]: frozenset({"A", "B"}), NAMES[1]: frozenset({"B"})}
    alone, told = with_numbers(KEYS, TRUTH, {}), with_numbers(KEYS, TRUTH, numbers)
    assert (alone["recall"], told["recall"]) == (0.0, 1.0)
    assert told["precision"] == 1.0


def test_a_number_of_two_counts_against_precision() -> None:
    shared = dict.fromkeys(NAMES[1:3], frozenset({"A"}))
    assert with_numbers(KEYS, TRUTH, shared)["precision"] == 0.0


def test_numbers_are_read_beside_the_suppliers_names(tmp_path: Path) -> None:
    table = tmp_path / "contracts.csv"
    table.write_text(
        "recipient_uei,recipient_name,recipient_name_raw,recipient_doing_business_as_name\n"
        "A,One,ONE,\n,Two,TWO,\nB,One,,Eins\n"
    )
    assert stated(table) == {"One": {"A", "B"}, "ONE": {"A"}, "Eins": {"B"}}


def test_a_labelled_name_is_what_the_notices_of_a_case_name_so() -> None:
    buyer = NameKey("a", "Mapleton Police", "US", "Ohio/Mapleton", ("buyer",))
    elsewhere = NameKey("b", "Mapleton Police", "US", "Iowa", ("buyer",))
    label = NameKey("c", "MAPLETON POLICE", "US", "Ohio", ("buyer",))
    alone = KEYS[0]
    named = as_named([label, alone], [buyer, elsewhere], {NAMES[0]: frozenset("AB")})
    assert named["c"] == [buyer]
    assert {one.identifiers for one in named[alone.name_id]} == {
        (OrganisationId("US-SAM", "A"),),
        (OrganisationId("US-SAM", "B"),),
    }
