"""Find persons' names after labels in scripts without capitals: Arabic, Devanagari, Thai."""

import re

Span = tuple[int, int]

_LABELS = (
    "الشخص المسؤول|اسم المسؤول|مسؤول الاتصال|مسؤول التواصل|مسؤول المشتريات|ضابط الاتصال"
    "|جهة الاتصال|شخص الاتصال|نقطة الاتصال|للتواصل مع|المفوض بالتوقيع|المدير المسؤول|مدير المشروع"
    "|الممثل القانوني|الاسم الكامل|الاسم|شخص تماس|مسئول تماس|نام مسئول|نام و نام خانوادگی"
)
_NEXT = (
    "هاتف|الهاتف|جوال|الجوال|فاكس|الفاكس|البريد|بريد|العنوان|عنوان|رقم|الصفة|الوظيفة|تلفن|تلفون"
    "|ایمیل|نشانی"
)
_WORD = r"[ء-غف-ي\u064b-\u065f\u0670-\u06d3]{2,20}"
_NAMED = re.compile(
    rf"(?:{_LABELS})\s{{0,2}}[:\n\t]\s{{0,3}}"
    rf"(?P<name>(?!{_NEXT}){_WORD}(?: (?!(?:{_NEXT})(?![ء-ي])){_WORD}){{1,4}})"
)
_BODY = re.compile(
    "شركة|مؤسسة|وزارة|إدارة|مديرية|هيئة|قسم|مكتب|شرطة|جامعة|بلدية|مركز|شرکت|اداره|وزارت"
)
_OTHERS = re.compile(
    r"(?:ผู้ติดต่อ|ผู้ประสานงาน|ผู้รับผิดชอบ|ติดต่อ)\s{0,2}[:\n\t]\s{0,3}"
    r"(?P<thai>[ก-๛]{2,30}(?: (?!โทร)[ก-๛]{2,30})?)"
    r"|(?:संपर्क व्यक्ति|संपर्क अधिकारी|नाम)\s{0,2}[:\n\t]\s{0,3}"
    r"(?P<hindi>[ऀ-ॿ]{2,20}(?: (?!फोन|मोबाइल|पद)[ऀ-ॿ]{2,20}){1,3})"
)
_SCRIPTS = re.compile("[ء-يऀ-ॿก-๛]")


def uncased_persons(text: str) -> list[Span]:
    """Spans of names after a label, in Arabic and Hindi of two words and more; bodies stay."""
    if _SCRIPTS.search(text) is None:
        return []
    found = [m.span("name") for m in _NAMED.finditer(text) if not _BODY.search(m["name"])]
    return found + [m.span(m.lastgroup or 0) for m in _OTHERS.finditer(text)]
