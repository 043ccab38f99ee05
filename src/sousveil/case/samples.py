"""The files of decisions/samples/: one a sample, a draw a line, of which the last one holds."""

from pathlib import Path

import msgspec

from sousveil.case.append_only import person, whole_lines
from sousveil.case.decisions import append_lines, coder_name
from sousveil.case.folder import Case
from sousveil.errors import DecisionError
from sousveil.model.sample import DrawnSample

FOLDER = "decisions/samples"
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(DrawnSample)


def append_sample(case: Case, sample: DrawnSample) -> None:
    """Keep a draw and note it in the ledger. The case's lock must be held."""
    path = case.root / FOLDER / f"{sample.name}.jsonl"
    append_lines(case, path, [_encoder.encode(sample)], "sampled")


def sample_name(written: str) -> str:
    """The name of a sample as it is kept. Raises DecisionError for one that cannot be a file's."""
    return coder_name(written)


def read_sample(case: Case, name: str) -> DrawnSample:
    """The last draw of a sample. Raises DecisionError where there is none, or it cannot be read."""
    found = [
        _drawn(line.content, line.file)
        for line in whole_lines(case.root / FOLDER)
        if person(Path(line.file)) == name
    ]
    if not found:
        known = ", ".join(sample_names(case)) or "none"
        raise DecisionError(f"There is no sample '{name}'.", f"Samples of this case: {known}.")
    return max(found, key=lambda one: (one.at, _encoder.encode(one)))


def sample_names(case: Case) -> list[str]:
    """The names of the samples of a case."""
    return sorted({person(path) for path in (case.root / FOLDER).glob("*.jsonl")})


def _drawn(content: bytes, file: str) -> DrawnSample:
    try:
        return _decoder.decode(content)
    except msgspec.DecodeError as error:
        raise DecisionError(
            f"A line of {FOLDER}/{file} is no draw of a sample.",
            "Correct it, or restore the file from a copy.",
        ) from error
