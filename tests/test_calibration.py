"""The calibration error, and the counts behind the shipped table."""

import tomllib

import pytest
from benchmarks.calibration import BIN, Observation, as_toml, calibration_error, left_out, text

from sousveil.extract.confidence import measured


def seen(confidence: float, right: int, wrong: int, field: str = "buyer") -> Observation:
    return Observation("p", field, "x", confidence, confidence, right, wrong, against=False)


@pytest.mark.parametrize(
    ("pairs", "error"),
    [
        ([], 0.0),
        ([(0.9, 9, 1)], 0.0),
        ([(0.9, 10, 0)], 0.1),
        ([(0.5, 30, 0), (1.0, 0, 30)], 0.75),
        ([(0.5, 30, 0), (1.0, 0, 10)], (40 * 0.625 - 30) / -40),
    ],
)
def test_the_error(pairs: list[tuple[float, int, int]], error: float) -> None:
    assert calibration_error(pairs) == pytest.approx(abs(error))


def test_small_bins_are_joined() -> None:
    alone = [(0.5 + n / 100, 1, 0) for n in range(BIN - 1)]
    mean = sum(confidence for confidence, _, _ in alone) / len(alone)
    assert calibration_error(alone) == pytest.approx(1 - mean)


def test_the_table_for_a_terminal() -> None:
    lines = text([seen(0.9, 9, 1), seen(0.4, 1, 1, "award")]).splitlines()
    assert [line.split()[0] for line in lines] == ["confidence", "buyer", "award", "all"]
    assert "1 of 2" in lines[-2]
    assert "12" in lines[-1]


def test_a_record_is_left_out_of_its_own_table() -> None:
    key = max(measured().counts, key=lambda key: measured().counts[key][0])
    extractor, field, strength = key
    share = measured().of(*key)
    one = Observation("p", field, extractor, strength, share, 1, 0, against=False)
    assert left_out(one) < share


def test_counts_are_written_as_they_are_read() -> None:
    written = tomllib.loads(as_toml([seen(0.9, 2, 1), seen(0.9, 3, 0), seen(1.0, 1, 0)]))
    assert written["counts"] == {"x": {"buyer": {"0.90": [5, 1], "1.00": [1, 0]}}}
    assert set(written["flags"]) == set(measured().flags)
