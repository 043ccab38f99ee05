"""What a run leaves to the next."""

from sousveil.resolve.worked_out import WorkedOut


def test_only_what_a_run_asked_for_is_left_to_the_next() -> None:
    first = WorkedOut("1")
    keys = [first.key("names", name) for name in ("a", "b")]
    for at, key in enumerate(keys):
        assert first.find(key, list[int]) is None
        first.note(key, [at])
    second = WorkedOut("1", dict(first.rows()))
    assert second.find(keys[1], list[int]) == [1]
    assert [key for key, _ in second.rows()] == [keys[1]]


def test_a_key_is_of_the_version_the_kind_and_what_was_given() -> None:
    keys = [
        WorkedOut(version).key(kind, given)
        for version in "12"
        for kind in ("names", "blocks")
        for given in ("a", "b", ("a",), ["a", "b"])
    ]
    assert len(set(keys)) == len(keys)
    assert WorkedOut("1").key("sets", {"b", "a"}) == WorkedOut("1").key("sets", {"a", "b"})


def test_what_is_no_such_result_is_worked_out_again() -> None:
    known = WorkedOut("1")
    key = known.key("names", "a")
    for damaged in (b"\xc1", b"\x01", b"\x93\x01"):
        again = WorkedOut("1", {key: damaged})
        assert again.find(key, list[int]) is None
        again.note(key, [7])
        assert dict(again.rows()) != {key: damaged}
