"""Which notices belong to one procurement, which are copies of another, and why."""

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from sousveil.model import Join, Judgement, NoticeKey, ProjectLink, Resolution
from sousveil.resolve.blocks import Blocks
from sousveil.resolve.by_likeness import join_by_likeness
from sousveil.resolve.by_name import join_by_name
from sousveil.resolve.by_number import join_by_number, join_by_ocid
from sousveil.resolve.components import RULES, Components
from sousveil.resolve.duplicates import first_copies, join_duplicates
from sousveil.resolve.fingerprints import sketch, text_hash
from sousveil.resolve.links import links
from sousveil.resolve.prepared import Prepared
from sousveil.resolve.uncollected import uncollected
from sousveil.resolve.worked_out import WorkedOut

__all__ = ["RULES", "Resolved", "resolve", "sketch", "text_hash"]


class Resolved(msgspec.Struct, frozen=True):
    """What joining found: a resolution for each notice, the joins, and links between
    projects, all sorted."""

    resolutions: tuple[Resolution, ...]
    joins: tuple[Join, ...]
    links: tuple[ProjectLink, ...] = ()


@uncollected()
def resolve(
    keys: Iterable[NoticeKey],
    judgements: Sequence[Judgement] = (),
    known: WorkedOut | None = None,
) -> Resolved:
    """Join the notices of each procurement; the result does not depend on the order of ``keys``,
    and not on what is ``known`` of runs before: only blocks of notices that are not as they were
    are decided anew. How many ``notices`` stand in such a block is counted there as anew, those
    in none as taken over.

    What people judged of projects outranks the rules: ``same`` joins two notices, ``different``
    keeps them apart, also through others; of the joins between them the weakest give way.

    ``project_key`` is made of the smallest notice id of the project. Every join is listed with its
    rule (one of ``RULES``), the reason in words and how probable it is; two notices of one project
    may be linked through others.
    """
    blocks = Blocks(keys, known)
    notices = blocks.notices
    projects, copies = Components(len(notices)), Components(len(notices))
    join_by_ocid(notices, projects)
    join_by_number(blocks, projects)
    join_by_name(blocks, projects)
    join_by_likeness(blocks, projects)
    join_duplicates(blocks, projects, copies)
    if known is not None:
        known.anew["notices"] += blocks.compared_anew
        known.taken_over["notices"] += len(notices) - blocks.compared_anew
    _judge(judgements, notices, projects, copies)
    first = first_copies(notices, copies)
    key_of = {n.index: _project_key(notices[projects.root(n.index)].notice_id) for n in notices}
    resolutions = []
    for notice in notices:
        original = first[copies.root(notice.index)]
        resolutions.append(
            Resolution(
                notice_id=notice.notice_id,
                project_key=key_of[notice.index],
                duplicate_of=None if original is notice else original.notice_id,
            )
        )
    return Resolved(tuple(resolutions), projects.joins(), links(notices, key_of))


def _judge(
    judgements: Sequence[Judgement],
    notices: Sequence[Prepared],
    projects: Components,
    copies: Components,
) -> None:
    at = {notice.notice_id: notice.index for notice in notices}
    last: dict[tuple[int, int], Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: (j.at, j.by, j.verdict)):
        ends = sorted(at[end] for end in (judgement.left, judgement.right) if end in at)
        if judgement.kind == "project" and len(ends) == 2 and ends[0] != ends[1]:
            last[ends[0], ends[1]] = judgement
    for (left, right), judgement in last.items():
        if judgement.verdict == "same":
            projects.join(notices[left], notices[right], "judged")
    apart = [pair for pair, judgement in last.items() if judgement.verdict == "different"]
    if apart:
        projects.cut(apart, at)
        copies.cut(apart, at)
        copies.keep_within(projects, at)


def _project_key(smallest: str) -> str:
    return "p" + hashlib.sha256(smallest.encode()).hexdigest()[:24]
