"""A second voice where a notice holds words of the taxonomy: linear models trained once.

``general.npz`` is frozen; ``python -m benchmarks.general_model --write`` makes it from open written
records (never from sealed ones, never from a case). It holds one linear function of hashed
n-grams for surveillance, one for overseas targets, one a capability, and how their margins are
added to what the rules found (the voices): fitted to what rules found in records they had not been
mended by, and to margins of writers the model had not read. Decision 0032.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO

import msgspec
import numpy as np
import numpy.typing as npt

from sousveil.classify.features import Columns, Gram, Values, log_odds, mixed, spaced
from sousveil.classify.matches import TITLES
from sousveil.classify.model import logistic, stretches
from sousveil.classify.overseas import UMBRELLA
from sousveil.classify.passages import Passage
from sousveil.model import Reason, Tag
from sousveil.reference.taxonomy import Group, Taxonomy

EXTRACTOR = "general/2"
SURVEILLANCE, OVERSEAS = "surveillance", "overseas_target"
"""Names of functions that are no capability's."""
LONGEST = 5
"""Characters of the longest n-grams; the shortest are single ones."""
_TITLE = 1 << 40
"""Sets the n-grams of titles and names apart from those of all the text."""
_COLUMNS = np.uint64(0xFFFFFFFF)
_UNSAID = re.compile(r"〔[^〔〕]{1,40}〕|\d")
_NOTHING = -4.0
"""Stands for the log odds of other capabilities where the rules found none."""


class Frozen(msgspec.Struct, frozen=True):
    """What ``general.npz`` holds.

    ``columns``: n-grams that are known, rising, as 32-bit hashes; ``idf`` what each counts;
    ``names``: the functions; ``weights``, one row a function, signed bytes, multiples of its
    ``steps``; ``voices``: by the kinds ``surveillance``, ``capability`` and ``overseas_target`` the
    coefficients that add the rules and the margins, the constant last.
    """

    columns: npt.NDArray[np.uint32]
    idf: npt.NDArray[np.float32]
    names: tuple[str, ...]
    weights: npt.NDArray[np.int8]
    steps: Values
    intercepts: Values
    voices: Mapping[str, tuple[float, ...]]


class Opinion(msgspec.Struct, frozen=True):
    """The model's own margins of one notice, by the names of functions: above 0 for yes."""

    margins: Mapping[str, float]

    @property
    def strongest(self) -> float:
        """The margin of the likeliest capability."""
        return max(m for name, m in self.margins.items() if name != SURVEILLANCE)


class General:
    """The model, ready to be asked."""

    def __init__(self, frozen: Frozen) -> None:
        self._frozen = frozen
        self._rows = {name: number for number, name in enumerate(frozen.names)}

    @property
    def capabilities(self) -> tuple[str, ...]:
        """The codes that it knows."""
        return tuple(n for n in self._frozen.names if n not in (SURVEILLANCE, OVERSEAS))

    def opinion(self, read: Sequence[Passage]) -> Opinion:
        """The margins of a notice with these passages."""
        places, values = self._row(read)
        said = self._frozen
        margins = said.weights[:, places] @ values * said.steps + said.intercepts
        found = dict(zip(said.names, margins.tolist(), strict=True))
        return Opinion({name: margin for name, margin in found.items() if name != OVERSEAS})

    def abroad(self, read: Sequence[Passage]) -> float:
        """The margin of overseas targets, of passages that ``without_platforms`` gave."""
        places, values = self._row(read)
        said, at = self._frozen, self._rows[OVERSEAS]
        return float(said.weights[at, places] @ values * said.steps[at] + said.intercepts[at])

    def surveillance(self, opinion: Opinion, tags: Sequence[Tag]) -> float:
        """The probability that a notice buys surveillance. ``tags``: what the rules named
        (``capability``) and came near to (``candidate``)."""
        return self._voice(SURVEILLANCE, on_surveillance(opinion, tags))

    def capability(self, opinion: Opinion, code: str, tags: Sequence[Tag]) -> float:
        """The probability that it buys this capability."""
        return self._voice("capability", on_capability(opinion, code, tags))

    def overseas(self, read: Sequence[Passage], by_rules: bool) -> float:
        """The probability that a notice of surveillance looks abroad; ``read`` as ``abroad`` has
        it."""
        return self._voice(OVERSEAS, (by_rules, self.abroad(read)))

    def reasons(self, read: Sequence[Passage], name: str, sign: int = 1) -> tuple[Reason, ...]:
        """The stretches of text that speak most for a function (``sign`` -1: against it), strongest
        first."""
        said = self._frozen
        weights = said.weights[self._rows[name]] * said.steps[self._rows[name]] * sign
        length = float(np.linalg.norm(said.idf[self._row(read)[0]])) or 1.0

        def at(columns: Columns) -> Values:
            places, known = self._places(columns)
            found: Values = np.where(known, weights[places] * said.idf[places] / length, 0.0)
            return found

        return stretches(what_is_bought(read), at, EXTRACTOR, sign=sign, cut=_pieces)

    def _row(self, read: Sequence[Passage]) -> tuple[Columns, Values]:
        """The known n-grams of a notice, each once, and their values: of length 1 together."""
        places, known = self._places(row(read))
        places = places[known]
        values = self._frozen.idf[places].astype(np.float64)
        return places, values / (float(np.linalg.norm(values)) or 1.0)

    def _places(self, columns: Columns) -> tuple[Columns, npt.NDArray[np.bool_]]:
        held = self._frozen.columns
        places = np.minimum(np.searchsorted(held, columns.astype(np.uint32)), held.size - 1)
        return places, held[places] == columns

    def _voice(self, kind: str, values: Sequence[float]) -> float:
        *coefficients, constant = self._frozen.voices[kind]
        odds = sum(c * v for c, v in zip(coefficients, values, strict=True)) + constant
        return round(logistic(odds), 4)


def on_surveillance(opinion: Opinion, tags: Sequence[Tag]) -> tuple[float, ...]:
    """What the voice of surveillance adds up."""
    best = max((t.score for t in tags), default=0.0)
    named = any(t.facet == "capability" for t in tags)
    own = opinion.margins[SURVEILLANCE]
    return (log_odds(best) if best else 0.0, not best, named, own, opinion.strongest)


def on_capability(opinion: Opinion, code: str, tags: Sequence[Tag]) -> tuple[float, ...]:
    """What the voice of a capability adds up."""
    scores = {t.code: t.score for t in tags}
    named = any(t.facet == "capability" and t.code == code for t in tags)
    score = scores.pop(code, 0.0)
    beside = max((log_odds(other) for other in scores.values()), default=_NOTHING)
    own, whole = opinion.margins[code], opinion.margins[SURVEILLANCE]
    return (log_odds(score) if score else 0.0, not score, named, own, whole, beside)


def row(read: Sequence[Passage]) -> Columns:
    """The n-grams of what is bought, as 32-bit hashes, rising, each once."""
    parts = [_cut(passage).columns for passage in what_is_bought(read)]
    return np.unique(np.concatenate(parts)) if parts else np.empty(0, np.int64)


def what_is_bought(read: Sequence[Passage]) -> list[Passage]:
    """Titles, names and purposes, with spaces for digits and for what was masked.

    The rest of a notice is the bidding's own words, which the records that were learned from have
    few of; prices, numbers and names say nothing of what is bought.
    """
    return [
        msgspec.structs.replace(p, text=_UNSAID.sub(lambda m: " " * len(m[0]), p.text))
        for p in read
        if p.role != "body"
    ]


def without_platforms(read: Sequence[Passage], taxonomy: Taxonomy) -> list[Passage]:
    """With spaces for names of platforms: whether one is abroad depends on where the buyer is,
    which the rules know (``looks_abroad``) and n-grams do not."""
    return [msgspec.structs.replace(p, text=_unnamed(p.text, taxonomy)) for p in read]


def _unnamed(text: str, taxonomy: Taxonomy) -> str:
    for start, end, term in taxonomy.lexicon.find(text):
        if any(_is_platform(group) for group in taxonomy.groups.get(term, ())):
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _is_platform(group: Group) -> bool:
    return group.facet == "platform" and group.code != UMBRELLA


def _pieces(passage: Passage) -> Gram:
    """N-grams that a reader can make something of: no single characters, no gaps."""
    return _cut(passage, legible=True)


def _cut(passage: Passage, *, legible: bool = False) -> Gram:
    """The n-grams of a passage; those of titles stand twice, as of all text and as of titles."""
    codes = spaced(f" {passage.text} ")
    salts = (0, _TITLE) if passage.role in TITLES else (0,)
    found = [_grams(codes, salt, legible=legible) for salt in salts]
    longest = codes.size - 2
    return Gram(
        np.concatenate([columns for columns, _, _ in found]),
        np.concatenate([np.maximum(starts - 1, 0) for _, starts, _ in found]),
        np.concatenate([np.minimum(ends - 1, longest) for _, _, ends in found]),
    )


def _grams(
    codes: npt.NDArray[np.uint64], salt: int, *, legible: bool
) -> tuple[Columns, Columns, Columns]:
    """Hashes, first and last places of the n-grams: no gap within, and at one edge at most."""
    gaps = codes == ord(" ")
    inner = np.concatenate([[0], np.cumsum(gaps)])
    hashed = np.full(codes.size, salt + 1, np.uint64)
    columns, starts, ends = [], [], []
    for length in range(1, min(LONGEST, codes.size) + 1):
        count = codes.size - length + 1
        last = codes[length - 1 :]
        hashed = mixed(hashed[:count] ^ (last * np.uint64(0x100000001B3) + np.uint64(length)))
        if legible and length == 1:
            continue
        first_gap, last_gap = gaps[:count], gaps[length - 1 :]
        within = inner[length:] - inner[:count]
        edges = first_gap.astype(np.int64) + (last_gap if length > 1 else 0)
        most = 0 if legible else min(length - 1, 1)
        at = np.flatnonzero((within == edges) & (edges <= most))
        columns.append((hashed[at] & _COLUMNS).astype(np.int64))
        starts.append(at)
        ends.append(at + length)
    return np.concatenate(columns), np.concatenate(starts), np.concatenate(ends)


def packed(model: Frozen) -> bytes:
    """The model as a file."""
    file = BytesIO()
    np.savez_compressed(
        file,
        columns=model.columns,
        idf=model.idf,
        names=np.array(model.names),
        weights=model.weights,
        steps=model.steps,
        intercepts=model.intercepts,
        kinds=np.array(list(model.voices)),
        coefficients=np.concatenate([model.voices[kind] for kind in model.voices]),
        counts=np.array([len(model.voices[kind]) for kind in model.voices]),
    )
    return file.getvalue()


def unpacked(data: bytes) -> Frozen:
    """The model that a file holds."""
    with np.load(BytesIO(data), allow_pickle=False) as held:
        said = np.split(held["coefficients"], np.cumsum(held["counts"])[:-1])
        return Frozen(
            held["columns"],
            held["idf"],
            tuple(held["names"].tolist()),
            held["weights"],
            held["steps"],
            held["intercepts"],
            {k: tuple(v.tolist()) for k, v in zip(held["kinds"].tolist(), said, strict=True)},
        )


@cache
def general() -> General:
    """The shipped model."""
    return General(unpacked(files("sousveil.classify").joinpath("general.npz").read_bytes()))
