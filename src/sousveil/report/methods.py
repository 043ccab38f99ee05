"""The methods section of a review, ready to print: plain sentences whose numbers the case holds.

Each paragraph names where its numbers come from, so that a reader can count them again.
"""

from collections.abc import Iterator, Sequence

import msgspec

from sousveil.coding.agreement import Agreement
from sousveil.coding.intervals import Estimate
from sousveil.coding.reads import Stop
from sousveil.coding.sampled import Estimated
from sousveil.model.claim import FAILS, HOLDS
from sousveil.reference.countries import country_name
from sousveil.report.environment import plural
from sousveil.report.flow import Part
from sousveil.report.protocol import Given, Protocol, joined

_WIDE = 78
_ILLUSTRATIVE = (
    "The records of this case are marked as illustrative: they are invented, and nothing here is a "
    "finding about any real body or company."
)
NOBODY = (
    "Nobody has checked what the machine found: the case keeps no decision of any person. All "
    "figures are what rules and models say of the words, and how many of them are wrong or missing "
    "is not known. They should be printed as such."
)


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph and where its numbers come from."""

    title: str
    text: str
    source: str


def methods(p: Protocol) -> tuple[Paragraph, ...]:
    """The methods section of a protocol."""
    parts = (
        Paragraph("Records", " ".join(_records(p)), "boxes files, unread, empty; tables documents, "
                  "projects; ledger"),
        Paragraph("Reading", " ".join(_reading(p)), "boxes notices, copies, projects; column "
                  "taxonomy_version of notices; table learning; ledger"),
        Paragraph("Searching", " ".join(_searching(p)), "boxes found, not_found, "
                  "queries; queries/"),
        Paragraph("Checking by people", " ".join(_checking(p)), "boxes decided, undecided, "
                  "relevant, irrelevant, open, several, those of coders; decisions/"),
        Paragraph("Agreement", " ".join(_agreement(p)), "decisions/; sousveil agreement"),
        Paragraph("What was missed", " ".join(_estimates(p.samples)), "decisions/samples/, "
                  "decisions/; sousveil estimate CASE SAMPLE"),
        Paragraph("When reading stopped", " ".join(_stopping(p.stop)), "decisions/; sousveil "
                  "estimate CASE"),
        Paragraph("Claims", " ".join(_claims(p)), "box claims; claims/; sousveil claims check"),
        Paragraph("To count again", " ".join(_again(p)), "review-log.csv; derived/manifest.json; "
                  "ledger/"),
    )  # fmt: skip
    return tuple(each for each in parts if each.text)


def methods_text(paragraphs: Sequence[Paragraph], title: str) -> str:
    """The section as plain text."""
    parts = [title, "=" * min(len(title), _WIDE), ""]
    for each in paragraphs:
        parts += [each.title, "", each.text, f"[Numbers: {each.source}]", ""]
    return "\n".join(parts)


def _records(p: Protocol) -> Iterator[str]:
    g = p.given
    if g.collection.illustrative:
        yield _ILLUSTRATIVE
    given, inside = _given(p)
    yield f"The case “{g.collection.case}” was given {_many(given, 'file')}{_days(g)}."
    if inside:
        yield f"{_many(inside, 'more file')} stood inside archives, mails or captures."
    yield from _origins(g)
    places = [f"{_place(each.country)} ({each.projects:,})" for each in g.collection.countries]
    if places:
        more = g.collection.more_countries
        named = joined([*places, f"{more:,} more"] if more else places)
        yield f"Projects by the buyer's country: {named}."
    if g.first_year is not None:
        years = f"{g.first_year} to {g.last_year}" if g.first_year != g.last_year else g.first_year
        undated = f"; {_many(g.undated, 'project')} bear no date" if g.undated else ""
        yield f"Their dates are of {years}{undated}."
    unread, empty = p.boxes["unread"], p.boxes["empty"]
    if unread.number:
        yield f"{_many(unread.number, 'file')} could not be read: {_listed(unread.parts)}."
    else:
        yield "Every file was read."
    if empty.number:
        yield f"{_many(empty.number, 'file')} held no notice of their own: {_listed(empty.parts)}."
    yield "The collection is no sample: nothing follows for records that were not given."


def _given(p: Protocol) -> tuple[int, int]:
    """Files given as such, and those inside them."""
    inside = sum(q.number for q in p.boxes["files"].parts if q.label.startswith("inside"))
    return p.number("files") - inside, inside


def _days(g: Given) -> str:
    if g.first_day is None:
        return ""
    if g.first_day == g.last_day:
        return f" on {g.first_day}"
    return f" between {g.first_day} and {g.last_day}"


def _origins(g: Given) -> Iterator[str]:
    if g.origins:
        hosts = [f"{each.label or 'no host'} ({each.number:,})" for each in g.origins]
        more = [f"{_many(g.more_origins, 'more host')}"] if g.more_origins else []
        yield f"Who gave them stated addresses of origin: {joined([*hosts, *more])}."
    if g.unstated:
        yield f"For {_many(g.unstated, 'document')} no address of origin was stated."
    if g.captured:
        yield f"For {_many(g.captured, 'document')} the time of capture was stated."


def _reading(p: Protocol) -> Iterator[str]:
    c = p.given.collection
    others = [version for version in p.given.software if version != c.software]
    earlier = f" (earlier steps: {joined(others)})" if others else ""
    yield (
        f"Sousveil {c.software}{earlier} read the files and found "
        f"{_many(p.number('notices'), 'notice')}, {p.number('copies'):,} of them copies of "
        "another, which were set aside. Notices of one procurement were joined to "
        f"{_many(p.number('projects'), 'project')}, each of which counts once below. Names of "
        "natural persons were masked before anything was stored."
    )
    yield f"Codes are those of taxonomy {c.taxonomy}."
    learning = p.given.learning
    if learning is None:
        yield "No model was learned from decisions of this case."
    elif learning.used:
        yield (
            f"A model (version {learning.version}) was learned from {learning.notices:,} notices "
            f"that people of this case had decided on and is in use: {_sentence(learning.reason)}"
        )
    else:
        yield f"No model learned from decisions is in use: {_sentence(learning.reason)}"


def _searching(p: Protocol) -> Iterator[str]:
    yield (
        "Rules over the words of each notice, with a general model beside them, held "
        f"{p.number('found'):,} of {_many(p.number('projects'), 'project')} "
        f"to buy surveillance{_learned(p)}. Decisions of people are not in this number."
    )
    if p.queries:
        told = [f"“{q.query}” ({q.kind}) finds {_many(q.projects, 'project')}" for q in p.queries]
        yield f"Queries of the case: {'; '.join(told)}."
    else:
        yield "The case keeps no query."


def _learned(p: Protocol) -> str:
    learning = p.given.learning
    return ", together with the model that was learned" if learning and learning.used else ""


def _checking(p: Protocol) -> Iterator[str]:
    decided = p.number("decided")
    if not p.coders:
        yield NOBODY
        return
    people = [f"{c.name} on {_many(c.projects, 'project')}" for c in p.coders]
    yield (
        f"{_many(len(p.coders), 'coder')} decided whether projects buy surveillance: "
        f"{joined(people)}. Together these are {decided:,} of "
        f"{_many(p.number('projects'), 'project')}; on {p.number('several'):,} two or more decided."
    )
    for coder in p.coders:
        yield f"{coder.name} took them from: {_listed(coder.taken)}."
    yield (
        f"{p.number('relevant'):,} were held relevant, {p.number('irrelevant'):,} not, and "
        f"{p.number('open'):,} are not settled."
    )
    left = p.boxes["undecided"]
    if left.number:
        yield (
            f"On {_many(left.number, 'project')} nobody decided ({_listed(left.parts)}): of these "
            "stands what the machine said, unchecked."
        )
    if p.elsewhere:
        yield f"{_many(p.elsewhere, 'decision')} on notices that the case does not hold count not."


def _agreement(p: Protocol) -> Iterator[str]:
    found = p.agreement.relevance
    if not p.coders:
        return
    if not found.units:
        yield "No project was decided on by two coders: how far they agree is not known."
        return
    yield (
        f"On {_many(found.units, 'project')} two or more coders decided; {_agreed(found)}. They "
        f"differ on {_many(len(found.disagreements), 'project')}."
    )
    for code, one in p.agreement.capabilities.items():
        if one.units:
            yield f"Capability {code}: {_agreed(one)}."


def _agreed(found: Agreement) -> str:
    told = [f"they agree on {_share(found.agreed)}"] if found.agreed else []
    for name, one in (("Cohen's kappa", found.kappa), ("Krippendorff's alpha", found.alpha)):
        if one is not None:
            told.append(f"{name} {one.value:.2f} (95 % interval {one.low:.2f} to {one.high:.2f})")
    if found.alpha is None:
        told.append("one answer alone was given, so that chance would agree as well")
    return ", ".join(told)


def _estimates(samples: Sequence[Estimated]) -> Iterator[str]:
    if not samples:
        yield (
            "No random sample was drawn: how many of the hits are wrong, and how many projects "
            "were missed, is not known."
        )
    for one in samples:
        read = [
            f"{s.read:,} of {s.population:,} {'it found' if s.hit else 'it did not find'}"
            f"{f' ({s.open:,} not settled)' if s.open else ''}"
            for s in one.strata
        ]
        yield (
            f"Sample “{one.name}” of the query “{one.query}”, drawn on {one.at[:10]}: read were "
            f"{joined(read)}."
        )
        yield _figures(one)


def _figures(one: Estimated) -> str:
    if one.precision is None:
        return "Too few are read to tell anything yet."
    told = [f"{_share(one.precision)} of the hits are relevant"]
    if one.recall is not None:
        told.append(f"the query found {_share(one.recall)} of the relevant projects")
    if one.relevant is not None:
        n = one.relevant
        told.append(
            f"{n.value:,.0f} projects are relevant in all (95 % interval {n.low:,.0f} to "
            f"{n.high:,.0f})"
        )
    return f"By it {joined(told)}."


def _stopping(stop: Stop) -> Iterator[str]:
    if not stop.decided:
        return
    if stop.decided == stop.population:
        yield f"All {_many(stop.population, 'project')} were decided on."
        return
    yield f"{stop.decided:,} of {_many(stop.population, 'project')} were decided on."
    if stop.seed is None:
        yield (
            "What was left was not read at random, so nothing proves that reading could stop where "
            "it did."
        )
        return
    p_value = "below 0.001" if stop.p_value < 0.001 else f"{stop.p_value:.3f}"
    verdict = "is rejected" if stop.next == "stop" else "is not rejected"
    yield (
        f"Of what the ranked reading left, {stop.at_random:,} were read in random order (seed "
        f"{stop.seed}). By a test that may be looked at after each record (Waudby-Smith & Ramdas "
        f"2020), the hypothesis that less than {stop.goal:.0%} of the relevant projects are found "
        f"{verdict} (p = {p_value}); at most {stop.missed_at_most:,} are missed, with 95 % "
        "confidence."
    )


def _claims(p: Protocol) -> Iterator[str]:
    if not p.claims:
        yield "The case states no claims."
        return
    holds = sum(each.verdict == HOLDS for each in p.claims)
    fails = sum(each.verdict == FAILS for each in p.claims)
    yield (
        f"{_many(len(p.claims), 'published statement')} {plural(len(p.claims), 'was', 'were')} "
        f"counted again: {holds:,} "
        f"{plural(holds, 'holds', 'hold')}, {fails:,} {plural(fails, 'does', 'do')} not, and "
        f"{len(p.claims) - holds - fails:,} cannot be told from these records. Their figures rest "
        f"on {_many(p.number('claims'), 'project')}: {_listed(p.boxes['claims'].parts)}."
    )


def _again(p: Protocol) -> Iterator[str]:
    c = p.given.collection
    lines = sum(p.heads.values())
    yield (
        f"All figures are of state {c.generation} of the case (snapshot {c.snapshot or 'none'}), "
        f"its ledger having {_many(lines, 'line')}; written on {p.made[:10]} by Sousveil "
        f"{c.software}. review-log.csv has {_many(p.rows, 'row')}, one a record: which file, which "
        "notice, what the machine found, who decided what and when, from which queue or sample "
        "with which probability, and which records nobody looked at. Each box of the figure is a "
        "count of its rows."
    )


def _place(country: str) -> str:
    """A country in words; the brief's own words where none is known."""
    return country_name(country) if len(country) == 2 else country


def _share(found: Estimate | None) -> str:
    if found is None:
        return "an unknown share"
    return f"{found.value:.0%} (95 % interval {found.low:.0%} to {found.high:.0%})"


def _listed(parts: Sequence[Part]) -> str:
    return joined([f"{part.number:,} {part.label}" for part in parts])


def _many(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {plural(count, one, many)}"


def _sentence(words: str) -> str:
    return words if words.endswith(".") else f"{words}."
