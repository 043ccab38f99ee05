"""Invented families of notices: what a province, a council or an alcaldía publishes of a purchase.

``families/building.txt`` was in sight while the rules were made and grew with them (a01 and on);
``families/unread.txt`` is measured only: its errors are never listed. Written before the rules by
who wrote the rules, from general knowledge of such notices; bodies, firms and numbers are invented.
A family is a case of its own kind (``= id | where | what it tries | country``), its buyer
(``@ name``), then a line a notice:

    PROJECT['] type day | number or - | name | b=budget a=award s=firm/firm r=reference d=deadline

Notices with one letter are one project; a letter with ' is a copy of the notice above it on
another portal. All families are joined together, so that a pair across families counts too.
"""

import hashlib
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

import msgspec

from benchmarks.organisations.__main__ import scored
from sousveil.model import NoticeKey
from sousveil.resolve import Resolved, resolve
from sousveil.resolve.fingerprints import sketch, text_hash

FOLDER = Path(__file__).resolve().parent / "families"
READ = "building"
PARTS = (READ, "unread")
_WRAPPED = "本信息由招标信息平台转载，仅供参考，以发布单位的原文为准。"


class Told(msgspec.Struct, frozen=True):
    """A notice of a family: the line it stands in, its key, its project and its original."""

    line: str
    key: NoticeKey
    project: str
    copy_of: str | None = None


def families(part: str) -> tuple[Told, ...]:
    """The notices of one part, in the order of its file."""
    return tuple(_read((FOLDER / f"{part}.txt").read_text(encoding="utf-8")))


def _read(text: str) -> Iterator[Told]:
    family = buyer = country = ""
    last: Told | None = None
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("="):
            family, _, _, country = (part.strip() for part in line[1:].split("|"))
        elif line.startswith("@"):
            buyer = line[1:].strip()
        else:
            copied = line[1] == "'"
            told = _notice(line, family, buyer, country, copied=copied)
            if copied:
                assert last is not None
                original = last.copy_of or last.key.notice_id
                told = msgspec.structs.replace(told, copy_of=original)
            last = told
            yield told


def _notice(line: str, family: str, buyer: str, country: str, *, copied: bool) -> Told:
    head, number, name, rest = (part.strip() for part in line.split("|"))
    letter, kind, day = head.replace("'", "").split()
    told = dict(item.split("=", 1) for item in _values(rest))
    notice_id = hashlib.sha256(f"{family} {line}".encode()).hexdigest()[:32]
    text = _text(name, number, buyer, day, told, copied=copied)
    award, budget = told.get("a"), told.get("b")
    key = NoticeKey(
        notice_id=notice_id,
        document_sha256=notice_id * 2,
        notice_type=kind,
        project_id=None if number == "-" else number,
        references=tuple(filter(None, (told.get("r"),))),
        project_name=name,
        buyer=buyer,
        published=day,
        amount=budget or award,
        text_hash=text_hash(text),
        sketch=sketch(text),
        country=country,
        amounts=tuple(filter(None, (budget, award))),
        awarded=award,
        suppliers=tuple(told["s"].split("/")) if "s" in told else (),
        deadline=told.get("d"),
    )
    return Told(f"{family} {line}", key, f"{family}/{letter}")


def _values(rest: str) -> list[str]:
    """The values of a line: a word without = goes on with the one before it."""
    found: list[str] = []
    for word in rest.split() if rest != "-" else ():
        if "=" in word:
            found.append(word)
        else:
            found[-1] += f" {word}"
    return found


def _text(
    name: str, number: str, buyer: str, day: str, told: Mapping[str, str], *, copied: bool
) -> str:
    """The words of a form: notices of one kind differ in little but what they state."""
    lines = [
        name,
        f"一、项目编号：{number}",
        f"二、项目名称：{name}",
        f"三、采购人：{buyer}，采购方式见采购文件，资金来源为财政性资金，已落实。",
        *(f"{key}: {value}" for key, value in sorted(told.items())),
        "四、供应商应当符合《中华人民共和国政府采购法》第二十二条规定，本项目不接受联合体。",
        f"五、公告期限自本公告发布之日（{day}）起五个工作日。六、其他补充事宜：无。",
    ]
    return "\n".join([_WRAPPED, *lines] if copied else lines)


def figures(part: str) -> dict[str, object]:
    """Projects and copies of one part: pairwise precision and recall."""
    told = families(part)
    resolved = resolve(t.key for t in told)
    found = _found(resolved)
    copies = {r.notice_id: r.duplicate_of or r.notice_id for r in resolved.resolutions}
    return {
        "families": len({t.project.split("/")[0] for t in told}),
        "notices": len(told),
        "projects": scored(found, {t.key.notice_id: t.project for t in told}),
        "copies": scored(copies, {t.key.notice_id: t.copy_of or t.key.notice_id for t in told}),
    }


def errors() -> Iterator[str]:
    """The pairs of the read part that are joined and should not be, and the other way round."""
    told = families(READ)
    resolved = resolve(t.key for t in told)
    found = _found(resolved)
    for one, other in combinations(told, 2):
        same = found[one.key.notice_id] == found[other.key.notice_id]
        if same != (one.project == other.project):
            yield f"{'joined' if same else 'parted'}\n  {one.line}\n  {other.line}"
    copied = {r.notice_id: r.duplicate_of for r in resolved.resolutions}
    lines = {t.key.notice_id: t.line for t in told}
    for t in told:
        of = copied[t.key.notice_id]
        if of and t.copy_of is None and not any(o.copy_of == t.key.notice_id for o in told):
            yield f"copy\n  {t.line}\n  {lines[of]}"


def _found(resolved: Resolved) -> dict[str, str]:
    return {r.notice_id: r.project_key for r in resolved.resolutions}
