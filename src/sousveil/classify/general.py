"""A second voice where a notice holds words of the taxonomy: linear models trained once.

``general.npz`` is frozen; ``python -m benchmarks.general_model --write`` makes it from open written
records (never from sealed ones, never from a case). It holds one linear function of hashed
n-grams for surveillance, one for overseas targets, one a capability, and how their margins are
added to what the rules found (the voices): fitted to what rules found in records they had not been
mended by, and to margins of writers the model had not read. Decision 0032.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO

import msgspec
import numpy as np
import numpy.typing as npt

from sousveil.classify.features import BETWEEN, Columns, Gram, Values, log_odds
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
SLOTS = 1 << 20
_TITLE = np.uint64(0x9E3779B9)
"""Sets the n-grams of titles and names apart from those of all the text."""
_MOST = 1_500
"""Code points that are read of titles and names, and of purposes: more than the longest record that
was learned from has."""
_OFFSET, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
_PLACES = 6
"""Decimals of margins."""
_HALF, _COLUMNS = np.uint64(32), np.uint64(0xFFFFFFFF)
_GAP = ord(" ")
_UNSAID = re.compile(r"〔[a-z_]+〕")
_NOTHING = -4.0
"""Stands for the log odds of other capabilities where the rules found none."""


class Frozen(msgspec.Struct, frozen=True):
    """What ``general.npz`` holds.

    ``columns``: n-grams that are known, rising, as 32-bit hashes of different slots; ``idf``: what
    each counts; ``names``: the functions; ``weights``, one row a function, signed bytes, multiples
    of its ``steps``; ``voices``: by the kinds ``surveillance``, ``capability`` and
    ``overseas_target`` the coefficients that add the rules and the margins, the constant last.
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
        self._table = np.zeros(SLOTS, np.int32)
        self._table[slots(frozen.columns)] = np.arange(frozen.columns.size)
        self._by_column = np.ascontiguousarray(frozen.weights.T, np.float32)

    @property
    def capabilities(self) -> tuple[str, ...]:
        """The codes that it knows."""
        return tuple(n for n in self._frozen.names if n not in (SURVEILLANCE, OVERSEAS))

    def opinion(self, read: Sequence[Passage]) -> Opinion:
        """The margins of a notice with these passages."""
        places, values = self._row(read)
        said = self._frozen
        # Added in one order on every machine: a library of linear algebra would choose its own.
        summed = (values[:, None] * self._by_column[places]).sum(axis=0)
        margins = (summed * said.steps + said.intercepts).round(_PLACES)
        found = dict(zip(said.names, margins.tolist(), strict=True))
        return Opinion({name: margin for name, margin in found.items() if name != OVERSEAS})

    def abroad(self, read: Sequence[Passage]) -> float:
        """The margin of overseas targets, of passages that ``without_places`` gave."""
        places, values = self._row(read)
        said, at = self._frozen, self._rows[OVERSEAS]
        summed = float((values * self._by_column[places, at]).sum())
        return round(summed * float(said.steps[at]) + float(said.intercepts[at]), _PLACES)

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
        length = _length(said.idf[self._known(read)])

        def at(columns: Columns) -> Values:
            places, known = self._places(columns.astype(np.uint32))
            found: Values = np.where(known, weights[places] * said.idf[places] / length, 0.0)
            return found

        return stretches(_as_read(read), at, EXTRACTOR, sign=sign, cut=_pieces)

    def _row(self, read: Sequence[Passage]) -> tuple[Columns, Values]:
        """The known n-grams of a notice, and their values: of length 1 together."""
        own = self._known(read)
        values = self._frozen.idf[own]
        return own, values / _length(values)

    def _known(self, read: Sequence[Passage]) -> Columns:
        """The places of a notice's n-grams that are known, rising, each once."""
        places, known = self._places(hashes(read))
        held = np.zeros(self._frozen.columns.size, np.bool_)
        held[places[known]] = True
        return np.flatnonzero(held)

    def _places(
        self, columns: npt.NDArray[np.uint32]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
        places = self._table[slots(columns)]
        return places, self._frozen.columns[places] == columns

    def _voice(self, kind: str, values: Sequence[float]) -> float:
        *coefficients, constant = self._frozen.voices[kind]
        odds = sum(c * v for c, v in zip(coefficients, values, strict=True)) + constant
        return round(logistic(odds), 4)


def _length(values: npt.NDArray[np.float32]) -> np.float64:
    """The length of a vector, 1 of an empty one; in one order of adding on every machine."""
    wide = values.astype(np.float64)
    return np.sqrt((wide * wide).sum()) or np.float64(1.0)


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


def slots(columns: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Where n-grams are looked up. No two that a model knows have one slot."""
    return columns & np.uint32(SLOTS - 1)


def row(read: Sequence[Passage]) -> npt.NDArray[np.uint32]:
    """The n-grams of what is bought, as 32-bit hashes, rising, each once."""
    return np.unique(hashes(read))


def hashes(read: Sequence[Passage]) -> npt.NDArray[np.uint32]:
    """The n-grams of titles, names and purposes, as 32-bit hashes; those of titles and names stand
    a second time, as such.

    The rest of a notice is the bidding's own words, which the records that were learned from have
    few of. Two spaces part the passages, so that no n-gram reaches from one to the next.
    """
    bought = _as_read(read)
    titles = "  ".join(p.text for p in bought if p.role in TITLES)
    purposes = "  ".join(p.text for p in bought if p.role == "purpose")
    codes = _codes(_said(f" {titles}  {purposes} "))
    border = len(_said(f" {titles} "))
    parts = list(_grams(codes))
    own = [hashed[: np.searchsorted(at, border - length, "right")] for length, at, hashed in parts]
    every = np.concatenate(
        [*(hashed for _, _, hashed in parts), (np.concatenate(own) ^ _TITLE) * _PRIME]
    )
    return _folded(every)


def _as_read(read: Sequence[Passage]) -> list[Passage]:
    """Titles, names and purposes, cut after what the model reads of them."""
    left = {"titles": _MOST, "purposes": _MOST}
    found: list[Passage] = []
    for passage in read:
        kind = "titles" if passage.role in TITLES else "purposes"
        if passage.role != "body" and left[kind] > 0:
            found.append(msgspec.structs.replace(passage, text=passage.text[: left[kind]]))
            left[kind] -= len(passage.text)
    return found


def read_whole(read: Sequence[Passage]) -> bool:
    """Whether the model read all titles, names and purposes to their ends."""
    bought = sum(len(p.text) for p in read if p.role != "body")
    return bought == sum(len(p.text) for p in _as_read(read))


def _said(text: str) -> str:
    """With spaces for what was masked: names say nothing of what is bought."""
    return _UNSAID.sub(lambda m: " " * len(m[0]), text) if "〔" in text else text


def without_places(read: Sequence[Passage], taxonomy: Taxonomy) -> list[Passage]:
    """What is bought, with spaces for names of platforms and of places: whether one is abroad
    depends on where the buyer is, which the rules know and n-grams do not."""
    return [
        msgspec.structs.replace(passage, text=_unnamed(passage.text, taxonomy))
        for passage in _as_read(read)
    ]


def _unnamed(text: str, taxonomy: Taxonomy) -> str:
    chars = list(text)
    for start, end, term in taxonomy.lexicon.find(text):
        if any(_by_place(group) for group in taxonomy.groups.get(term, ())):
            chars[start:end] = " " * (end - start)
    return "".join(chars)


def _by_place(group: Group) -> bool:
    return bool(group.home) or (group.facet == "platform" and group.code != UMBRELLA)


def _pieces(passage: Passage) -> Gram:
    """The n-grams of a passage that a reader can make something of, no single characters and no
    gaps; those of titles stand twice, as of all text and as of titles."""
    codes = _codes(_said(f" {passage.text} "))
    gaps = codes == _GAP
    columns, starts, ends = [], [], []
    salts = (None, _TITLE) if passage.role in TITLES else (None,)
    for length, at, hashed in _grams(codes):
        whole = ~gaps[at] & ~gaps[at + length - 1]
        for salt in salts if length > 1 else ():
            own = hashed[whole]
            columns.append(_folded(own if salt is None else (own ^ salt) * _PRIME))
            starts.append(at[whole] - 1)
            ends.append(at[whole] + length - 1)
    return Gram(*(np.concatenate(some).astype(np.int64) for some in (columns, starts, ends)))


def _grams(
    codes: npt.NDArray[np.uint64],
) -> Iterator[tuple[int, Columns, npt.NDArray[np.uint64]]]:
    """By length the places and the hashes (FNV-1a of code points, 64 bits) of the n-grams: no gap
    within, and at one edge at most."""
    gaps = codes == _GAP
    before = np.concatenate([[0], np.cumsum(gaps)])
    hashed = np.full(codes.size, _OFFSET)
    for length in range(1, min(LONGEST, codes.size) + 1):
        count = codes.size - length + 1
        hashed = (hashed[:count] ^ codes[length - 1 :]) * _PRIME
        inside = before[length:] - before[:count]
        fits = inside == 0
        if length > 1:
            fits |= (inside == 1) & (gaps[:count] | gaps[length - 1 :])
        at = np.flatnonzero(fits)
        yield length, at, hashed[at]


def _folded(hashed: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint32]:
    """64 bits by exclusive or to 32, as the authors of FNV advise."""
    return ((hashed ^ (hashed >> _HALF)) & _COLUMNS).astype(np.uint32)


def _codes(text: str) -> npt.NDArray[np.uint64]:
    """The code points of a text, one space for all that stands between words and for digits: prices
    and numbers say nothing of what is bought."""
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4")
    table = _table()
    plain: npt.NDArray[np.uint64] = table[np.minimum(codes, table.size - 1)]
    return np.where(codes < table.size, plain, codes) if codes.max() >= table.size else plain


@cache
def _table() -> npt.NDArray[np.uint64]:
    """What each code point of the basic plane stands for."""
    table = np.arange(1 << 16, dtype=np.uint64)
    table[BETWEEN] = _GAP
    table[[code for code in range(1 << 16) if chr(code).isdecimal()]] = _GAP
    return table


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
