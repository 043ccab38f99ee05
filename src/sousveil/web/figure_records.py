"""From a number of a figure to the records behind it, as a search.

A project has the codes of all its notices, so a search for a code need not find the notices that
were searched for. Where it finds other projects than the figure counts, these are named one by one.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from sousveil.pipeline.browsing import query_of
from sousveil.report.figures import Figure, Scalar
from sousveil.report.tile_map import NOT_KNOWN
from sousveil.search.facets import NONE
from sousveil.web.room import Reading
from sousveil.web.search_state import State

MOST_KEYS = 60
"""Projects that a search names one by one."""
FACETS = {
    "spend": "year",
    "buyers": "buyer_type",
    "capabilities": "capability",
    "platforms": "platform",
    "target_groups": "target",
    "places": "place",
}
"""The facet that a figure's rows are values of."""
FIELDS = {"bodies": "buyer_org", "suppliers": "supplier_org"}
"""The field that finds the notices of a figure's organisations."""
_LEVEL = ("ladder", "year", "level")
NOT_STATED = frozenset({"not stated", NOT_KNOWN})
_SEPARATOR = ":"


def records_address(state: State, name: str, **row: object) -> str:
    """Where the records of a row of a figure are, by what stands in its columns."""
    picked = [("is", f"{column}{_SEPARATOR}{value}") for column, value in row.items()]
    return f"/figures/{name}/records?{urlencode([*state.fields(), *picked])}"


def read_row(picked: list[str]) -> dict[str, str]:
    """Columns and values of such an address."""
    pairs = (each.partition(_SEPARATOR) for each in picked)
    return {column: value for column, _, value in pairs}


def keys_of(figure: Figure, row: Mapping[str, str]) -> frozenset[str]:
    """The projects that the rows of these values count; none for columns that tell no row."""
    if row.keys() != _columns(figure):
        return frozenset()
    return frozenset(
        key
        for record in figure.records()
        if all(_is(figure, record.get(column), value) for column, value in row.items())
        for key in str(record["project_keys"]).split()
    )


def _columns(figure: Figure) -> set[str]:
    """The columns that tell the rows of a figure apart, as far as it draws them."""
    if figure.definition.name in FIELDS:
        return {"org_key"}
    return set(_LEVEL) if figure.definition.shape == "trend" else {figure.definition.label}


def _is(figure: Figure, found: Scalar, value: str) -> bool:
    """Whether a cell has a value; a country has its provinces."""
    said = str(found)
    return said == value or (figure.definition.name == "places" and said.startswith(f"{value} "))


def naming(keys: Iterable[str]) -> State | None:
    """The search that names these projects one by one; None where there are too many."""
    named = sorted(set(keys))
    if not 0 < len(named) <= MOST_KEYS:
        return None
    return State(" OR ".join(f"project:{key}" for key in named))


def search_of(
    reading: Reading, state: State, figure: Figure, row: Mapping[str, str]
) -> State | None:
    """The search that finds the records of just a row's projects: in words that people would
    choose, or naming each. None where the words find others and there are too many to name."""
    keys = keys_of(figure, row)
    chosen = _in_words(state, figure, row)
    if chosen is not None:
        query = query_of(chosen.asked(), reading.saved())
        if reading.overviews.projects_of(reading.index, query) == keys:
            return chosen
    return naming(keys)


def _in_words(state: State, figure: Figure, row: Mapping[str, str]) -> State | None:
    """None for a name that no filter can hold."""
    name, watching = figure.definition.name, state.narrowed(("surveillance", "true"))
    if name in FIELDS:
        return watching.also(f'{FIELDS[name]}:"{row["org_key"]}"')
    if figure.definition.shape == "trend":
        return watching.narrowed(*row.items())
    (said,) = row.values()
    if name == "places" and said not in NOT_STATED:
        path = path_of(said)
        return watching.narrowed(("place", path)) if path else None
    return watching.narrowed((FACETS[name], NONE if said in NOT_STATED else said))


def path_of(label: str) -> str | None:
    """The path of a place by the figure's label; None for a name that no filter can hold."""
    country, _, province = label.partition(" ")
    if "/" in label or '"' in label:
        return None
    return f"{country}/{province}" if province else country
