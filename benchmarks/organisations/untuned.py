"""Splink untuned, on the names as written: what the joining is measured beside."""

from collections.abc import Sequence

import pyarrow as pa

from benchmarks.measure import database
from sousveil.model import NameKey

WIDE: tuple[tuple[str, ...], ...] = (
    ("substr(name, 1, 6)", "country"),
    ("substr(name, 1, 4)", "length(name)", "country"),
    ("substr(name, -8)", "country"),
)
"""Blocks that find most pairs; their pairs grow with the square of the names."""
NARROW: tuple[tuple[str, ...], ...] = (
    ("substr(name, 1, 8)", "country"),
    ("substr(name, -10)", "country"),
)
"""Blocks that end for a million names."""


def untuned(
    keys: Sequence[NameKey], blocks: Sequence[Sequence[str]] = WIDE, memory: str = "12GB"
) -> dict[str, str]:
    """Splink as its tutorials have it, at even odds: names in small letters without spaces. The
    first of ``blocks`` is that of training; ``memory`` is DuckDB's limit. Numbers count where any
    are known."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    table = pa.table(
        {
            "unique_id": [key.name_id for key in keys],
            "name": ["".join(key.name.casefold().split()) for key in keys],
            "country": [key.country or "" for key in keys],
            "place": [key.place for key in keys],
            "number": [min(map(str, key.identifiers), default=None) for key in keys],
        }
    )
    exact = ["place", *(["number"] if any(key.identifiers for key in keys) else [])]
    rules = [block_on(*columns) for columns in blocks]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[cl.NameComparison("name"), *map(cl.ExactMatch, exact)],
        blocking_rules_to_generate_predictions=rules,
    )
    connection = database(memory)
    api = DuckDBAPI(connection)
    linker = Linker(api.register(table), settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(rules[0])
    found = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(found, 0.5)
    rows = connection.execute(f"SELECT unique_id, cluster_id FROM {clusters.physical_name}")
    return {str(name): str(cluster) for name, cluster in rows.fetchall()}
