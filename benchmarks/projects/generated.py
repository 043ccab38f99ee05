"""A made collection of procurements whose projects, copies and totals are known.

Every trap that real collections set: numbers that agencies count alike, retenders under another
number, lots awarded apart, contracts for parts of an award, corrections, phases, the next year's
call under the same name, call-offs of a framework, republished copies, notices without a number or
a buyer. Names and bodies are invented. The same seed gives the same collection.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import get_args

import msgspec

from sousveil.model import NoticeKey, NoticeType
from sousveil.resolve.member import Member

_COUNTIES = (
    "北江", "南岭", "东溪", "西桥", "青山", "白水", "红河", "黄岗", "长滩", "平川", "安阳",
    "永定", "临湖", "海门", "金沙", "银川", "云梦", "龙泉", "凤城", "石林",
)  # fmt: skip
_BODIES = (
    "公安局", "教育局", "城市管理局", "交通运输局", "人民医院", "住房和城乡建设局",
    "应急管理局", "文化和旅游局", "水利局", "民政局",
)  # fmt: skip
_THINGS = (
    "视频监控平台", "雪亮工程", "人脸识别门禁", "舆情监测服务", "执法记录仪", "无人机巡查",
    "物业管理服务", "办公家具", "食堂餐饮服务", "智慧校园", "交通信号控制", "应急指挥平台",
    "医疗设备", "档案数字化", "网络安全等级保护", "会议系统", "电子警察", "停车诱导",
    "环卫保洁", "信息系统维护",
)  # fmt: skip
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


class Row(msgspec.Struct, frozen=True):
    """A notice as joining reads it, and its project by the truth; ``copy_of``: the notice that it
    is a copy of."""

    key: NoticeKey
    member: Member
    project: str
    copy_of: str | None = None


class Made(msgspec.Struct, frozen=True):
    """The collection: rows in no order, and the figure of each project."""

    rows: tuple[Row, ...]
    totals: dict[str, Decimal]


def collection(procurements: int, seed: int = 7) -> Made:
    """So many procurements; some make several projects (phases, years, call-offs)."""
    maker = _Maker(random.Random(seed))
    for number in range(procurements):
        maker.procurement(number)
    rows = maker.rows
    maker.random.shuffle(rows)
    return Made(tuple(rows), maker.totals)


class _Maker:
    def __init__(self, rng: random.Random) -> None:
        self.random = rng
        self.rows: list[Row] = []
        self.totals: dict[str, Decimal] = {}
        self._used: set[tuple[str, str]] = set()

    def procurement(self, number: int) -> None:
        """One procurement of one of the kinds, by turns."""
        kinds = (self._chain, self._retender, self._lots, self._phases, self._years,
                 self._framework, self._contracts, self._bare)  # fmt: skip
        buyer, thing = self._subject()
        kinds[number % len(kinds)](f"g{number}", buyer, thing)

    def _subject(self) -> tuple[str, str]:
        """A buyer and what it buys: no two procurements have both in common."""
        while True:
            county, body = self.random.choice(_COUNTIES), self.random.choice(_BODIES)
            street = self.random.choice("东西南北中") + self.random.choice("湖山街桥园门")
            found = (f"{county}县{body}", f"{street}{self.random.choice(_THINGS)}")
            if found not in self._used:
                self._used.add(found)
                return found

    def _number(self) -> str:
        """Mostly an agency's own number, at times one that many agencies have too."""
        if self.random.random() < 0.15:
            return f"2024-{self.random.randrange(1, 60):03d}"
        letters = "".join(self.random.choices(_LETTERS, k=4))
        return f"{letters}-2024-{self.random.randrange(10**5):05d}"

    def _sum(self) -> Decimal:
        return Decimal(self.random.randrange(10_000, 90_000_00))

    def _note(
        self, project: str, kind: NoticeType, name: str, buyer: str | None, on: date,
        number: str | None = None, sums: dict[str, Decimal] | None = None,
        references: tuple[str, ...] = (), suppliers: tuple[str, ...] = (),
    ) -> Row:  # fmt: skip
        assert kind in get_args(NoticeType)
        sums = sums or {}
        notice_id = f"{self.random.getrandbits(128):032x}"
        stated = tuple(str(sums[k]) for k in ("budget", "ceiling", "award") if k in sums)
        key = NoticeKey(
            notice_id=notice_id,
            document_sha256=notice_id * 2,
            notice_type=kind,
            project_id=number,
            references=references,
            project_name=name,
            buyer=buyer,
            published=on.isoformat(),
            amount=stated[0] if stated else None,
            text_hash=notice_id,
            sketch=self.random.getrandbits(64) | 1,
            country="CN",
            amounts=stated,
        )
        blank: dict[str, object] = dict.fromkeys(Member.__struct_fields__)
        blank |= dict.fromkeys(
            ("capabilities", "platforms", "target_groups", "functions", "data_sources"), ()
        )
        blank |= {"surveillance": False, "surveillance_score": 0.1, "overseas_target": False}
        stating = {"notice_id": notice_id, "notice_type": kind, "on": on, "project_id": number,
                   "project_name": name, "buyer": buyer, "suppliers": suppliers,
                   "currency": "CNY", **sums}  # fmt: skip
        row = Row(key, Member(**{**blank, **stating}), project)  # type: ignore[arg-type]
        self.rows.append(row)
        if self.random.random() < 0.2:
            self._republish(row)
        return row

    def _republish(self, row: Row) -> None:
        """The same notice on another portal: a day later, its words around it."""
        notice_id = f"{self.random.getrandbits(128):032x}"
        flips = sum(1 << bit for bit in self.random.sample(range(1, 64), self.random.randrange(9)))
        on = date.fromisoformat(str(row.key.published)) + timedelta(days=1)
        key = msgspec.structs.replace(
            row.key, notice_id=notice_id, document_sha256=notice_id * 2, text_hash=notice_id,
            sketch=row.key.sketch ^ flips, published=on.isoformat(),
            project_name=f"[{self.random.choice(('公开', '市本级'))}]{row.key.project_name}",
        )  # fmt: skip
        member = msgspec.structs.replace(row.member, notice_id=notice_id, on=on)
        self.rows.append(Row(key, member, row.project, row.key.notice_id))

    def _day(self, year: int = 2024) -> date:
        return date(year, 1, 5) + timedelta(days=self.random.randrange(120))

    def _run(
        self, project: str, buyer: str, name: str, start: date, number: str | None
    ) -> Iterator[Row]:
        """Tender, correction, award and contract of one call."""
        budget, award = self._sum(), self._sum()
        day = iter(start + timedelta(days=n) for n in (0, 9, 30, 55))
        yield self._note(project, "tender", f"{name}公开招标公告", buyer, next(day), number,
                         {"budget": budget})  # fmt: skip
        yield self._note(project, "correction", f"{name}更正公告", buyer, next(day), number)
        yield self._note(project, "award", f"{name}中标结果公告", buyer, next(day), number,
                         {"award": award}, suppliers=("某甲科技公司",))  # fmt: skip
        yield self._note(project, "contract", f"{name}合同公告", buyer, next(day), number,
                         {"award": award}, suppliers=("某甲科技公司",))  # fmt: skip
        self.totals[project] = award

    def _chain(self, project: str, buyer: str, thing: str) -> None:
        """Intention to acceptance; the intention has no number, names come with and without the
        buyer."""
        start, number = self._day(), self._number()
        self._note(project, "intention", f"{buyer}{thing}采购意向", buyer,
                   start - timedelta(days=40), None, {"budget": self._sum()})  # fmt: skip
        list(self._run(project, buyer, thing, start, number))
        accepted = start + timedelta(days=300)
        self._note(project, "acceptance", f"{buyer}{thing}验收公告", buyer, accepted, number)

    def _retender(self, project: str, buyer: str, thing: str) -> None:
        """A call that fails and comes again under another number."""
        start, old = self._day(), self._number()
        self._note(project, "tender", f"{thing}公开招标公告", buyer, start, old,
                   {"budget": self._sum()})  # fmt: skip
        self._note(
            project, "termination", f"{thing}废标公告", buyer, start + timedelta(days=25), old
        )
        again = start + timedelta(days=50)
        list(self._run(project, buyer, f"{thing}（第二次）", again, self._number()))

    def _lots(self, project: str, buyer: str, thing: str) -> None:
        """One call of three lots, two of which are awarded in notices of their own, one fails."""
        start, number = self._day(), self._number()
        self._note(project, "tender", f"{thing}公开招标公告", buyer, start, number,
                   {"budget": self._sum()})  # fmt: skip
        total = Decimal(0)
        for lot in (1, 2):
            award = self._sum()
            total += award
            on = start + timedelta(days=30 + lot)
            self._note(project, "award", f"{thing}第{lot}包中标公告", buyer, on, number,
                       {"award": award}, suppliers=(f"某{lot}公司",))  # fmt: skip
        self._note(project, "termination", f"{thing}第3包废标公告", buyer,
                   start + timedelta(days=33), number)  # fmt: skip
        self.totals[project] = total

    def _phases(self, project: str, buyer: str, thing: str) -> None:
        for n, phase in enumerate("一二"):
            start = self._day() + timedelta(days=20 * n)
            list(self._run(f"{project}/{n}", buyer, f"{thing}{phase}期", start, self._number()))

    def _years(self, project: str, buyer: str, thing: str) -> None:
        """The same name in two years, without a year in it."""
        for n in (0, 1):
            start = self._day(2023) + timedelta(days=365 * n)
            list(self._run(f"{project}/{n}", buyer, thing, start, self._number()))

    def _framework(self, project: str, buyer: str, thing: str) -> None:
        """A framework without a sum, and call-offs of two other buyers under its number."""
        start, number = self._day(), f"KJ{self._number()}-{self.random.randrange(10**6)}"
        self._note(f"{project}/0", "tender", f"{thing}框架协议采购公告", buyer, start, number)
        for n in (1, 2):
            other, award = f"{self.random.choice(_COUNTIES)}镇第{n}小学", self._sum()
            self._note(f"{project}/{n}", "award", f"{thing}框架协议（二次竞价）成交公告", other,
                       start + timedelta(days=90 * n), number, {"award": award})  # fmt: skip
            self.totals[f"{project}/{n}"] = award

    def _contracts(self, project: str, buyer: str, thing: str) -> None:
        """An award to two suppliers, and a contract with each for its part."""
        start, number = self._day(), self._number()
        parts = [self._sum(), self._sum()]
        self._note(project, "award", f"{thing}中标公告", buyer, start, number,
                   {"award": sum(parts, start=Decimal(0))},
                   suppliers=("某甲公司", "某乙公司"))  # fmt: skip
        for n, (part, who) in enumerate(zip(parts, ("某甲公司", "某乙公司"), strict=True)):
            on = start + timedelta(days=20 + n)
            self._note(project, "contract", f"{thing}合同公告", buyer, on, number,
                       {"award": part}, suppliers=(who,))  # fmt: skip
        self.totals[project] = sum(parts, start=Decimal(0))

    def _bare(self, project: str, buyer: str, thing: str) -> None:
        """Notices without a number; one names the agency where the buyer stands."""
        start, budget, award = self._day(), self._sum(), self._sum()
        name = f"{buyer}{thing}"
        self._note(project, "tender", f"{name}公开招标公告", buyer, start, None, {"budget": budget})
        agency, on = "某某招标代理有限公司", start + timedelta(days=30)
        self._note(project, "award", f"{agency}关于{name}的中标公告", agency, on, None,
                   {"budget": budget, "award": award})  # fmt: skip
        self.totals[project] = award
