# ruff: noqa: E501  (lines of Chinese text count double)
"""Notices in Traditional script: Taiwan's tender and award forms, and Hong Kong's."""

from datetime import date

from demo_corpus.notice import Authored
from demo_corpus.recorder import Recorder


def republic(day: date, dotted: str = "/") -> str:
    """A date in years of the Republic: 110/08/10."""
    return dotted.join((str(day.year - 1911), f"{day.month:02d}", f"{day.day:02d}"))


def _office(n: Authored, r: Recorder) -> None:
    r.para("[機關資料]")
    r.label("機關代碼", str(n.org_number))
    r.label("機關名稱", r.note("buyer", n.buyer))
    r.label("機關地址", str(n.buyer_addr))
    r.label("聯絡人", r.who("person", n.contact_person))
    r.label("聯絡電話", r.who("phone", n.contact_phone))
    if n.contact_email:
        r.label("電子郵件信箱", r.who("email", n.contact_email))


def taiwan_tender(n: Authored, r: Recorder) -> str:
    """公開招標公告."""
    _office(n, r)
    r.para("[採購資料]")
    r.label("標案案號", r.note("project_id", n.project_id))
    r.label("標案名稱", r.note("project_name", n.name))
    r.label("標的分類", str(n.item))
    r.label("預算金額是否公開", "是")
    r.label("預算金額", r.money("budget", n.budget, "ntd"))
    r.note("currency", "TWD")
    r.para("[招標資料]")
    r.label("招標方式", r.note("method", n.method or "公開招標"))
    r.label("公告日", republic(n.day))
    at = n.deadline_at
    r.when(at, 0)
    r.label("截止投標", f"{republic(at.date())} {at:%H:%M}")
    r.note("published", n.day.isoformat())
    r.para("[其他]")
    r.label("履約地點", str(n.province))
    r.para("附加說明：")
    r.para(str(n.need))
    return f"{n.name} 公開招標公告"


def taiwan_award(n: Authored, r: Recorder) -> str:
    """決標公告."""
    _office(n, r)
    r.para("[已公告資料]")
    r.label("標案案號", r.note("project_id", n.project_id))
    r.label("標案名稱", r.note("project_name", n.name))
    r.label("招標方式", r.note("method", n.method or "公開招標"))
    r.para("[投標廠商]")
    r.label("投標廠商家數", "1")
    r.label("廠商名稱", r.also("suppliers", n.supplier))
    r.label("是否得標", "是")
    r.label("得標廠商", n.supplier)
    r.para("[決標資料]")
    r.label("決標公告日期", republic(n.day))
    if n.budget is not None:
        r.label("預算金額", r.money("budget", n.budget, "ntd"))
    r.label("總決標金額", r.money("award", n.award, "ntd"))
    r.note("currency", "TWD")
    r.note("published", n.day.isoformat())
    if "goods" in (n.shows or []):
        r.label("標的說明", str(n.goods))
    return f"{n.name} 決標公告"


def hongkong_tender(n: Authored, r: Recorder) -> str:
    """招標公告 of a Hong Kong department."""
    r.label("招標編號", r.note("project_id", n.project_id))
    r.label("招標項目", r.note("project_name", n.name))
    r.label("發布部門", r.note("buyer", n.buyer))
    at = n.deadline_at
    r.when(at, 0)
    r.label(
        "截標日期及時間",
        f"{at.year}年{at.month}月{at.day}日{'正午12時' if at.hour == 12 else f'{at:%H:%M}'}",
    )
    r.para("概要：")
    r.para(str(n.need))
    r.para(
        f"查詢：{r.who('person', n.contact_person)}　電話：{r.who('phone', n.contact_phone)}　電郵：{r.who('email', n.contact_email)}"
    )
    return f"{n.name} 招標公告"


def hongkong_award(n: Authored, r: Recorder) -> str:
    """批出合約公告 of a Hong Kong department."""
    r.label("招標編號", r.note("project_id", n.project_id))
    r.label("合約名稱", r.note("project_name", n.name))
    r.label("採購部門", r.note("buyer", n.buyer))
    r.label("獲批合約的承辦商", r.also("suppliers", n.supplier))
    r.note("award", n.award)
    r.note("currency", "HKD")
    r.label("合約金額", f"港幣 {n.award:,} 元")
    r.label("批出日期", f"{n.day.year}年{n.day.month}月{n.day.day}日")
    if "goods" in (n.shows or []):
        r.label("內容", str(n.goods))
    return f"{n.name} 合約批出公告"


FORMS = {
    "taiwan_tender": taiwan_tender,
    "taiwan_award": taiwan_award,
    "hongkong_tender": hongkong_tender,
    "hongkong_award": hongkong_award,
}
"""Form name → the function that writes it and returns its title."""
