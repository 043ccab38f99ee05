"""Find persons' names after labels of Arabic and Persian texts, which have no capitals."""

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
_ARABIC = re.compile("[ء-ي]")


def arabic_persons(text: str) -> list[Span]:
    """Spans of names of two words and more after a label; bodies and offices stay."""
    if _ARABIC.search(text) is None:
        return []
    return [m.span("name") for m in _NAMED.finditer(text) if not _BODY.search(m["name"])]
