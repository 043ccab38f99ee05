"""What the rules and the general model say together of one notice.

The model is asked where a title, a name or a purpose holds a word of the taxonomy, whether or not
it counts there, and where a purpose says something: of a title alone it knows too little. It may
take a finding of the rules away, make one of words that were too weak alone, and say which
capabilities are bought besides; what it names itself quotes the words that speak most for it.
Where the rules name nothing it finds a notice only if a capability is likely too, or if weak words
and near certainty come together: of the 230 of public collections in which no word counts it would
name eleven by surveillance alone, and of those with weak words a licence of which nothing but its
maker's name is known. A person is asked about these.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sousveil.classify.calibration import sided
from sousveil.classify.general import (
    EXTRACTOR,
    OVERSEAS,
    SURVEILLANCE,
    General,
    Opinion,
    general,
    read_whole,
    without_places,
)
from sousveil.classify.overseas import LOOKS_ABROAD
from sousveil.classify.passages import Passage
from sousveil.classify.scores import DOUBT, THRESHOLD, ranked
from sousveil.model import Reason, Tag
from sousveil.reference.taxonomy import Taxonomy

PURPOSE = 20
"""Characters of a purpose from which it says something."""
OVERRULED = 0.15
"""Up to here a finding of the rules is taken away: at 0.3 a sixth of the purchases worded alike for
eight countries lost one in some language that the model has read little of."""
FOUND = 0.6
"""Above it words that were too weak alone make a finding, if a capability is likely as well."""
CERTAIN = 0.9
"""Above it they make one though no capability is likely."""
UNWORDED = 0.8
"""Above it a notice is found in which no word counts, if a capability is named as well."""
FIRM = 0.7
"""From this score on a capability of the rules stays where surveillance is bought."""
_KEPT = 0.25
"""Above it a weaker one stays too."""
_NEAR = 0.45
"""Above it one is named that the rules came near to."""
_OWN = 0.55
"""Above it one is named of which the rules have no word."""
ABROAD = 0.9
"""Above it people abroad are taken to be watched though no word of the rules says so: at 0.5 one in
four that it added was wrong, such as forums that a city's police read."""


class Heard(msgspec.Struct, frozen=True):
    """Both voices on one notice. ``codes``: capabilities that the model and the taxonomy know;
    ``named``: the rules had named one."""

    model: General
    codes: tuple[str, ...]
    opinion: Opinion
    read: Sequence[Passage]
    probable: float
    named: bool
    found: bool

    @property
    def score(self) -> float:
        """The probability that the notice buys surveillance, on the side of the answer."""
        return sided(self.probable, yes=self.found)

    @property
    def suspected(self) -> bool:
        """More likely than not, though too few words make it a finding."""
        return not self.found and self.probable >= THRESHOLD

    @property
    def unsure(self) -> bool:
        """A person should look: the answer is against the odds, they are near even, or the words of
        the rules may stand behind what the model read."""
        against = self.found is not (self.probable >= THRESHOLD)
        unread = self.named and not self.found and not read_whole(self.read)
        return against or unread or DOUBT[0] <= self.probable <= DOUBT[1]

    @property
    def review(self) -> tuple[str, ...]:
        """Where the model changed the rules' answer: ``model_disagrees`` took a finding away,
        ``model_alone`` made one."""
        if self.found is self.named:
            return ()
        return ("model_alone",) if self.found else ("model_disagrees",)

    def capabilities(self, tags: Sequence[Tag]) -> tuple[tuple[Tag, ...], tuple[Tag, ...]]:
        """Capabilities and candidates, strongest first, of what the rules named (``tags``, both).

        Codes of a taxonomy of one's own that the model does not know stay as the rules have them.
        """
        known = {tag.code: tag for tag in tags}
        given = self._likely(tags)
        if known and not given:
            shares = self._shares(tags)
            likeliest = max(known, key=lambda code: (shares.get(code, 0.0), code))
            given += self._tag(likeliest, 1.0, known)
        kept = {tag.code for tag in given}
        rest = [msgspec.structs.replace(t, facet="candidate") for t in tags if t.code not in kept]
        return ranked(given), ranked(rest)

    def alone(self, tags: Sequence[Tag]) -> "Heard":
        """With what the model finds where the rules name nothing."""
        sure = bool(tags) and self.probable > CERTAIN
        may_be = self.probable > (FOUND if tags else UNWORDED)
        return msgspec.structs.replace(self, found=sure or (may_be and bool(self._likely(tags))))

    def _shares(self, tags: Sequence[Tag]) -> dict[str, float]:
        """The probability of each capability that the model knows."""
        return {code: self.model.capability(self.opinion, code, tags) for code in self.codes}

    def _likely(self, tags: Sequence[Tag]) -> list[Tag]:
        """Capabilities of the rules that stay and those that the model adds."""
        known, shares = {tag.code: tag for tag in tags}, self._shares(tags)
        given = [t for t in tags if t.facet == "capability" and t.code not in shares]
        for code, share in shares.items():
            if share > _least(known.get(code)):
                given += self._tag(code, share, known)
        return given

    def _tag(self, code: str, share: float, known: dict[str, Tag]) -> Iterator[Tag]:
        """A capability with the rules' words where there are any, else with the model's; none
        where no word can be quoted."""
        if code in known:
            yield msgspec.structs.replace(known[code], facet="capability")
        elif reasons := self.model.reasons(self.read, code):
            yield Tag("capability", code, share, reasons)

    def beside(
        self, capabilities: Sequence[Tag], abroad: bool, taxonomy: Taxonomy
    ) -> tuple[bool, tuple[Tag, ...], dict[str, str]]:
        """Whether people abroad are watched (``abroad``: as the rules say), the words by which the
        model says what the rules do not, and the fields that are its own."""
        spoken: tuple[Tag, ...] = ()
        own: list[str] = []
        if self.found and not self.named:
            own.append("surveillance")
            spoken += self.speaking()
        if any(r.evidence.extractor == EXTRACTOR for t in capabilities for r in t.reasons):
            own.append("capabilities")
        if not abroad and (words := self._abroad(capabilities, taxonomy)):
            abroad = True
            spoken += words
            own.append(OVERSEAS)
        return abroad, spoken, dict.fromkeys(own, "model")

    def _abroad(self, capabilities: Sequence[Tag], taxonomy: Taxonomy) -> tuple[Tag, ...]:
        """The words for people abroad, where the model takes them to be watched."""
        if not LOOKS_ABROAD & {tag.code for tag in capabilities}:
            return ()
        read = without_places(self.read, taxonomy)
        share = self.model.overseas(read, by_rules=False)
        return self._said(OVERSEAS, share, read) if share > ABROAD else ()

    def speaking(self) -> tuple[Tag, ...]:
        """The words that speak most for surveillance."""
        return self._said(SURVEILLANCE, self.probable, self.read)

    def _said(self, name: str, share: float, read: Sequence[Passage]) -> tuple[Tag, ...]:
        reasons = self.model.reasons(read, name)
        return (Tag("model", name, share, reasons),) if reasons else ()

    def against(self) -> tuple[Reason, ...]:
        """The words that speak against surveillance."""
        return self.model.reasons(self.read, SURVEILLANCE, sign=-1)


def hear(
    read: Sequence[Passage],
    hot: Iterable[bool],
    tags: Sequence[Tag],
    taxonomy: Taxonomy,
    model: General | None = None,
) -> Heard | None:
    """What both voices say; None where the model is not asked. ``hot``: which passages hold a word
    of a capability; ``tags``: what the rules named and came near to; ``model``: the shipped one if
    None."""
    worded = any(is_hot for p, is_hot in zip(read, hot, strict=True) if p.role != "body")
    if not worded or not any(p.role == "purpose" and len(p.text) >= PURPOSE for p in read):
        return None
    model = model or general()
    opinion = model.opinion(read)
    probable = model.surveillance(opinion, tags)
    named = any(tag.facet == "capability" for tag in tags)
    codes = tuple(code for code in model.capabilities if ("capability", code) in taxonomy.codes)
    own = any(tag.facet == "capability" and tag.code not in codes for tag in tags)
    heard = Heard(model, codes, opinion, read, probable, named, own or probable > OVERRULED)
    return heard if named else heard.alone(tags)


def _least(by_rules: Tag | None) -> float:
    """What a capability's share must exceed, by what the rules say of it."""
    if by_rules is None:
        return _OWN
    if by_rules.facet != "capability":
        return _NEAR
    return _KEPT if by_rules.score < FIRM else -1.0
