"""How many of a thing a record speaks of, read from numbers that stand right beside its name.

``摄像机 400 台``, ``400 台摄像机``, ``400 cameras``. What else a sentence says of the number (that
it is a part of another, or was there before) is not understood: so each is quoted, to be looked at.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

import duckdb
import msgspec

from sousveil.claims.asking import asked
from sousveil.model.claim import FoundNotice, FoundProject, Words

_NUMBER = r"\d{1,3}(?:[,，]\d{3})+|\d{1,9}"
_AFTER = rf"[\s:：]{{0,3}}(?P<after>{_NUMBER})(?![\d.,，年月日%％])"
_BEFORE = rf"(?<![\d.,，])(?P<before>{_NUMBER})\s?[^\W\d_]?\s?"

FIELD = "things"


def with_things(
    database: duckdb.DuckDBPyConnection, projects: Sequence[FoundProject], words: Sequence[str]
) -> tuple[FoundProject, ...]:
    """The projects, each notice with the numbers that its pages state of these things."""
    ids = [notice.notice_id for project in projects for notice in project.notices]
    texts = _texts(database, ids)
    pattern = _pattern(words)
    return tuple(
        msgspec.structs.replace(
            project,
            notices=tuple(
                _counted(notice, texts.get(notice.notice_id, {}), pattern)
                for notice in project.notices
            ),
        )
        for project in projects
    )


def numbers(text: str, words: Sequence[str]) -> list[int]:
    """The numbers beside these words, in the order of the text."""
    return [_value(match) for match in _pattern(words).finditer(text)]


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Longer words first: 人脸识别摄像机 before 摄像机."""
    names = "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
    return re.compile(rf"(?:{names}){_AFTER}|{_BEFORE}(?:{names})", re.IGNORECASE)


def _counted(
    notice: FoundNotice, pages: Mapping[int, str], pattern: re.Pattern[str]
) -> FoundNotice:
    found = [(page, m) for page, text in sorted(pages.items()) for m in pattern.finditer(text)]
    quoted = tuple(Words(FIELD, m.group(), page, m.start(), m.end()) for page, m in found)
    stated = tuple(_value(match) for _, match in found)
    return msgspec.structs.replace(notice, words=(*notice.words, *quoted), numbers=stated)


def _value(match: re.Match[str]) -> int:
    digits = match["after"] or match["before"]
    return int(digits.replace(",", "").replace("，", ""))


def _texts(
    database: duckdb.DuckDBPyConnection, notice_ids: Sequence[str]
) -> dict[str, dict[int, str]]:
    """The texts of the pages of notices, by notice and page."""
    found: dict[str, dict[int, str]] = {}
    with asked(database, notice_ids):
        for notice_id, page, text in _fetched(database):
            found.setdefault(notice_id, {})[page] = text
    return found


def _fetched(database: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, int, str]]:
    cursor = database.execute(
        "SELECT n.notice_id, p.page, p.text FROM pages p JOIN"
        " (SELECT notice_id, document_sha256, unnest(pages) AS page FROM notices"
        "  SEMI JOIN asked USING (notice_id)) n USING (document_sha256, page)"
    )
    while batch := cursor.fetchmany(500):
        yield from batch
