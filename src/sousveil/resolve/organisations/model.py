"""The probability that two names are one organisation: a Fellegi–Sunter model over name parts.

Splink finds the candidate pairs and weighs them; its parameters were trained once by
``scripts/train_organisations.py`` on generated names whose truth is known, and are shipped in
``model.json``: what a pair is worth never depends on which other names a case holds, so that no
order of adding changes a result. Splink is imported here only, when there are names to compare.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from sousveil.resolve.organisations.records import Parts

THRESHOLD = 0.95
"""From here on two names are one organisation."""
_MEMORY = "2500MB"
_CHUNK = 700_000
"""Names a part of the comparison: its pairs are held in memory, never written to disk."""
_LEAST = 1_000
"""Names of the smallest part that is tried where memory does not suffice for larger ones."""
OPENING = 3
LONG = 6
"""Signs of a name by which long ones are compared, and from how many on they are long."""

PLACES = "place"
LEVELS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "rest": (
        ("same", '"rest_l" = "rest_r" AND "own_l" AND "own_r"'),
        ("same kind of body", '"rest_l" = "rest_r"'),
        (
            "one sign apart",
            '"own_l" AND "own_r" AND length("rest_l") >= 6 AND "opening_l" = "opening_r"'
            ' AND length("rest_l") = length("rest_r") AND len(list_filter(list_zip('
            "string_split(\"rest_l\", ''), string_split(\"rest_r\", '')),"
            " lambda x: x[1] <> x[2])) = 1",
        ),
        ("similar", 'jaro_winkler_similarity("rest_l", "rest_r") >= 0.94'),
    ),
    "place": (
        ("same", '"place_l" = "place_r"'),
        (
            "one within the other",
            'starts_with("near_l", "near_r") OR starts_with("near_r", "near_l")',
        ),
    ),
    "unit": (
        ("same", '"unit_l" = "unit_r"'),
        ("similar", 'jaro_winkler_similarity("unit_l", "unit_r") >= 0.92'),
    ),
    "identifier": (("same", '"identifier_l" = "identifier_r"'),),
}
"""By name part: what agreed, and the SQL that says so; a part unknown on one side says nothing."""
_MISSING = {"rest": "", "place": "", "unit": None, "identifier": ""}
BLOCKS = (
    "l.country = r.country AND l.rest = r.rest AND l.marks = r.marks AND l.own AND r.own",
    "l.country = r.country AND l.place = r.place AND l.unit = r.unit AND l.marks = r.marks"
    " AND l.opening = r.opening AND l.long AND r.long",
    "l.identifier = r.identifier AND l.identifier <> ''",
)
"""Which pairs are compared at all: names that could be one without more than one part differing."""
_ROWS = pa.schema(
    [
        ("unique_id", pa.int64()),
        ("country", pa.string()),
        ("place", pa.string()),
        ("near", pa.string()),
        ("rest", pa.string()),
        ("unit", pa.string()),
        ("marks", pa.string()),
        ("opening", pa.string()),
        ("long", pa.bool_()),
        ("own", pa.bool_()),  # a name of its own, no kind of body
        ("identifier", pa.string()),
    ]
)


class Pair(msgspec.Struct, frozen=True, gc=False):
    """Two of the compared names by their numbers, how probably they are one, and what agreed."""

    left: int
    right: int
    probability: float
    levels: dict[str, str]


def pairs(parts: Sequence[Parts], identifiers: Sequence[str]) -> Iterator[Pair]:
    """Pairs that are probably one organisation, by probability. ``identifiers``: one number each,
    "" where none is known."""
    if len(parts) < 2:
        return
    table = rows(parts, identifiers)
    chunks = -(-len(parts) // _CHUNK)
    while True:
        connection = duckdb.connect(":memory:")
        try:
            cursor = _predicted(connection, table, chunks)
        except duckdb.OutOfMemoryException:
            # Names that are much alike make more pairs; the result is the same in smaller parts.
            if chunks >= len(parts) // _LEAST:
                raise
            chunks *= 4
        else:
            while batch := cursor.fetchmany(10_000):
                for left, right, probability, *gammas in batch:
                    yield Pair(left, right, round(probability, 6), _levels(*gammas))
            return
        finally:
            connection.close()


def _predicted(
    connection: duckdb.DuckDBPyConnection, table: pa.Table, chunks: int
) -> duckdb.DuckDBPyConnection:
    """Pairs over the threshold, the likeliest first, as rows of two numbers, the probability and
    Splink's number of each level. Raises duckdb.OutOfMemoryException."""
    from splink import DuckDBAPI, Linker
    from splink.internals.exceptions import SplinkException

    connection.execute(f"SET memory_limit = '{_MEMORY}'; SET temp_directory = ''")
    connection.execute("SET enable_progress_bar = false")
    registered = DuckDBAPI(connection).register(table)
    linker = Linker(registered, trained(), log_level="ERROR", validate_settings=False)
    try:
        found = linker.inference.predict(
            threshold_match_probability=THRESHOLD, num_chunks_left=chunks, num_chunks_right=1
        )
    except SplinkException as error:
        if isinstance(error.__cause__, duckdb.OutOfMemoryException):
            raise error.__cause__ from None
        raise
    wanted = ", ".join(f"gamma_{name}" for name in LEVELS)
    return connection.execute(
        f"SELECT least(unique_id_l, unique_id_r), greatest(unique_id_l, unique_id_r),"
        f" match_probability, {wanted} FROM {found.physical_name} ORDER BY 3 DESC, 1, 2"
    )


def rows(parts: Sequence[Parts], identifiers: Sequence[str]) -> pa.Table:
    """The table that Splink compares, one row a name, numbered from 0."""
    rest = pa.array([one.rest for one in parts], pa.string())
    columns: dict[str, Sequence[object] | pa.Array] = {
        "unique_id": range(len(parts)),
        "country": [one.country or "" for one in parts],
        "place": [one.place or "" for one in parts],
        "near": [trimmed(one.place) for one in parts],
        "rest": rest,
        "unit": [one.unit for one in parts],
        "marks": [one.marks for one in parts],
        "opening": pc.utf8_slice_codeunits(rest, 0, OPENING),
        "long": pc.greater_equal(pc.utf8_length(rest), LONG),
        "own": [one.kind != "public_body" for one in parts],
        "identifier": identifiers,
    }
    return pa.table(columns, schema=_ROWS)


def trimmed(place: str | None) -> str:
    """A code without the noughts of its wider levels: one place lies in another where its trimmed
    code begins with the other's."""
    if not place or not place.isdigit():
        return place or ""
    return place[:2] if place.endswith("0000") else place[:4] if place.endswith("00") else place


def comparisons(weights: Mapping[str, Sequence[tuple[float, float]]] | None = None) -> list[Any]:
    """Splink's comparisons; ``weights``: m and u of each level, the last of "differs"."""
    found = []
    for name, levels in LEVELS.items():
        missing = _MISSING[name]
        none = [f"\"{name}_l\" = '' OR \"{name}_r\" = ''"] if missing == "" else []
        said: list[dict[str, Any]] = [
            {"sql_condition": sql, "label_for_charts": "not known", "is_null_level": True}
            for sql in none
        ]
        given = [{"sql_condition": sql, "label_for_charts": label} for label, sql in levels]
        given.append({"sql_condition": "ELSE", "label_for_charts": "differs"})
        if weights is not None:
            for level, (m, u) in zip(given, weights[name], strict=True):
                level |= {"m_probability": m, "u_probability": u}  # type: ignore[dict-item]
        found.append({"output_column_name": name, "comparison_levels": [*said, *given]})
    return found


def _rules() -> list[dict[str, str]]:
    return [{"blocking_rule": rule, "sql_dialect": "duckdb"} for rule in BLOCKS]


def settings(prior: float, weights: Mapping[str, Sequence[tuple[float, float]]] | None) -> Any:
    """Splink's settings with these parameters (None: untrained)."""
    return {
        "link_type": "dedupe_only",
        "probability_two_random_records_match": prior,
        "comparisons": comparisons(weights),
        "blocking_rules_to_generate_predictions": _rules(),
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": False,
        "additional_columns_to_retain": [],
    }


@cache
def trained() -> Any:
    """Splink's settings with the shipped parameters."""
    text = (
        resources.files("sousveil.resolve.organisations").joinpath("model.json").read_text("utf-8")
    )
    model = json.loads(text)
    return settings(model["prior"], model["weights"])


@cache
def _levels(*gammas: int) -> dict[str, str]:
    """What agreed of a pair, by Splink's numbers in the order of ``LEVELS``."""
    return dict(zip(LEVELS, map(_level, LEVELS, gammas), strict=True))


def _level(name: str, gamma: int) -> str:
    """The label of a level by Splink's number: the highest is the first of the list."""
    if gamma < 0:
        return "not known"
    labels = [label for label, _ in LEVELS[name]]
    return "differs" if gamma == 0 else labels[len(labels) - gamma]


def agreed(levels: Iterable[str]) -> int:
    """How many parts agree in full."""
    return sum(level == "same" for level in levels)
