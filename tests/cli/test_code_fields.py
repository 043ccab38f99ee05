"""``sousveil code --queue fields`` and ``sousveil correct``: words on single fields."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import run

from sousveil.case.database import connect
from sousveil.case.field_decisions import read_field_decisions
from sousveil.case.folder import Case
from sousveil.case.verify import verify
from sousveil.errors import DecisionError, UsageError
from sousveil.pipeline.field_desk import FieldDesk

VIDEO = "城区视频监控系统建设项目"


def fields(root: Path, keys: str, *options: str) -> str:
    return run("code", root, "--coder", "Ana", "--queue", "fields", *options, keys=keys)


def said(root: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    decisions = read_field_decisions(Case.open(root))
    return [(d.field, d.verdict, d.values) for d in decisions]


def the_tender(root: Path) -> str:
    with connect(Case.open(root)) as connection:
        query = "SELECT notice_id FROM notices WHERE project_name = ? AND notice_type = 'tender'"
        return str(connection.execute(query, [VIDEO]).fetchall()[0][0])


def test_the_least_sure_fields_that_count_come_first(root: Path) -> None:
    waiting = FieldDesk(Case.open(root), "Ana").waiting()
    assert [one.confidence for one in waiting] == sorted(one.confidence for one in waiting)
    assert {one.field for one in waiting} == {"buyer", "published", "budget"}
    assert {"办公家具" in (one.title or "") for one in waiting} == {False}
    assert all(one.quote for one in waiting)
    amounts = [one.title for one in waiting if one.field == "budget"]
    assert len(amounts) == 2  # one figure a project


def test_a_key_confirms_corrects_or_leaves_open(root: Path) -> None:
    waiting = FieldDesk(Case.open(root), "Ana").waiting()
    told = fields(root, "yuq")
    assert f"1 of {len(waiting)}" in told
    assert "2 fields decided by Ana." in told
    first, second = waiting[:2]
    assert said(root) == [(first.field, "right", first.values), (second.field, "unsure", ())]
    decisions = read_field_decisions(Case.open(root))
    assert [d.source.name for d in decisions if d.source] == ["fields", "fields"]
    assert f"1 of {len(waiting) - 2}" in fields(root, "q")
    assert list(verify(Case.open(root))) == []


def test_what_is_confirmed_is_sure_after_process_and_waits_for_nobody(root: Path) -> None:
    first = FieldDesk(Case.open(root), "Ana").waiting()[0]
    fields(root, "yq")
    run("process", root, "--quiet")
    left = FieldDesk(Case.open(root), "Bo").waiting()
    assert (first.notice_id, first.field) not in {(one.notice_id, one.field) for one in left}


def test_a_correction_asks_for_words_and_a_wrong_one_is_told_and_asked_again(root: Path) -> None:
    number = next(
        at
        for at, one in enumerate(FieldDesk(Case.open(root), "Ana").waiting())
        if one.field == "buyer"
    )
    told = fields(root, "s" * number + "c昌吉市\n昌吉市公安厅\nc昌吉市\n采购人：昌吉市\nq")
    assert "does not stand in the text" in told
    assert said(root) == [("buyer", "wrong", ("昌吉市",))]


def test_the_command_corrects_confirms_and_takes_back(root: Path) -> None:
    notice = the_tender(root)[:10]
    quote = "预算金额：100万元"
    told = run("correct", root, notice, "budget", "1000000", "--quote", quote, "--coder", "Ana")
    assert "budget: 1000000 CNY → 1000000 CNY." in told
    run("correct", root, notice, "buyer", "--confirm", "--coder", "Ana", "--note", "seen")
    run("correct", root, notice, "agency", "--absent", "--coder", "Ana")
    told = run("correct", root, notice, "budget", "--undo", "--coder", "Ana", "--json")
    assert json.loads(told)["verdict"] == "undone"
    assert [verdict for _, verdict, _ in said(root)] == ["wrong", "right", "wrong", "undone"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("price", "5", "--quote", "5"), "no field 'price'"),
        (("budget", "5"), "Say one thing"),
        (("budget", "--confirm", "--absent"), "Say one thing"),
        (("budget",), "Say one thing"),
        (("buyer", "--confirm", "--quote", "x"), "Say one thing"),
    ],
)
def test_what_cannot_be_understood_is_told(
    root: Path, arguments: tuple[str, ...], words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        run("correct", root, the_tender(root), *arguments, "--coder", "Ana")


def test_a_coder_is_named(root: Path) -> None:
    with pytest.raises(DecisionError, match="name of a coder"):
        run("correct", root, the_tender(root), "buyer", "--confirm")
