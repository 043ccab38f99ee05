"""The labels of one line: before its colons, wherever they stand, or in brackets."""

import re

from sousveil.extract.chinese.forms import Label, find_label, inline_label

_BRACKETED = re.compile(r"[\[【]\s?([^\[\]【】:]{2,24}?)\s?[\]】]")
_NUMBER_NEXT = re.compile(
    r"(?<=[\s。;；,，])(?:[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十\d]{1,2}[)]|\d{1,2}[、.])\s*$"
)
_SPLIT = re.compile(r"[\s,，。;；、)】\]〕|]")


def labels_in(text: str, colon: int) -> tuple[list[tuple[Label, int, int]], bool]:
    """Labels with where they start and their colon; and whether an unknown one opens the line.

    ``colon`` is the first colon in the text.
    """
    pairs: list[tuple[Label, int, int]] = []
    begins = False
    cut = 0
    while colon >= 0:
        if not _is_label_colon(text, colon):
            colon = text.find(":", colon + 1)
            continue
        label, at = _label_at(text, cut, colon, first=not cut)
        if label is not None:
            pairs.append((label, at, colon))
        elif not cut and colon <= 20:
            begins = True
        cut = colon + 1
        colon = text.find(":", cut)
    return pairs, begins


def _label_at(text: str, cut: int, colon: int, *, first: bool) -> tuple[Label | None, int]:
    """The label that ends at a colon and where it starts, looking back to ``cut``."""
    begin = max(cut, colon - 60)
    words = text[begin:colon]
    if first and begin == cut and colon - cut <= 45:
        label = find_label(words)
        if label is not None:
            return label, cut
    tail = words[-26:]
    before = split = None
    for found in _SPLIT.finditer(tail):
        if found.end() < len(tail):
            before, split = split, found
    if split is not None:
        label = find_label(tail[split.end() :])
        if label is None and before is not None and split.end() >= len(tail) - 3:
            label, split = find_label(tail[before.end() :]), before  # 名 称:
        if label is not None:
            if first or label.inline or split.group() in " 。;；":
                return label, colon - len(tail) + split.end()
            return None, colon
    suffix = inline_label(words)
    if suffix is not None:
        return suffix[0], colon - suffix[1]
    return None, colon


def _is_label_colon(text: str, colon: int) -> bool:
    """Not a time of day, an address of a page, or a colon within brackets."""
    before = text[colon - 1] if colon else ""
    after = text[colon + 1] if colon + 1 < len(text) else ""
    if before.isdigit() and after.isdigit():
        return False
    if after == "/" and text[colon + 2 : colon + 3] == "/":
        return False
    opening = text.rfind("(", max(0, colon - 30), colon)
    return opening < 0 or text.find(")", opening, colon) >= 0 or text.find(")", colon) < 0


def before_number(text: str, colon: int, stop: int) -> int:
    """Where a value that ends at the next label (``stop``) ends, without that label's number."""
    numbered = _NUMBER_NEXT.search(text, colon, stop) if stop < len(text) else None
    return stop if numbered is None else numbered.start()


def labels_in_brackets(text: str) -> list[tuple[Label, int, int, int, int]]:
    """Labels in brackets ([機關名稱] 桃林縣政府 [標案案號] …) of a line that begins with one.

    Each with its span, and that of the words behind it, to the next such label.
    """
    found = [
        (match, label)
        for match in _BRACKETED.finditer(text)
        if (label := find_label(match[1])) is not None
    ]
    if not found or found[0][0].start():
        return []
    ends = [match.start() for match, _ in found[1:]] + [len(text)]
    return [
        (label, *match.span(1), match.end(), stop)
        for (match, label), stop in zip(found, ends, strict=True)
    ]
