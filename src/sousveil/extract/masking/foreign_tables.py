"""Find names in columns of tables of other languages, whose header asks for a person."""

import re
from collections.abc import Sequence

from sousveil.extract.masking.foreign import Span, is_organisation, names_after
from sousveil.extract.masking.tables import Row, Table

_PERSON = re.compile(
    r"(?i)(?:contact(?: person)?|evaluator|panel member|member|evaluation panel"
    r"|officer|contracting officer|committee member|signatory|buyer contact)"
    r"(?:'?s)?(?: name)?(?:\(s\))?"
    r"|name of (?:the )?(?:contact|officer|evaluator|member|signatory)"
    r"|nombre y apellidos|persona de contacto|evaluador(?:a|es)?|responsable|nom et prénom"
    r"|ansprechpartner(?:in)?|фио|ф\.\s?и\.\s?о\.|контактное лицо|піб|контактна особа"
)
_NAME = re.compile(r"(?i)(?:full |contact )?name|nombre|nom|nome|naam|имя|імя|isim")
_BESIDE = re.compile(
    r"(?i)(?:tele)?phone(?: no\.?| number)?|tel\.?|mobile|e-?mail(?: address)?|position|job title"
    r"|signature|signed|rank|teléfono|correo(?: electrónico)?|cargo|firma|téléphone|courriel"
    r"|fonction|telefon|telefone|телефон|должность|подпись|посада|підпис"
)
"""Headers beside which a column of names is one of persons."""


def in_foreign_tables(text: str, tables: Sequence[Table]) -> list[Span]:
    """Names of two words and more below such headers; organisations stay."""
    found: list[Span] = []
    for rows in tables:
        columns: set[int] = set()
        for row in rows:
            headers = _headers(text, row)
            if headers:
                columns = headers
                continue
            for column in columns & row.keys():
                found += _named(text, *row[column])
    return found


def _headers(text: str, row: Row) -> set[int]:
    """Columns of persons where the row is a header: short titles without a figure."""
    titles = {column: text[start:end].strip(" :") for column, (start, end) in row.items()}
    if not any(_NAME.fullmatch(title) or _PERSON.fullmatch(title) for title in titles.values()):
        return set()
    if len(titles) < 2 or any(len(t) > 40 or _DIGIT.search(t) for t in titles.values()):
        return set()
    beside = any(_BESIDE.fullmatch(title) for title in titles.values())
    return {
        column
        for column, title in titles.items()
        if (_NAME.fullmatch(title) and beside)
        or (_PERSON.fullmatch(title) and (beside or len(titles) > 2))
        if not is_value(titles.get(column + 1, ""))
    }


def is_value(title: str) -> bool:
    """Contact | Jane Doe: what stands beside a label that is no header."""
    if _BESIDE.fullmatch(title) or _PERSON.fullmatch(title):
        return False
    return any(" " in title[start:end] for start, end in names_after(title, 0))


_DIGIT = re.compile(r"\d")


def _named(text: str, start: int, end: int) -> list[Span]:
    while start < end and text[start].isspace():
        start += 1
    return [
        (first, last)
        for first, last in names_after(text, start)
        if last <= end and " " in text[first:last] and not is_organisation(text[start:end])
    ]
