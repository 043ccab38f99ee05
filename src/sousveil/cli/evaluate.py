"""``sousveil evaluate``: how right an export is, by labels that a person made."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sousveil.measure import Evaluation, Score

EXIT_BELOW = 9


def evaluate(
    export: Annotated[
        Path, typer.Argument(metavar="EXPORT", help="notices.jsonl of 'sousveil export'.")
    ],
    labels: Annotated[
        Path, typer.Argument(metavar="LABELS", help="JSON Lines: what a reader found in records.")
    ],
    errors: Annotated[
        bool, typer.Option("--errors", help="List every value that differs.")
    ] = False,
    sealed: Annotated[
        bool, typer.Option("--sealed", help="Count labels kept for a final measurement too.")
    ] = False,
    at_least: Annotated[
        float, typer.Option("--at-least", min=0, max=1, help="Exit with 9 where F1 is below this.")
    ] = 0.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure the fields of an export against labels: precision and recall with intervals."""
    import json

    from sousveil import measure

    chosen = [label for label in measure.read_labels(labels) if sealed or not label.sealed]
    result = measure.evaluate(chosen, measure.read_export(export))
    if as_json:
        typer.echo(json.dumps(_as_json(result, errors), ensure_ascii=False))
    else:
        typer.echo(_as_text(result, errors))
    if result.micro().f1 < at_least:
        raise typer.Exit(EXIT_BELOW)


def _rates(score: "Score") -> dict[str, object]:
    from sousveil.measure import interval

    return {
        "right": score.right,
        "wrong": score.wrong,
        "missed": score.missed,
        "precision": round(score.precision, 4),
        "precision_95": [round(x, 4) for x in interval(score.right, score.right + score.wrong)],
        "recall": round(score.recall, 4),
        "recall_95": [round(x, 4) for x in interval(score.right, score.right + score.missed)],
        "f1": round(score.f1, 4),
    }


def _as_json(result: "Evaluation", errors: bool) -> dict[str, object]:
    given: dict[str, object] = {
        "labels": result.labels,
        "found": result.found,
        "unfound": result.unfound,
        "surplus": result.surplus,
        "all_fields": _rates(result.micro()),
        "fields": {name: _rates(score) for name, score in sorted(result.fields().items())},
        "sets": {
            part: {
                "all_fields": _rates(result.micro(part)),
                "fields": {n: _rates(s) for n, s in sorted(result.fields(part).items())},
            }
            for part in sorted(result.scores)
            if part
        },
    }
    if errors:
        given["mistakes"] = [[m.label, m.field, m.labelled, m.exported] for m in result.mistakes]
    return given


def _as_text(result: "Evaluation", errors: bool) -> str:
    lines = [
        f"{'':24}{'precision':>22}{'recall':>22}{'F1':>8}{'right':>7}{'wrong':>7}{'missed':>8}"
    ]
    lines += [_line(name, score) for name, score in sorted(result.fields().items())]
    lines.append(_line("all fields", result.micro()))
    for part in sorted(result.scores):
        if part:
            lines.append(_line(f"  of {part}", result.micro(part)))
    lines.append(f"{result.labels} labels; {result.found} of their notices were exported.")
    if result.unfound:
        lines.append(f"Not exported: {', '.join(result.unfound)}")
    if result.surplus:
        lines.append(f"Exported, though no notices: {', '.join(result.surplus)}")
    if errors:
        lines += [
            f"{m.label}\t{m.field}\tlabelled {m.labelled}\texported {m.exported}"
            for m in result.mistakes
        ]
    return "\n".join(lines)


def _line(name: str, score: "Score") -> str:
    from sousveil.measure import interval

    def rate(right: int, of: int) -> str:
        low, high = interval(right, of)
        return f"{right / of:.3f} ({low:.2f}-{high:.2f})" if of else "none"

    precision = rate(score.right, score.right + score.wrong)
    recall = rate(score.right, score.right + score.missed)
    return (
        f"{name:24}{precision:>22}{recall:>22}{score.f1:>8.3f}"
        f"{score.right:>7}{score.wrong:>7}{score.missed:>8}"
    )
