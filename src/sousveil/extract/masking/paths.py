"""Mask persons in file names: 张三_采购合同.pdf, 联系人李四13800000000.txt."""

import re
from functools import lru_cache

from sousveil.extract.masking.finder import find_personal
from sousveil.extract.masking.fold import fold
from sousveil.extract.masking.names import HAN, likely_name, without_title
from sousveil.extract.masking.spans import replace
from sousveil.model.document import MaskKind

_PART = re.compile(r"[^/\\]+")
_WORD = re.compile(rf"(?<![{HAN}A-Za-z])[{HAN}]{{2,12}}(?![{HAN}])")
_DOCUMENT = re.compile(
    "(?:的)?(?:个人)?(?:简历|身份证|护照|劳动合同|承诺书|授权书|委托书|证书|职称证|社保"
    "|名片|文件夹|资料|材料|签字|照片|档案|户口|学历|毕业证|资格证|中标|信访|举报|言论|档案|笔录|采购合同"
    "|合同)"
)


def mask_path(path: str) -> str:
    """``path`` with names of persons, phones and the like masked in every part.

    Organisations and titles of projects stay: a part of a name between separators is a person only
    if all of it is a likely name, alone or before a word such as 简历.
    """
    return _PART.sub(lambda match: _mask_part(match[0]), path)


@lru_cache(maxsize=4096)  # the files of a folder share its name
def _mask_part(part: str) -> str:
    stem, dot, extension = part.rpartition(".")
    if not dot or len(extension) > 5 or not extension.isalnum() or not extension.isascii():
        stem, dot, extension = part, "", ""
    found = find_personal(stem.replace("_", " "))
    covered = {place for _, start, end in found for place in range(start, end)}
    folded = fold(stem).text
    if len(folded) == len(stem):
        found += [
            span
            for match in _WORD.finditer(folded)
            if (span := _named(match)) and span[1] not in covered
        ]
    return replace(stem, sorted(found, key=lambda item: item[1]))[0] + dot + extension


def _named(match: re.Match[str]) -> tuple[MaskKind, int, int] | None:
    word = match[0]
    name = word if likely_name(word) else without_title(word)
    if name is None:
        of_person = _DOCUMENT.search(word, 2)
        head = word[: of_person.start()] if of_person else ""
        name = head if head and likely_name(head) else None
    return None if name is None else ("person", match.start(), match.start() + len(name))
