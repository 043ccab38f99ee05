"""From links of ownership to groups: which organisations stand under one ultimate parent.

A parent controls a child by more than half of its shares or votes, by its own or together with
those that it controls; else by a right that is control by itself (to appoint the board, by law, by
the articles), or because a file says no more than that it is the parent. Where two could control,
neither does: nobody can say from such data which. Circles of ownership are one group. Pure: links
and organisations in, keys out, whatever their order.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import msgspec

from sousveil.model import Organisation, OrganisationId
from sousveil.model.ownership import Holding, Link, Party
from sousveil.text.organisations import organisation_core

HALF = 50.0
CONTROL = frozenset(
    ("parent", "appointmentOfBoard", "controlViaCompanyRulesOrArticles", "controlByLegalFramework")
)
"""Interests that are control whatever the share (BODS 0.4, interestType)."""

_SHARES = ("shareholding", "votingRights")


class Owned(msgspec.Struct, frozen=True):
    """What came of the links.

    ``holdings``: those that stand above organisations of the case, sorted. ``groups``: the key of
    the ultimate parent by the key of each organisation that is in a group, the parent too.
    ``names`` of the organisations that only ownership data names, by key. ``aside``: links that
    concern no organisation of the case; ``contested``: children that two could control.
    """

    holdings: tuple[Holding, ...]
    groups: Mapping[str, str]
    names: Mapping[str, str]
    aside: int
    contested: tuple[str, ...]


def resolve_ownership(
    organisations: Iterable[Organisation],
    links: Iterable[Link],
    on: str | None = None,
    spellings: Mapping[str, Sequence[str]] | None = None,
) -> Owned:
    """Put links onto organisations and find the groups.

    ``on`` is an ISO day: links that had not begun or had ended by then don't count; None: those
    with an end don't. ``spellings``: names of an organisation besides the one shown, by key.
    """
    told = sorted(set(links), key=msgspec.json.encode)
    keys = _Keys(organisations, spellings or {}, told)
    placed = [
        Holding(keys.of(link.child), keys.of(link.parent) if link.parent else None, link)
        for link in told
    ]
    placed = [one for one in placed if one.child_key != one.parent_key]
    above = _above(placed, keys.of_case)
    kept = [one for one in placed if one.child_key in above]
    grouped = group(kept, on)
    named = {key for one in kept for key in (one.child_key, one.parent_key) if key}
    return Owned(
        grouped.holdings,
        grouped.groups,
        {key: name for key, name in keys.names.items() if key in named},
        len(placed) - len(kept),
        grouped.contested,
    )


class Grouped(msgspec.Struct, frozen=True):
    """Holdings with ``controls`` told, groups and contested children, as in ``Owned``."""

    holdings: tuple[Holding, ...]
    groups: Mapping[str, str]
    contested: tuple[str, ...]


def group(holdings: Iterable[Holding], on: str | None = None) -> Grouped:
    """The groups that holdings make on a day (``on`` as for ``resolve_ownership``)."""
    told = sorted(holdings, key=msgspec.json.encode)
    current = [one for one in told if one.parent_key and _holds(one.link, on)]
    controller, contested = _controllers(current)
    groups = _ultimate(controller)
    counted = {(one.child_key, one.parent_key, one.link) for one in current}
    return Grouped(
        tuple(
            msgspec.structs.replace(one, controls=_controlling(one, counted, groups, controller))
            for one in told
        ),
        groups,
        contested,
    )


class _Keys:
    """The key of each party: of the organisation of the case that it is, or one of its own.

    A number settles who is meant; else the name does, where one organisation alone has it and no
    number or country speaks against it.
    """

    def __init__(
        self,
        organisations: Iterable[Organisation],
        spellings: Mapping[str, Sequence[str]],
        links: Sequence[Link],
    ) -> None:
        self.of_case: set[str] = set()
        self.names: dict[str, str] = {}
        self._by_number: dict[OrganisationId, str] = {}
        self._by_core: dict[str, set[str]] = {}
        self._numbers: dict[str, set[OrganisationId]] = {}
        self._countries: dict[str, str | None] = {}
        for one in sorted(organisations, key=lambda one: one.org_key):
            self.of_case.add(one.org_key)
            names = {one.name, *spellings.get(one.org_key, ())}
            self._learn(one.org_key, names, one.identifiers, one.country)
        self._known: dict[Party, str] = {}
        parties = {p for link in links for p in (link.child, link.parent) if p is not None}
        for party in sorted(parties, key=lambda p: (-len(p.identifiers), msgspec.json.encode(p))):
            self._known[party] = self._find(party) or self._own(party)

    def of(self, party: Party) -> str:
        """The key of a party of the links."""
        return self._known[party]

    def _learn(
        self,
        key: str,
        names: Iterable[str],
        identifiers: Iterable[OrganisationId],
        country: str | None,
    ) -> None:
        for number in identifiers:
            self._by_number.setdefault(number, key)
            self._numbers.setdefault(key, set()).add(number)
        for name in names:
            if name:
                self._by_core.setdefault(organisation_core(name), set()).add(key)
        self._countries[key] = self._countries.get(key) or country

    def _find(self, party: Party) -> str | None:
        by_number = sorted({self._by_number[n] for n in party.identifiers if n in self._by_number})
        if by_number:
            self._learn(by_number[0], [party.name], party.identifiers, party.country)
            return by_number[0]
        core = organisation_core(party.name) if party.name else ""
        found = [k for k in sorted(self._by_core.get(core, ())) if core and self._fits(k, party)]
        if len(found) != 1:
            return None
        self._learn(found[0], [], party.identifiers, party.country)
        return found[0]

    def _fits(self, key: str, party: Party) -> bool:
        schemes = {number.scheme for number in self._numbers.get(key, ())}
        if any(number.scheme in schemes for number in party.identifiers):
            return False  # another number of the same register: it would have been found by it
        country = self._countries.get(key)
        return not (country and party.country and country != party.country)

    def _own(self, party: Party) -> str:
        """The key of an organisation that no notice names."""
        said = "\n".join(
            map(str, party.identifiers[:1] or (organisation_core(party.name), party.country))
        )
        key = "w" + hashlib.sha256(said.encode()).hexdigest()[:24]
        self.names.setdefault(key, party.name or str(party.identifiers[0]))
        self._learn(key, [party.name], party.identifiers, party.country)
        return key


def _above(holdings: Sequence[Holding], of_case: set[str]) -> set[str]:
    """The organisations of the case and all that stand above them."""
    parents: dict[str, set[str]] = {}
    for one in holdings:
        parents.setdefault(one.child_key, set()).update([one.parent_key] if one.parent_key else [])
    found, waiting = set(of_case), sorted(of_case)
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found


def _holds(link: Link, on: str | None) -> bool:
    if on is None:
        return link.until is None
    return (link.since or "") <= on and (link.until is None or on <= link.until)


class _Components:
    """Organisations that are known to be of one group so far."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}

    def root(self, key: str) -> str:
        """The smallest key of the group."""
        while (up := self._up.get(key, key)) != key:
            key = up
        return key

    def join(self, left: str, right: str) -> None:
        """Make two groups one."""
        first, second = sorted((self.root(left), self.root(right)))
        if first != second:
            self._up[second] = first


_Candidates = Callable[[str, Sequence[Holding], _Components], list[str]]


def _controllers(holdings: Sequence[Holding]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The parent that controls each child, and the children that two could control.

    Shares first, in rounds: what one controls adds its shares to its own, so that each round may
    settle more. All of a round are settled by what the round before left: no order counts. Then the
    other kinds of control settle those that shares do not, and the rounds go on.
    """
    by_child: dict[str, list[Holding]] = {}
    for one in holdings:
        by_child.setdefault(one.child_key, []).append(one)
    groups, controller = _Components(), dict[str, str]()
    while _round(by_child, groups, controller, _by_shares) or _round(
        by_child, groups, controller, _by_rights
    ):
        pass
    contested = (
        child
        for child in by_child.keys() - controller.keys()
        if len(_by_shares(child, by_child[child], groups)) > 1
        or len(_by_rights(child, by_child[child], groups)) > 1
    )
    return controller, tuple(sorted(contested))


def _round(
    by_child: Mapping[str, Sequence[Holding]],
    groups: _Components,
    controller: dict[str, str],
    candidates: _Candidates,
) -> bool:
    settled = {
        child: found[0]
        for child, held in by_child.items()
        if child not in controller and len(found := candidates(child, held, groups)) == 1
    }
    for child, parent in settled.items():
        controller[child] = parent
        groups.join(child, parent)
    return bool(settled)


def _by_shares(child: str, holdings: Sequence[Holding], groups: _Components) -> list[str]:
    """Of each group that has more than half, the member with most. What a child's own subsidiaries
    hold of it gives nobody control; what is held through others counts alone, not in sums, for the
    others' shares may be the same ones."""
    held: dict[tuple[str, str], dict[str, tuple[float, bool]]] = {}
    found: dict[str, list[tuple[float, str]]] = {}
    for one in holdings:
        parent, link = one.parent_key or "", one.link
        group = groups.root(parent)
        if link.interest not in _SHARES or link.share_min is None or group == groups.root(child):
            continue
        share = (link.share_min, link.above)
        if _majority(*share):
            found.setdefault(group, []).append((-link.share_min, parent))
        if not link.indirect:
            parents = held.setdefault((group, link.interest), {})
            parents[parent] = max(share, parents.get(parent, share))
    for (group, _), parents in held.items():
        total = sum(share for share, _ in parents.values())
        if _majority(total, any(above for _, above in parents.values())):
            found.setdefault(group, []).extend((-s, parent) for parent, (s, _) in parents.items())
    return [min(members)[1] for _, members in sorted(found.items())]


def _majority(share: float, above: bool) -> bool:
    return share > HALF or (above and share == HALF)


def _by_rights(child: str, holdings: Sequence[Holding], groups: _Components) -> list[str]:
    """One parent of each group that has a right which is control by itself."""
    if len(_by_shares(child, holdings, groups)) > 1:
        return []
    found: dict[str, str] = {}
    for one in holdings:
        parent = one.parent_key or ""
        group = groups.root(parent)
        if one.link.interest in CONTROL and group != groups.root(child):
            found[group] = min(parent, found.get(group, parent))
    return [parent for _, parent in sorted(found.items())]


def _ultimate(controller: Mapping[str, str]) -> dict[str, str]:
    """The ultimate parent of each organisation of a group; in a circle its smallest key."""
    found: dict[str, str] = {}
    for start in sorted(controller.keys() | set(controller.values())):
        path: dict[str, int] = {}
        key = start
        while key in controller and key not in path and key not in found:
            path[key] = len(path)
            key = controller[key]
        if key in found:
            top = found[key]
        elif key in path:
            top = min(k for k, at in path.items() if at >= path[key])
        else:
            top = key
        found.update(dict.fromkeys([*path, key], top))
    return found


def _controlling(
    holding: Holding,
    current: Collection[tuple[str, str | None, Link]],
    groups: Mapping[str, str],
    led: Collection[str],
) -> bool:
    """Whether a holding is one of those by which the child is in the parent's group."""
    counts = holding.link.interest in CONTROL or (
        holding.link.interest in _SHARES and holding.link.share_min is not None
    )
    parent = holding.parent_key
    return (
        counts
        and parent is not None
        and (holding.child_key, parent, holding.link) in current
        and holding.child_key in led
        and groups.get(parent) == groups.get(holding.child_key)
    )
