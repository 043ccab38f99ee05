"""Find persons' names in Japanese and Korean texts, after labels and before titles.

The text is folded, so Japanese characters stand in their Simplified form where they have one.
"""

import re

Span = tuple[int, int]

_KANA_OR_HANGUL = re.compile("[ぁ-ヶ가-힣]")
_LABELS = (
    "(?:担当者|担当|责任者|氏名|问い?合わせ先|连络先|連絡先|契约担当官|代表取缔役"
    "|支出负担行为担当官)(?:名|氏名|部署)?"
)
_NAMES = re.compile(
    rf"{_LABELS}\s{{0,3}}[:\n]\s{{0,3}}"
    r"(?P<label>[一-鿿々ヶ]{1,3} {0,2}[一-鿿々ぁ-んァ-ヶ]{1,4}|[ァ-ヶー]{2,6}[・ ][ァ-ヶー]{2,8})"
    r"(?:さん|様|样|氏)?(?=$|[\s,、。;()\d/]|さん|様|样|氏)"
    r"|(?:课长|部长|局长|署长|室长|所长|支店长"
    r"|队长) {1,3}(?P<head>[一-鿿々]{1,3} ?[一-鿿々]{1,3})(?![一-鿿])"
)
_HONOURED = re.compile(r"(?P<name>[一-鿿々]{2,5})(?=さん|様)")
_KOREAN = re.compile(
    r"(?:담당자|담당|성명|계약담당자?|책임자|대표자?|연락담당자|성함|이름|작성자|공고담당자"
    r"|집행관|계약담당공무원)"
    r"(?:명|성명|이름)?\s{0,3}[:\s]\s{0,3}(?:[가-힣]{2,10}(?:과|팀|실|국|처"
    r"|부)\s)?(?P<label>[가-힣]{2,4})"
    r"(?=$|[\s,;()/\d·]|님|씨|과장|주무관|팀장|대리|사무관|부장|차장)"
    r"|(?P<head>[가-힣]{2,4})\s?(?:주무관|사무관|과장님|팀장님|대리님|님)(?![가-힣])"
)
_STOP = re.compile(
    "课|部$|系$|室$|局$|省$|センター|株式|会社|부서|과$|팀$|실$|국$|처$|회사|센터|기관"
    "|전화|연락|담당|お客|皆|"
    "关系|关连|者$|고객|주식|各$|御中|对$|仕$|同$|模$|多$|異$|异$|一$"
)


def eastern_persons(text: str) -> list[Span]:
    """Spans of names in Japanese and Korean parts of the text."""
    if "担当" not in text and "氏名" not in text and not _KANA_OR_HANGUL.search(text):
        return []
    found: list[Span] = []
    for pattern in (_NAMES, _KOREAN):
        found += [
            match.span(group)
            for match in pattern.finditer(text)
            for group in ("label", "head")
            if match[group] and not _STOP.search(match[group])
        ]
    if "様" in text or "さん" in text:
        found += [m.span() for m in _HONOURED.finditer(text) if not _STOP.search(m["name"])]
    return found
