"""Countries beside each other, each with what was given of it: no figure without its coverage.

Records reach a case unevenly, so a country's share says first of all which records were given. A
share is printed only where coverage is alike (``judged``); where it is not, the reason stands in
its place.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec
from babel import Locale

from sousveil.reference import Taxonomy
from sousveil.reference.countries import country_name

FEWEST_PROJECTS = 30
"""Below these of a country no share is printed: one purchase more or less would move it by more
than three points."""
FEWEST_AMOUNTS = 5
"""Below these no median is printed."""
MOST_APART = 5
"""Coverage that differs by more than this factor is not compared."""
SPECIFICATION = 100
"""Characters from which a passage beside the title counts as a text that says what is bought."""
_MOST_LANGUAGES = 3


class Given(msgspec.Struct, frozen=True):
    """What was given of one country. Counts of records but for ``documents``, ``in_part`` (files of
    which a part could not be read) and ``projects``; ``with_amount`` counts projects.

    ``covered``: records in a language for which the taxonomy has many terms.
    """

    projects: int
    records: int
    copies: int
    documents: int
    sources: str
    first_year: int | None
    last_year: int | None
    undated: int
    calls: int
    outcomes: int
    plans: int
    with_specification: int
    with_amount: int
    in_part: int
    languages: tuple[tuple[str, int], ...]
    covered: int

    @property
    def telling(self) -> float:
        """The share of records with a text that says what is bought, 0–1."""
        return self.with_specification / self.records if self.records else 0.0

    @property
    def readable(self) -> float:
        """The share of records in well covered languages, 0–1."""
        return self.covered / self.records if self.records else 0.0

    @property
    def kind(self) -> str:
        """What most of the records are."""
        return max(self.kinds, key=lambda name: self.kinds[name])

    @property
    def kinds(self) -> dict[str, int]:
        """Records by what they are."""
        return {"calls": self.calls, "outcomes": self.outcomes, "plans or filings": self.plans}

    @property
    def kinds_told(self) -> str:
        """The same in words."""
        one = {"calls": "call", "outcomes": "outcome", "plans or filings": "plan or filing"}
        return ", ".join(
            f"{count:,} {one[kind] if count == 1 else kind}"
            for kind, count in self.kinds.items()
            if count
        )

    @property
    def span(self) -> str:
        """The years of the records."""
        if self.first_year is None:
            return "undated"
        one = self.first_year == self.last_year
        return f"{self.first_year}" if one else f"{self.first_year}–{self.last_year}"


class Country(msgspec.Struct, frozen=True):
    """A country's figures and what they rest on. ``code`` is ISO 3166-1 alpha-2; "": not known.

    ``share`` of its projects are surveillance; None where it is not to be compared, and then
    ``why`` says so.
    """

    code: str
    given: Given
    surveillance: int
    in_usd: int
    usd: float | None
    median_usd: float | None
    capabilities: tuple[tuple[str, int], ...]
    project_keys: str
    share: float | None = None
    why: str = ""

    @property
    def name(self) -> str:
        """The English name."""
        return country_name(self.code) if self.code else "not known"

    @property
    def median(self) -> float | None:
        """The median in US dollars where enough projects state an amount."""
        return self.median_usd if self.in_usd >= FEWEST_AMOUNTS else None


def well_covered(taxonomy: Taxonomy) -> frozenset[str]:
    """Languages (ISO 639-1) whose terms for capabilities are at most ``MOST_APART`` times fewer
    than those of the language with most."""
    counts: Counter[str] = Counter()
    for (facet, _), languages in taxonomy.languages.items():
        if facet == "capability":
            counts.update(languages)
    most = max(counts.values(), default=0)
    return frozenset(
        language.partition("-")[0]
        for language, terms in counts.items()
        if terms * MOST_APART >= most
    )


def judged(countries: Iterable[Country]) -> list[Country]:
    """With the share of those that may be compared, or the reason why not.

    Each measure of coverage is held against the country that has most of it, of those with enough
    projects; years must meet those of the country with most projects.
    """
    found = list(countries)
    enough = sorted(
        (c for c in found if c.code and c.given.projects >= FEWEST_PROJECTS),
        key=lambda c: (-c.given.projects, c.code),
    )
    why = {c.code: _why(c, enough) for c in found}
    alike = [code for code, reason in why.items() if not reason]
    if len(alike) == 1:
        why[alike[0]] = "no other country's records are alike enough"
    return [
        msgspec.structs.replace(c, why=why[c.code])
        if why[c.code]
        else msgspec.structs.replace(c, share=c.surveillance / c.given.projects)
        for c in found
    ]


def _why(country: Country, enough: Sequence[Country]) -> str:
    """Why a country's share is not printed; "" where it may be."""
    if not country.code:
        return "the country is not known"
    given = country.given
    if given.projects < FEWEST_PROJECTS:
        return f"fewer than {FEWEST_PROJECTS} projects were given"
    most = max(enough, key=lambda c: c.given.projects)
    told = max(enough, key=lambda c: c.given.telling)
    read = max(enough, key=lambda c: c.given.readable)
    reasons = []
    if most.given.projects > MOST_APART * given.projects:
        reasons.append(
            f"{given.projects:,} projects were given, of {most.name} {most.given.projects:,}"
        )
    if told.given.telling > MOST_APART * given.telling:
        reasons.append(
            f"{given.telling:.0%} of its records say more than a title, "
            f"of {told.name} {told.given.telling:.0%}"
        )
    if read.given.readable > MOST_APART * given.readable:
        reasons.append(
            f"{given.readable:.0%} of its records are in languages that the taxonomy covers well, "
            f"of {read.name} {read.given.readable:.0%}"
        )
    if given.kind != most.given.kind:
        reasons.append(f"its records are mostly {given.kind}, of {most.name} {most.given.kind}")
    apart = _years_apart(given, most.given)
    if apart:
        reasons.append(f"{apart} ({most.name}: {most.given.span})")
    return "; ".join(reasons)


def _years_apart(given: Given, most: Given) -> str:
    if given.first_year is None or given.last_year is None:
        return "its records state no date" if most.first_year is not None else ""
    if most.first_year is None or most.last_year is None:
        return "no dates to compare"
    if given.last_year < most.first_year or given.first_year > most.last_year:
        return "its records are of other years"
    return ""


def spelled(given: Given) -> str:
    """The commonest languages of a country's records, as the report prints them."""
    names = Locale("en").languages
    named = [f"{names.get(code, code) or 'unknown'} {n:,}" for code, n in given.languages]
    more = len(named) - _MOST_LANGUAGES
    return ", ".join(named[:_MOST_LANGUAGES]) + (f", {more} more" if more > 0 else "")


def reasons(countries: Iterable[Country]) -> dict[str, list[str]]:
    """Why no share is printed, with the countries that a reason holds for."""
    found: dict[str, list[str]] = defaultdict(list)
    for country in countries:
        if country.why and country.code:
            found[country.why].append(country.name)
    return dict(found)
