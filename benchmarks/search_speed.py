"""Search speed: an index of generated notices, and SQLite FTS5 over the same rows in the same run.

    python benchmarks/search_speed.py --notices 100000 --out benchmarks/results/search.json

FTS5 gets the characters of Chinese words apart from each other (its unicode61 tokenizer takes a run
of Han for one word, its trigram tokenizer finds no word of two characters) and no filters, so its
figures are for words alone; queries with filters are measured for the index only. Prints JSON.
"""

import argparse
import json
import os
import random
import re
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import accumulate
from pathlib import Path

from sousveil.search import Index, IndexRow, build_index, parse_query, snippet

FORMS = [
    "一、项目基本情况\n项目编号：{n}\n项目名称：{t}\n预算金额：{n}万元（人民币）\n采购需求：{t}建设，",
    "二、申请人的资格要求：满足《中华人民共和国政府采购法》第二十二条规定；本项目不接受联合体投标。\n",
    "三、获取采购文件\n时间：2021年{m}月1日至2021年{m}月8日，每天上午9:00至12:00（北京时间）\n方式：在线获取\n",
    "四、提交投标文件截止时间、开标时间和地点：公共资源交易中心\n五、公告期限：自本公告发布之日起5个工作日。\n",
    "采购人信息 名 称：{b} 地 址：〔address〕 联系方式：〔phone〕\n",
    "采购代理机构信息 名称：{a}招标代理有限公司\n",
    "供应商须具有独立承担民事责任的能力，具有良好的商业信誉和健全的财务会计制度。\n",
]
TOPICS = [
    "人脸识别", "视频监控", "舆情监测", "车牌识别", "社交媒体", "数据采集", "情报分析", "电子围栏",
    "手机取证", "声纹", "虹膜", "平安城市", "雪亮工程", "网格化管理", "重点人员", "境外平台",
    "推特", "脸书", "无人机", "热成像", "存储扩容", "机房改造", "校服", "食堂", "绿化", "保洁",
    "印刷", "医疗设备", "监护仪", "道路养护", "照明", "教材", "办公家具", "空调", "图书", "档案",
    "体检", "消防", "电梯", "软件升级", "云服务",
]  # fmt: skip
BUYERS = [
    "公安局", "教育局", "宣传部", "网信办", "人民医院", "财政局", "法院", "税务局", "交通运输局",
    "大学",
]  # fmt: skip
PLACES = ["新疆", "广东", "福建", "北京", "上海", "四川", "西藏", "浙江", "山东", "河南"]


def words(chance: random.Random, count: int) -> tuple[list[str], list[float]]:
    """Made-up words of frequent and rare characters, with their cumulated Zipf weights."""
    chars = [chr(0x4E00 + chance.randrange(0x5000)) for _ in range(2500)]
    weights = [1 / (i + 10) for i in range(len(chars))]
    made = [
        "".join(chance.choices(chars, weights, k=chance.choice((2, 2, 3, 4)))) for _ in range(count)
    ]
    return made, list(accumulate(1 / (i + 30) for i in range(count)))


def rows(count: int) -> Iterator[IndexRow]:
    """Notices of 1–5 KB, the same ones each time."""
    chance = random.Random(11)
    lexicon, weights = words(chance, 20_000)
    for i in range(count):
        topics = chance.choices(TOPICS, [1 / (j + 2) for j in range(len(TOPICS))], k=3)
        place, buyer = chance.choice(PLACES), chance.choice(BUYERS)
        filling = {"n": chance.randrange(10**6), "m": 1 + i % 12, "b": place + buyer, "a": place}
        parts = [form.format(t=chance.choice(topics), **filling) for form in FORMS]
        target = chance.randrange(350, 1700)
        size = sum(map(len, parts))
        while size < target:
            line = "".join(chance.choices(lexicon, cum_weights=weights, k=chance.randrange(4, 16)))
            line += chance.choice(
                ["，", "。\n", "；", " CCTV camera system ", chance.choice(topics)]
            )
            parts.insert(chance.randrange(len(parts)), line)
            size += len(line)
        yield IndexRow(
            notice_id=f"{chance.getrandbits(128):032x}",
            title=f"{place}{buyer}{topics[0]}采购公告",
            project_name=topics[0] + "项目",
            buyer=place + buyer,
            agency=place + "招标代理有限公司",
            suppliers=(chance.choice(lexicon) + "科技有限公司",) if i % 2 else (),
            text="".join(parts),
            notice_type=chance.choice(["tender", "award", "contract", "intention"]),
            buyer_type=chance.choice(["police", "education", "propaganda", "health", "other"]),
            country="CN",
            province=place,
            place=place,
            capabilities=tuple(
                chance.sample(["face_recognition", "video_surveillance", "drones"], i % 3)
            ),
            year=2012 + i % 12,
            published=date(2012 + i % 12, 1 + i % 12, 1 + i % 28),
            amount_usd=chance.lognormvariate(11, 2),
            surveillance=i % 4 == 0,
            overseas_target=i % 50 == 0,
            sophistication=i % 7,
            duplicate=i % 20 == 0,
            project_key=f"{chance.getrandbits(64):016x}",
            source_standard="cn-mof-2020",
        )


def questions() -> tuple[list[str], list[str]]:
    """Queries of words alone (FTS5 answers them too), and mixed ones."""
    chance = random.Random(5)
    plain = [*TOPICS, *BUYERS, "公安局 人脸识别", "采购 项目", "CCTV", "camera system", "有限公司"]
    for _ in range(30):
        a, b, c = chance.sample(TOPICS, 3)
        plain.append(
            chance.choice([f"{a} {b}", f"{a} OR {b}", f"{a} NOT {b}", f"({a} OR {b}) {c}"])
        )
    filters = [
        "buyer_type:police",
        "capability:face_recognition",
        "year:2020..2022",
        "amount_usd:>200000",
        "province:新疆",
        "type:award",
        "overseas:true",
        "level:>=3",
        "duplicate:false",
        "surveillance:true",
        "published:2020-01..2020-06",
        "buyer:公安局",
        "title:舆情",
        "supplier:*",
        "-type:award",
        "amount_usd:1m..",
    ]
    mixed = [" ".join(chance.sample(filters, chance.choice((1, 2, 3)))) for _ in range(40)]
    mixed += [f"{chance.choice(TOPICS)} {' '.join(chance.sample(filters, 2))}" for _ in range(40)]
    mixed += [
        "",
        "NOT 采购",
        "cam*",
        "2021年",
        "警",
        "采购人信息",
        "政府采购法 -人脸识别",
        "第二十二条",
    ]
    return plain, mixed


def spaced(text: str) -> str:
    return re.sub(r"([㐀-鿿])", r" \1 ", text)


def fts_query(text: str) -> str:
    words = re.sub(
        r"[^\s()]+", lambda m: m[0] if m[0] in ("OR", "NOT") else f'"{spaced(m[0]).strip()}"', text
    )
    return re.sub(r'(["\)]) (?=["\(])', r"\1 AND ", words)


def timed(ask: object, queries: list[str]) -> list[float]:
    """Milliseconds of each query, after one round that warms the caches."""
    assert callable(ask)
    for query in queries:
        ask(query)
    out = []
    for query in queries:
        begun = time.perf_counter()
        ask(query)
        out.append((time.perf_counter() - begun) * 1e3)
    return out


def figures(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100)
    return {
        "queries": len(times),
        "median_ms": round(cuts[49], 2),
        "p95_ms": round(cuts[94], 2),
        "max_ms": round(max(times), 2),
    }


def measure(count: int, *, sqlite: bool) -> dict[str, object]:
    plain, mixed = questions()
    report: dict[str, object] = {"notices": count, "cpus": os.cpu_count()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sample = [row for row, _ in zip(rows(count), range(2000), strict=False)]
        report["bytes_a_notice"] = round(statistics.fmean(len(r.text.encode()) for r in sample))
        begun = time.perf_counter()
        for _ in rows(count):
            pass
        generating = time.perf_counter() - begun
        begun = time.perf_counter()
        build_index(rows(count), folder / "index")
        building = time.perf_counter() - begun - generating
        size = sum(f.stat().st_size for f in (folder / "index").iterdir())
        report["build"] = {
            "seconds": round(building, 1),
            "notices_a_second": round(count / building),
            "bytes_a_notice": round(size / count),
            "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
        index = Index(folder / "index")
        plain_times = timed(lambda q: index.search(parse_query(q)), plain)
        mixed_times = timed(lambda q: index.search(parse_query(q)), mixed)
        dated = timed(lambda q: index.search(parse_query(q), order="published"), plain + mixed)
        report["words"], report["mixed"] = figures(plain_times), figures(mixed_times)
        report["all"] = figures(plain_times + mixed_times)
        report["all_by_date"] = figures(dated)
        report["ids"] = figures(timed(lambda q: index.ids(parse_query(q)), plain + mixed))
        text = sample[0].text
        report["snippet"] = figures(timed(lambda q: snippet(text, parse_query(q)), plain + mixed))
        slowest = sorted(zip(plain_times + mixed_times, plain + mixed, strict=True))[-5:]
        report["slowest"] = {query: round(ms, 1) for ms, query in slowest}
        if sqlite:
            report["fts5"] = against_sqlite(folder, count, plain, index, generating)
            fts = report["fts5"]
            assert isinstance(fts, dict)
            report["times_faster_than_fts5"] = {
                key: round(fts["words"][key] / figures(plain_times)[key], 1)
                for key in ("median_ms", "p95_ms")
            }
    return report


def against_sqlite(
    folder: Path, count: int, plain: list[str], index: Index, generating: float
) -> dict[str, object]:
    base = sqlite3.connect(folder / "fts5.db")
    base.execute("create virtual table notices using fts5(words, content='')")
    begun = time.perf_counter()
    base.executemany(
        "insert into notices(rowid, words) values (?, ?)",
        (
            (
                i,
                spaced(
                    "\n".join(
                        filter(
                            None, (r.title, r.project_name, r.buyer, r.agency, *r.suppliers, r.text)
                        )
                    )
                ),
            )
            for i, r in enumerate(rows(count))
        ),
    )
    base.commit()
    building = time.perf_counter() - begun - generating

    def ask(query: str) -> int:
        asked = fts_query(query)
        base.execute(
            "select rowid from notices where notices match ? order by rank limit 20", (asked,)
        ).fetchall()
        return int(
            base.execute("select count(*) from notices where notices match ?", (asked,)).fetchone()[
                0
            ]
        )

    # FTS5 knows no breaks, so it may find a little more than the index, never less.
    totals = [(ask(query), index.count(parse_query(query)), query) for query in plain]
    return {
        "build_seconds": round(building, 1),
        "words": figures(timed(ask, plain)),
        "totals_equal": sum(a == b for a, b, _ in totals),
        "of": len(totals),
    }


def run(notices: int = 100_000) -> dict[str, object]:
    """The figures of one run, as printed."""
    return measure(notices, sqlite=True)


def told(measured: Callable[..., object], description: str | None) -> None:
    """Measure a number of notices, with SQLite beside them, and print and write the figures."""
    options = argparse.ArgumentParser(description=(description or "").split("\n", 1)[0])
    options.add_argument("--notices", type=int, default=100_000)
    options.add_argument("--no-sqlite", action="store_true")
    options.add_argument("--out", type=Path)
    given = options.parse_args()
    report = json.dumps(
        measured(given.notices, sqlite=not given.no_sqlite), ensure_ascii=False, indent=1
    )
    print(report)
    if given.out:
        given.out.write_text(report + "\n", encoding="utf-8")


if __name__ == "__main__":
    told(measure, __doc__)
