"""The peer that many newsrooms have: fields by regular expressions and known keys.

What somebody who knows the forms writes in a day: for free text, the labels that Chinese notices
use and a pattern for what follows them; for JSON, tables and XML, where each source keeps what.
It was written with the open labels and the gold at hand, as our own extraction was, and shares no
code with it.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

FIELDS = (
    "project_id", "project_name", "buyer", "agency", "method", "budget", "ceiling", "award",
    "suppliers", "bidders", "published", "bid_deadline",
)  # fmt: skip

Found = dict[str, Any]

_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*\)?\s*\(?\s*(亿|万|千)?")
_UNITS = {"亿": 10**8, "万": 10**4, "千": 10**3}
_MOMENT = re.compile(
    r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?"
    r"(?:\s*T?\s*(上午|下午)?\s*(\d{1,2})\s*[:点时]\s*(\d{1,2})?)?"
)
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def amount(text: str, label: str = "") -> float | None:
    """The first number in yuan: 万 and 亿 behind it, or 万元 in its label."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    unit = found[2] or ("万" if "万元" in label else "")
    return round(float(found[1].replace(",", "")) * _UNITS.get(unit, 1), 2)


def moment(text: str) -> datetime | None:
    """The first date, with its time where one follows."""
    found = _MOMENT.search(text) or _MOMENT.search(text.translate(_DIGITS))
    if found is None:
        return None
    year, month, day, half, hour, minute = found.groups()
    hours = int(hour or 0) + (12 if half == "下午" and int(hour or 0) < 12 else 0)
    try:
        return datetime(int(year), int(month), int(day), hours % 24, int(minute or 0))  # noqa: DTZ001
    except ValueError:
        return None


def fields(text: str) -> Found:
    """The fields of a record's text: a JSON object, a row of a table, an XML outline, or prose."""
    text = unicodedata.normalize("NFKC", text)
    for read in (_json, _outline, _row):
        found = read(text)
        if found is not None:
            break
    else:
        found = _prose(text)
    out = {name: found.get(name) or None for name in FIELDS}
    for name in ("suppliers", "bidders"):
        out[name] = list(dict.fromkeys(item for item in out[name] or () if item))
    return out


# -- free text

_COLON = r"\s*(?:\([^()\n]{0,20}\))?\s*[:\t]\s*"
_NEXT = re.compile(
    r"\n|\t|[。;]|\s{3,}|[一二三四五六七八九十]{1,3}、|(?<![\w.(\-])\(?\d{1,2}[、.)](?!\d)"
    r"|(?:项目|采购|招标)(?:编号|名称|方式|人|单位)[:(]|预算金额|最高限价|地\s*址[:]|联系(?:人|方式)"
)
_METHOD = re.compile(
    r"公开招标|邀请招标|竞争性谈判|竞争性磋商|单一来源(?:采购)?|询价|框架协议(?:采购)?|询比(?:采购)?|竞价|比选"
)
_LABELS: dict[str, tuple[str, ...]] = {
    "project_id": (
        r"(?<!计划)(?:采购)?项目编号", "(?:政府)?采购编号", "招标(?:项目)?编号", "项目代码",
        "(?:标段|包)编号", "编号",
    ),
    "project_name": ("(?:采购|招标)?项目名称", "工程名称", "标段名称"),
    "buyer": (
        r"采购人(?:信息)?[^:\n]{0,6}\n?\s*名\s*称", "采购人(?:名称)?", "采购单位(?:名称)?",
        "招标人(?:名称)?",
        "建设单位", "采购机构", "甲方",
    ),
    "agency": (
        r"代理机构(?:信息)?[^:\n]{0,6}\n?\s*名\s*称", "(?:采购|招标)?代理机构(?:名称)?",
        "(?:招标)?代理单位",
    ),
    "budget": ("(?:采购|项目)?(?:总)?预算(?:总)?(?:金额|价)?", "采购包预算金额"),
    "ceiling": ("最高(?:投标)?限价", "招标控制价", "(?:采购)?控制价", "最高限额"),
    "award": ("(?:总)?(?:中标|成交)(?:\\(成交\\))?(?:总)?(?:金额|价格?)", "合同(?:总)?金额"),
    "suppliers": (
        "(?:中标|成交)(?:\\(成交\\))?(?:供应商|人|单位)(?:名称)?", "供应商名称",
        "供应商\\(乙方\\)", "拟定供应商",
    ),
    "published": ("(?:公告|发布|更正|公示)(?:时间|日期)",),
    "bid_deadline": (
        "(?:提交|递交)?(?:投标|响应|申请)?文件(?:提交|递交)?(?:的)?截止时间[^:\n]{0,20}",
        "(?:投标|响应|报价)截止(?:时间|日期)[^:\n]{0,10}", "开标时间", "响应文件开启时间",
    ),
}  # fmt: skip
_BEFORE_DEADLINE = re.compile(
    r"于\s*([\d年月日时点分::\s./-]{10,40}?)\s*(?:\([^)]{0,12}\))?\s*(?:之?前|前)\s*(?:提交|递交|上传)"
)


def _after(text: str, labels: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(label, what follows up to the next label or end of line), best label first."""
    for label in labels:
        for found in re.finditer(rf"(?:{label}){_COLON}", text):
            rest = text[found.end() : found.end() + 160]
            end = _NEXT.search(rest, 1)
            yield found.group(), (rest[: end.start()] if end else rest).strip()


def _first(
    text: str, name: str, read: Callable[[str, str], Any] = lambda label, words: words
) -> Any:
    for label, words in _after(text, _LABELS[name]):
        value = read(label, words)
        if value and value not in ("/", "无", "详见附件"):
            return value
    return None


def _prose(text: str) -> Found:
    found: Found = {name: _first(text, name) for name in ("project_name", "buyer", "agency")}
    found["project_id"] = _first(
        text,
        "project_id",
        lambda _, words: (
            m[0]
            if (m := re.match(r"[A-Za-z0-9\[【〔(][\w\-—〔〕【】\[\]()/.#·]{3,}", words))
            else None
        ),
    )
    for name in ("budget", "ceiling"):
        found[name] = _first(text, name, lambda label, words: amount(words, label))
    head = text[:200]
    if re.search("中标|成交|结果|合同", head) and not re.search("候选", head):
        found["award"] = _first(text, "award", lambda label, words: amount(words, label))
        found["suppliers"] = _organisations(text)
    if re.search("候选", head):
        found["bidders"] = _organisations(text)
    stated = _first(text, "published", lambda _, words: moment(words))
    found["published"] = f"{stated:%Y-%m-%d}" if stated else None
    until = _BEFORE_DEADLINE.search(text)
    due = moment(until[1]) if until else None
    due = due or _first(text, "bid_deadline", lambda _, words: moment(words))
    found["bid_deadline"] = f"{due:%Y-%m-%dT%H:%M}" if due else None
    said = re.search(rf"(?:采购|招标)方式{_COLON}", text)
    named = _METHOD.search(text, said.end(), said.end() + 40) if said else None
    found["method"] = named[0] if named else None
    return found


def _organisations(text: str) -> list[str]:
    names = []
    for _, words in _after(text, _LABELS["suppliers"]):
        names += re.findall(r"[^\s,、:;]{4,40}?(?:公司|厂|院|所|中心|大学|联社)", words)[:1]
    return names


# -- JSON: where each source keeps what

_AGGREGATOR = {
    "project_name": "title", "buyer": "buyer", "agency": "agency", "budget": "budget",
    "award": "bidAmount",
}  # fmt: skip
_TAIWAN = {
    "project_id": "case_no", "project_name": "title", "buyer": "agency", "budget": "budget",
    "published": "publish_date",
}  # fmt: skip
_HONG_KONG = {"project_id": "code", "project_name": "title", "buyer": "dept"}


def _json(text: str) -> Found | None:
    if not text.lstrip().startswith("{"):
        return None
    try:
        record = json.loads(text)
    except ValueError:
        return None
    if "ocid" in record or "tender" in record:
        return _release(record)
    if "case_no" in record:
        found = {name: record.get(key) for name, key in _TAIWAN.items()}
        winner = record.get("winner")
        found["suppliers"] = [] if winner in (None, "未公告") else re.split("[,、;]", winner)
        found["bid_deadline"] = _iso(record.get("deadline"))
        return found
    if "dept" in record:
        found = {name: record.get(key) for name, key in _HONG_KONG.items()}
        found["bid_deadline"] = _iso(record.get("date"))
        return found
    return _aggregated(record)


def _aggregated(record: dict[str, Any]) -> Found:
    """A Chinese aggregator: its keys, then its snippet of the notice for the rest."""
    found = {name: record.get(key) for name, key in _AGGREGATOR.items()}
    said = _prose(record.get("detail") or "")
    found["project_id"] = record.get("projectCode") or said["project_id"]
    found["project_name"] = said["project_name"] or found["project_name"]
    kind = _METHOD.search(record.get("subtype") or "") or _METHOD.search(record.get("title") or "")
    found["method"] = said["method"] or (kind[0] if kind else None)
    names = [one["winner"] for one in record.get("winnerInfo") or () if one.get("winner")]
    candidates = "候选" in (record.get("title") or "") + (record.get("detail") or "")[:60]
    if candidates:
        found["award"] = None
    found["bidders" if candidates else "suppliers"] = names
    china = ZoneInfo("Asia/Shanghai")
    for name, key, form in (
        ("published", "publishTime", "%Y-%m-%d"),
        ("bid_deadline", "bidEndTime", "%Y-%m-%dT%H:%M"),
    ):
        if record.get(key):
            found[name] = datetime.fromtimestamp(record[key], UTC).astimezone(china).strftime(form)
    return found


def _release(record: dict[str, Any]) -> Found:
    """An OCDS release, by the paths of the standard."""
    tender = record.get("tender") or {}
    awards, contracts = record.get("awards") or [], record.get("contracts") or []
    values = [one.get("value") or {} for one in (contracts or awards)]
    bids = (record.get("bids") or {}).get("details") or []
    planned = (record.get("planning") or {}).get("budget") or {}
    budget = tender.get("value") or planned.get("amount") or {}
    buyer = record.get("buyer") or tender.get("procuringEntity") or {}
    details = tender.get("procurementMethodDetails") or ""
    end = (tender.get("tenderPeriod") or {}).get("endDate")
    return {
        "project_id": tender.get("id") or record.get("ocid"),
        "project_name": tender.get("title")
        or next((one["title"] for one in (*contracts, *awards) if one.get("title")), None)
        or tender.get("description"),
        "buyer": buyer.get("name"),
        "method": details if 0 < len(details) < 40 else tender.get("procurementMethod"),
        "budget": budget.get("amount"),
        "award": sum(value.get("amount") or 0 for value in values),
        "suppliers": [s.get("name") for award in awards for s in award.get("suppliers") or ()],
        "bidders": [t.get("name") for t in tender.get("tenderers") or ()]
        or [t.get("name") for bid in bids for t in bid.get("tenderers") or ()],
        "published": (record.get("date") or "")[:10],
        "bid_deadline": end[:16] if end else None,
    }


def _iso(text: str | None) -> str | None:
    found = moment(text or "")
    return f"{found:%Y-%m-%dT%H:%M}" if found else None


# -- rows of tables: "heading: value", a line a column

_SPENDING = {
    "project_id": "award_id_piid", "project_name": "prime_award_base_transaction_description",
    "buyer": "funding_sub_agency_name", "method": "extent_competed",
    "award": "total_dollars_obligated", "ceiling": "potential_total_value_of_award",
    "published": "action_date",
}  # fmt: skip


def _row(text: str) -> Found | None:
    cells = dict(re.findall(r"^([^\n:]{1,60}): *(.+)$", text, re.MULTILINE))
    if "award_id_piid" in cells:
        found: Found = {name: cells.get(key) for name, key in _SPENDING.items()}
        for name in ("award", "ceiling"):
            found[name] = amount(found[name] or "")
        found["suppliers"] = [cells.get("recipient_name")]
        agent = cells.get("awarding_sub_agency_name")
        found["agency"] = agent if agent != found["buyer"] else None
        return found
    if not any(key.startswith("预计") for key in cells) and "政府采购意向" not in text:
        return None
    title = re.match(r"(.+?)\d{4}年", cells.get("标题", ""))
    planned = next((key for key in cells if key.startswith(("预算金额", "金额"))), "")
    stated = moment(cells.get("发布时间", ""))
    return {
        "project_name": cells.get("项目名称") or cells.get("采购项目名称"),
        "buyer": cells.get("客户名称") or (title[1] if title else None),
        "budget": amount(cells.get(planned, ""), "万元"),
        "published": f"{stated:%Y-%m-%d}" if stated else None,
    }


# -- XML notices as outlines: "  Element (attribute=…): value"


def _outline(text: str) -> Found | None:
    if "EformsExtension" not in text:
        return None

    def one(pattern: str, inside: str = text) -> str:
        found = re.search(pattern, inside, re.MULTILINE)
        return found[1].strip() if found else ""

    def block(element: str) -> str:
        """What stands below the first such element of its depth."""
        found = re.search(rf"^( *){element}\n((?:\1 +.*\n?)*)", text, re.MULTILINE)
        return found[2] if found else ""

    names = {}
    for company in text.split("Company\n")[1:]:
        key = one(r"ID \(schemeName=organization\): (\S+)", company)
        names.setdefault(key, one(r"^ +Name[^:\n]*: (.+)", company))
    offering = re.findall(r"Tenderer\n +ID \(schemeName=organization\): (\S+)", text)
    project, until = block("ProcurementProject"), block("TenderSubmissionDeadlinePeriod")
    until = until or block("ParticipationRequestReceptionPeriod")
    day, hour = one(r"EndDate: (\d{4}-\d\d-\d\d)", until), one(r"EndTime: (\d\d:\d\d)", until)
    return {
        "project_id": one(r"^    ID \(schemeName=InternalID\): (.+)", project)
        or one(r"ContractFolderID: (\S+)"),
        "project_name": one(r"^    Name[^:\n]*: (.+)", project),
        "buyer": names.get(
            one(r"ID \(schemeName=organization\): (\S+)", block("ContractingParty"))
        ),
        "method": one(r"ProcedureCode [^:\n]*: (.+)"),
        "budget": amount(one(r"EstimatedOverallContractAmount[^:\n]*: (.+)", project)),
        "award": amount(one(r"^ +TotalAmount[^:\n]*: (.+)", block("NoticeResult"))),
        # All that offered: the winners are not told apart.
        "suppliers": [names.get(key) for key in offering],
        "bidders": [names.get(key) for key in offering],
        "published": one(r"^  IssueDate: (\d{4}-\d\d-\d\d)"),
        "bid_deadline": f"{day}T{hour or '00:00'}" if day else None,
    }
