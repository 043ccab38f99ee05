"""Find phones after labels of other languages: Tel., Fax, Teléfono, тел., 전화."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain

from sousveil.extract.masking.foreign import words_of

Span = tuple[int, int]

_RUN = re.compile(r"[+(\d][\d ()./\-–—]{4,26}\d")
_MORE = re.compile(
    r"\s{0,2}(?:,|;|/|or|y|o|и|und|ext\.?|[Ee]xt\.?|x|доб\.?|poste|内线|내선|int\.?|anexo)\s{0,2}"
    r"\+?\(?\d[\d ()./\-–]{0,22}"
)
_DATE = re.compile(r"(?:19|20)\d\d[-./][01]?\d[-./][0-3]?\d|[0-3]?\d[-./][01]?\d[-./](?:19|20)\d\d")
_NATIONAL = re.compile(
    r"\(?(?:[2-9]\d\d(?:\) ?|[-. ])[2-9]\d\d[-. ]\d{4}"
    r"|0(?:2\d\)? \d{4} \d{4}|1\d\d\)? \d{3} \d{4}|[137]\d{3}\)? (?:\d{6}|\d{3} \d{3})))"
)
"""(202) 555-0143 and 202-555-0143 (North American Numbering Plan, where neither area nor exchange
begins with 0 or 1); 020 7230 1212, 07700 900123 (Ofcom, National Telephone Numbering Plan)."""
_CODE_BEFORE = re.compile(
    r"(?i)(?:[\w$£€#%&=]|[\w\])][-/.]|\b(?:no|nos|nr|number|ref|reference|id|code|lot|part|item|nsn|duns"
    r"|uei|cage|sku|isbn|serial|account|contract|order|tender|solicitation|project|award|grant"
    r"|invoice|usd|gbp|eur)s?[.:#]{0,2} ?#?)$"
)
_CODE_AFTER = re.compile(r"[-/.]?\w|\s?[%€£$]|,\d{3}")
_JUNK = " :.-–=/()\n\t[]#№"


@cache
def _called() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, words_of("phone")), key=len, reverse=True))
    return re.compile(
        rf"(?<![^\W\d_])(?:{words})s?(?:[ .]{{0,2}}(?:no|nos|number|numbers|nr|num|número"
        rf"|numéro|#|№|\(s\))\.?)?"
        r"(?:\s?\([^()\n]{0,20}\))?\s{0,3}[:.\-–=/]{0,2}\s{0,4}$",
        re.IGNORECASE,
    )


def phones_abroad(text: str, runs: Sequence[Span]) -> list[Span]:
    """Spans of phones that a label of another language announces, or whose shape is national and
    that nothing calls a code; ``runs`` as in ``phones``."""
    found: list[Span] = []
    for run in chain.from_iterable(_RUN.finditer(text, *run) for run in runs):
        start = run.start()
        before = text[max(0, start - 34) : start]
        if _is_national(text, run, before):
            found.append((start + (run[0][0] == "(" and ")" not in run[0]), run.end()))
            continue
        last = before.rstrip(_JUNK)[-1:]
        if not last.isalpha() or ("一" <= last <= "鿿" and last not in "话号线"):
            continue
        digits = sum(char.isdigit() for char in run[0])
        if digits < 6 or _DATE.match(run[0]) or not _called().search(before):
            continue
        end = run.end()
        while more := _MORE.match(text, end):
            end = more.start() + len(more[0].rstrip(" .(/-–"))
        found.append((start + (run[0][0] == "(" and ")" not in run[0]), end))
    return found


def _is_national(text: str, run: re.Match[str], before: str) -> bool:
    """Whether a number without a label is a phone by its shape alone."""
    if not _NATIONAL.fullmatch(run[0]) or "一" <= before.rstrip(_JUNK)[-1:] <= "鿿":
        return False
    return not (_CODE_BEFORE.search(before) or _CODE_AFTER.match(text, run.end()))
