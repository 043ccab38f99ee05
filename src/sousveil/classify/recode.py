"""One notice coded again by what was learned and by what people decided.

A coder outranks the model, the model the rules. The score stays the classifier's, so that a reader
sees both; ``basis`` says who gave each field.
"""

from collections.abc import Mapping, Sequence

import msgspec

from sousveil.classify.features import features
from sousveil.classify.general import OVERSEAS, SURVEILLANCE
from sousveil.classify.model import EXTRACTOR, Scorer
from sousveil.classify.passages import Passage, passages
from sousveil.classify.rules import classify
from sousveil.classify.scores import DOUBT, THRESHOLD
from sousveil.model import Coding, Notice, Page, Reason, Tag
from sousveil.reference.taxonomy import Taxonomy

CODER = "coder"
_UNNAMED = "other_surveillance"
_LONGEST_QUOTE = 200
_FIELD_OF = {"capability": "capabilities", "platform": "platforms", "target_group": "target_groups"}


class Verdict(msgspec.Struct, frozen=True):
    """What people say of a notice. ``relevant`` None: nothing that outranks the classifier.

    Codes are None where they name none; ``review`` is why a person should look again.
    """

    relevant: bool | None
    capabilities: tuple[str, ...] | None = None
    platforms: tuple[str, ...] | None = None
    target_groups: tuple[str, ...] | None = None
    overseas_target: bool | None = None
    review: tuple[str, ...] = ()


def recode(
    notice: Notice,
    pages: Mapping[int, Page],
    coding: Coding,
    scorer: Scorer | None,
    verdict: Verdict | None,
    taxonomy: Taxonomy,
) -> Coding:
    """The coding that holds. ``coding`` is the rules' own of this notice and these pages, by the
    same ``taxonomy``."""
    if scorer is not None:
        coding = _by_model(notice, pages, coding, scorer, taxonomy)
    if verdict is None:
        return coding
    if verdict.relevant is None:
        return msgspec.structs.replace(coding, review=_joined(coding.review, verdict.review))
    if not verdict.relevant:
        coding = _denied(coding)
        return msgspec.structs.replace(
            coding,
            review=verdict.review,
            basis=dict.fromkeys(("surveillance", *_CODED), CODER),
        )
    return _confirmed(notice, pages, coding, verdict, taxonomy)


_GENERAL = ("score_uncertain", "model_alone", "model_disagrees")
_CODED = ("capabilities", "platforms", "target_groups", "overseas_target", "sophistication")


def _by_model(
    notice: Notice,
    pages: Mapping[int, Page],
    coding: Coding,
    scorer: Scorer,
    taxonomy: Taxonomy,
) -> Coding:
    read = list(passages(notice, pages))
    row = features(read, coding)
    share = scorer.probability(row)
    speaking, opposing = scorer.reasons(read)
    agrees = (share >= THRESHOLD) is coding.surveillance
    gone = ("score_uncertain",) if agrees else _GENERAL
    review = tuple(code for code in coding.review if code not in gone)
    if DOUBT[0] <= share <= DOUBT[1]:
        review = ("score_uncertain", *review)
    found, basis = coding, coding.basis
    if not agrees:
        basis = dict.fromkeys(("surveillance", *_CODED), "model")
        if coding.surveillance:
            found = _denied(coding)
            review = (*review, "model_disagrees")
        elif stated := _overruled(coding):
            found = _named(notice, pages, coding, taxonomy, *stated)
        else:
            guess = _guess(coding, scorer.code(row), share, speaking, read)
            found = _named(notice, pages, coding, taxonomy, guess)
            review = (*review, "model_alone")
    if speaking:
        found = _without(found, "model", SURVEILLANCE)
    said = (Tag("model", SURVEILLANCE, share, speaking),) if speaking else ()
    return msgspec.structs.replace(
        found,
        classifier=f"{coding.classifier}+{EXTRACTOR}:{scorer.learned.version}",
        surveillance_score=share,
        tags=found.tags + said,
        against=coding.against + opposing,
        review=review,
        basis=basis,
    )


def _guess(
    coding: Coding,
    learned: tuple[str, float] | None,
    share: float,
    speaking: tuple[Reason, ...],
    read: Sequence[Passage],
) -> Tag:
    """The capability of what only the model takes for surveillance: what coders named in its like,
    else what the rules came nearest to, else what has no code of its own."""
    near = next((t for t in coding.tags if t.facet == "candidate"), None)
    if learned is None and near is not None:
        return Tag("capability", near.code, near.score, near.reasons)
    code, score = learned or (_UNNAMED, share)
    return Tag("capability", code, score, speaking or _whole(read, EXTRACTOR))


def _confirmed(
    notice: Notice,
    pages: Mapping[int, Page],
    coding: Coding,
    verdict: Verdict,
    taxonomy: Taxonomy,
) -> Coding:
    """Surveillance as a coder says: with their codes, and what the classifier finds beside."""
    read = list(passages(notice, pages))
    if verdict.capabilities or not coding.surveillance:
        stated = verdict.capabilities or [t.code for t in _overruled(coding)] or _nearest(coding)
        tags = [_tag("capability", code, coding, read) for code in stated]
        if tags:
            coding = _named(notice, pages, coding, taxonomy, *tags)
    if verdict.capabilities == ():
        coding = _without(coding, "capability")
    basis = {**coding.basis, "surveillance": CODER}
    for facet, name in _FIELD_OF.items():
        codes: tuple[str, ...] | None = getattr(verdict, name)
        if codes is not None:
            basis[name] = CODER
            if facet != "capability":
                given = tuple(_tag(facet, code, coding, read) for code in codes)
                rest = _without(coding, facet).tags
                coding = msgspec.structs.replace(coding, tags=rest + given)
    overseas = coding.overseas_target
    if verdict.overseas_target is not None:
        overseas, basis["overseas_target"] = verdict.overseas_target, CODER
        if not overseas:
            coding = _without(coding, "model", OVERSEAS)
    review = verdict.review
    if not coding.codes("capability"):
        review = (*review, "no_capability")
    return msgspec.structs.replace(
        coding, surveillance=True, overseas_target=overseas, review=review, basis=basis
    )


def _overruled(coding: Coding) -> tuple[Tag, ...]:
    """The capabilities that the rules had named and the general model took away."""
    if "model_disagrees" not in coding.review:
        return ()
    return tuple(
        msgspec.structs.replace(t, facet="capability")
        for t in coding.tags
        if t.facet == "candidate" and t.score >= THRESHOLD
    )


def _nearest(coding: Coding) -> tuple[str, ...]:
    """The strongest capability that the classifier did not dare to give."""
    return tuple(t.code for t in coding.tags if t.facet == "candidate")[:1]


def _tag(facet: str, code: str, coding: Coding, read: Sequence[Passage]) -> Tag:
    """A code that a coder gives, with the classifier's words for it, else the title they read."""
    kinds = (facet, "candidate") if facet == "capability" else (facet,)
    known = next((t for t in coding.tags if t.code == code and t.facet in kinds), None)
    return Tag(facet, code, 1.0, known.reasons if known else _whole(read, CODER))


def _named(
    notice: Notice, pages: Mapping[int, Page], coding: Coding, taxonomy: Taxonomy, *named: Tag
) -> Coding:
    """Coded again with capabilities that are given, so that all the rest is looked for too."""
    again = classify(notice, pages, taxonomy, named=named)
    said = {t.code for t in again.tags if t.facet == "model"}
    models = tuple(t for t in coding.tags if t.facet == "model" and t.code not in said)
    return msgspec.structs.replace(
        again,
        tags=again.tags + models,
        classifier=coding.classifier,
        rule_score=coding.rule_score,
        surveillance_score=coding.surveillance_score,
        against=coding.against,
    )


def _denied(coding: Coding) -> Coding:
    """No surveillance: capabilities become candidates, and what hangs on them goes."""
    kept = tuple(
        Tag("candidate", t.code, t.score, t.reasons) if t.facet == "capability" else t
        for t in coding.tags
        if t.facet in ("capability", "candidate") or (t.facet, t.code) == ("model", SURVEILLANCE)
    )
    return msgspec.structs.replace(
        coding,
        surveillance=False,
        tags=kept,
        overseas_target=False,
        sophistication=None,
        sophistication_ladder=None,
        sophistication_reasons=(),
    )


def _without(coding: Coding, facet: str, code: str | None = None) -> Coding:
    """Without the tags of a facet, or those of them that have this code."""
    tags = tuple(t for t in coding.tags if t.facet != facet or code not in (None, t.code))
    return msgspec.structs.replace(coding, tags=tags)


def _whole(read: Sequence[Passage], extractor: str) -> tuple[Reason, ...]:
    """The first words of the notice as a reason, where no others stand for a code."""
    for passage in read:
        text = passage.text[:_LONGEST_QUOTE]
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        if start < end:
            evidence = passage.evidence(start, end, extractor)
            return (Reason(text[start:end], evidence, 1.0),)
    return ()


def _joined(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
