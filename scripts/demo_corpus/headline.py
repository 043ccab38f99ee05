"""What must be counted from the records: projects, amounts and findings, from the truth alone."""

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from currency_converter import CurrencyConverter

CONVERTER = CurrencyConverter(
    fallback_on_missing_rate=True, fallback_on_wrong_date=True, decimal=True
)


def project_of(rows: list[dict]) -> dict:
    """One project from its notices, copies left out: what it is, its year and its amount.

    An award counts over a budget, a budget over a ceiling; of each kind the latest stated.
    """
    rows = sorted(rows, key=lambda x: x.get("published") or "9999")
    first = rows[0]
    amount, kind, currency, stated = None, None, None, None
    for field in ("award", "budget", "ceiling"):
        holders = [x for x in rows if x.get(field) is not None]
        if holders:
            last = holders[-1]
            amount, kind, currency, stated = last[field], field, last["currency"], last["published"]
            break
    codes = {
        facet: sorted({c for x in rows for c in x[facet]})
        for facet in ("capabilities", "platforms", "target_groups")
    }
    levels = [x["sophistication"] for x in rows if x["sophistication"] is not None]
    ladders = [x["sophistication_ladder"] for x in rows if x["sophistication_ladder"]]
    published = first.get("published")
    return {
        "project": first["project"],
        "notices": len(rows),
        "country": first["country"],
        "province": first["province"],
        "buyer": first["buyer"],
        "buyer_type": first["buyer_type"],
        "year": int(published[:4]) if published else None,
        "surveillance": any(x["surveillance"] for x in rows),
        "ambiguous": any(x["ambiguous"] for x in rows),
        "overseas_target": any(x["overseas_target"] for x in rows),
        **codes,
        "sophistication": max(levels) if levels else None,
        "sophistication_ladder": ladders[0] if ladders else None,
        "amount": amount,
        "amount_kind": kind,
        "currency": currency,
        "amount_usd": usd(amount, currency, stated),
    }


def usd(amount: float | None, currency: str | None, day: str | None) -> float | None:
    """US dollars at the rate of the European Central Bank on the day; None: no rate known."""
    if amount is None or currency is None or day is None:
        return None
    if currency not in CONVERTER.currencies:
        return None
    value = CONVERTER.convert(Decimal(str(amount)), currency, "USD", date.fromisoformat(day))
    return float(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


def headline(files: list[dict], notices: list[dict]) -> dict:
    """The figures of headline.json."""
    groups: dict[str, list[dict]] = defaultdict(list)
    for row in notices:
        if not row["duplicate_of"]:
            groups[row["project"]].append(row)
    projects = [project_of(v) for _, v in sorted(groups.items())]
    seen = [p for p in projects if p["surveillance"]]
    overseas = [p for p in seen if p["overseas_target"]]
    recent = [p for p in overseas if p["country"] == "CN" and (p["year"] or 0) >= 2020]
    return {
        "files": len(files),
        "files_by_status": _count(files, "status"),
        "notices": len(notices),
        "duplicates": sum(1 for x in notices if x["duplicate_of"]),
        "projects": len(projects),
        "surveillance_projects": len(seen),
        "surveillance_projects_by_country": _count(seen, "country"),
        "ambiguous_projects": sum(1 for p in projects if p["ambiguous"]),
        "overseas_projects": len(overseas),
        "overseas_projects_cn_since_2020": len(recent),
        "overseas_projects_since_2020": sum(1 for p in overseas if (p["year"] or 0) >= 2020),
        "township": _township([x for x in notices if x["cameras"]]),
        "overseas_cn_levels": sorted(
            [p["year"], p["sophistication"]] for p in recent if p["sophistication"] is not None
        ),
        "video_levels": sorted(
            [p["year"], p["sophistication"]]
            for p in seen
            if p["sophistication_ladder"] == "video_police" and p["year"]
        ),
        "spend_by_year": _spend(seen, lambda p: [str(p["year"])]),
        "spend_by_buyer_type": _spend(seen, lambda p: [p["buyer_type"]]),
        "spend_by_capability": _spend(seen, lambda p: p["capabilities"]),
        "surveillance_by_buyer_type": _count(seen, "buyer_type"),
        "surveillance_by_capability": _tally(seen, "capabilities"),
        "overseas_platforms_cn_since_2020": _tally(recent, "platforms"),
        "findings": {
            p["project"]: _finding(p) for p in projects if p["project"].startswith("finding-")
        },
        "projects_detail": projects,
    }


def _township(rows: list[dict]) -> dict:
    """One township's purchases of cameras over the years."""
    years = sorted(int(x["published"][:4]) for x in rows)
    return {
        "purchases": len(rows),
        "first_year": years[0],
        "last_year": years[-1],
        "cameras": sum(x["cameras"] for x in rows),
        "face_cameras": sum(x["face_cameras"] or 0 for x in rows),
    }


def _finding(p: dict) -> dict:
    keys = ("buyer", "year", "amount", "currency", "amount_kind", "amount_usd")
    return {k: p[k] for k in (*keys, "platforms", "target_groups", "sophistication")}


def _count(rows: list[dict], key: str) -> dict[str, int]:
    out: dict[str, int] = defaultdict(int)
    for row in rows:
        out[str(row[key])] += 1
    return dict(sorted(out.items()))


def _tally(rows: list[dict], key: str) -> dict[str, int]:
    out: dict[str, int] = defaultdict(int)
    for row in rows:
        for code in row[key]:
            out[code] += 1
    return dict(sorted(out.items()))


def _spend(rows: list[dict], keys) -> dict[str, dict[str, float]]:
    """Sums of project amounts by key and currency."""
    out: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in rows:
        if row["amount"] is not None:
            for key in keys(row):
                out[key][row["currency"]] += Decimal(str(row["amount"]))
    return {k: {c: float(v) for c, v in sorted(sums.items())} for k, sums in sorted(out.items())}
