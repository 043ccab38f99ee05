"""Trains the model of organisation names on generated ones whose truth is known, and writes it.

    python -m scripts.train_organisations [--organisations 60000] [--seed 1]

Splink estimates u from random pairs and m from the pairs that are one organisation. The benchmark
draws its population with another seed. Run it when the name parts or the comparisons change; the
result is shipped, so that no case trains anything.
"""

import argparse
import json
from pathlib import Path

import duckdb
from benchmarks.organisations.population import population
from splink import DuckDBAPI, Linker

from sousveil.resolve.organisations import model
from sousveil.resolve.organisations.parts import parts_of

OUT = Path("src/sousveil/resolve/organisations/model.json")
_LEAST = 1e-6


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    mentions = list(population(options.organisations, options.seed))
    parts = [parts_of(mention.key) for mention in mentions]
    numbers = [",".join(map(str, mention.key.identifiers)) for mention in mentions]
    table = model.rows(parts, numbers)
    truths = [mention.truth for mention in mentions]
    table = table.append_column("truth", [truths])
    api = DuckDBAPI(duckdb.connect())
    untrained = model.settings(1 / options.organisations, None)
    linker = Linker(api.register(table), untrained, log_level="ERROR")
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=options.seed)
    linker.training.estimate_m_from_label_column("truth")
    trained = linker.misc.save_model_to_json()
    weights = {
        comparison["output_column_name"]: [
            [
                max(level.get("m_probability", 0.0), _LEAST),
                max(level.get("u_probability", 0.0), _LEAST),
            ]
            for level in comparison["comparison_levels"]
            if not level.get("is_null_level")
        ]
        for comparison in trained["comparisons"]
    }
    pairs_of_one = sum(n * (n - 1) // 2 for n in _sizes(truths))
    prior = pairs_of_one / (len(truths) * (len(truths) - 1) / 2)
    written = {"trained_on": f"{len(truths)} names, seed {options.seed}", "prior": prior}
    OUT.write_text(json.dumps({**written, "weights": weights}, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(weights, indent=1))


def _sizes(truths: list[int]) -> list[int]:
    counts: dict[int, int] = {}
    for truth in truths:
        counts[truth] = counts.get(truth, 0) + 1
    return list(counts.values())


if __name__ == "__main__":
    main()
