"""A coding scheme: what coders of a case are asked, and what their agreement must reach."""

from typing import Literal, TypeAlias, get_args

import msgspec

QuestionName: TypeAlias = Literal[
    "relevant", "capabilities", "platforms", "target_groups", "overseas_target"
]
QUESTIONS: tuple[QuestionName, ...] = get_args(QuestionName)
FACETS: dict[QuestionName, str] = {
    "capabilities": "capability",
    "platforms": "platform",
    "target_groups": "target_group",
}
"""The taxonomy's facet of the questions that are answered with codes."""


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question about a project. ``codes``: the taxonomy's codes in use, None for all of the
    facet; only of the questions of ``FACETS``."""

    id: QuestionName
    asks: str
    includes: str = ""
    excludes: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    codes: tuple[str, ...] | None = None


class OwnDefinition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a code means in this project, where the taxonomy's own words do not do."""

    question: QuestionName
    code: str
    definition: str
    includes: str = ""
    excludes: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


class Scheme(msgspec.Struct, frozen=True):
    """``hash``: the first digits of the file's SHA-256. ``readers``: how many read each project.
    ``threshold``: Krippendorff's alpha that each question and code is to reach. ``coders`` and
    ``adjudicators``: who may be; empty: anybody."""

    hash: str
    name: str
    questions: tuple[Question, ...]
    definitions: tuple[OwnDefinition, ...] = ()
    readers: int = 2
    threshold: float = 0.667
    coders: tuple[str, ...] = ()
    adjudicators: tuple[str, ...] = ()

    def question(self, name: QuestionName) -> Question | None:
        """The question of that name, None where it is not asked."""
        return next((one for one in self.questions if one.id == name), None)
