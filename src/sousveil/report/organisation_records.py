"""What the page of an organisation says, part by part, as scripts read it too."""

from datetime import date

import msgspec


class Coverage(msgspec.Struct, frozen=True):
    """What losing can be known from: of the case's notices that name bidders or winners (copies
    left out), and of their projects, those that name bidders who did not win."""

    notices: int
    of_notices: int
    projects: int
    of_projects: int


class Named(msgspec.Struct, frozen=True):
    """An organisation that another's page names. ``gloss``: English where the name is Chinese."""

    org_key: str
    name: str
    gloss: str | None = None


class Spelling(msgspec.Struct, frozen=True):
    """A name as written, and in how many notices (copies not counted)."""

    name: str
    notices: int
    gloss: str | None = None


class Part(msgspec.Struct, frozen=True):
    """How often it has a role, in projects. ``first`` and ``last`` are of their notices."""

    role: str
    projects: int
    surveillance: int
    first: date | None
    last: date | None
    project_keys: tuple[str, ...]


class Bids(msgspec.Struct, frozen=True):
    """Tenders in which it is named as bidder or winner, counted as projects.

    ``lost``: named as a bidder where only others won; ``not_known``: no winner is stated. Bidders
    who did not win are named in ``with_bidders`` of the projects, in ``won_with_bidders`` of those
    it won.
    """

    projects: int = 0
    with_bidders: int = 0
    won: int = 0
    lost: int = 0
    not_known: int = 0
    won_with_bidders: int = 0


class Sum(msgspec.Struct, frozen=True):
    """The figures that count, in one currency and year. ``shared``: projects with others in the
    same role, the whole amount of each; how much of it is whose is not stated. ``by_award`` of the
    projects count an award or contract, the others a budget or ceiling; ``usd`` is of the
    ``with_usd`` whose rate is known."""

    role: str
    shared: bool
    currency: str | None
    year: int | None
    projects: int
    by_award: int
    amount: float
    usd: float
    with_usd: int
    project_keys: tuple[str, ...]


class Capability(msgspec.Struct, frozen=True):
    """A capability by its code, and in how many of its surveillance projects."""

    code: str
    projects: int
    project_keys: tuple[str, ...]
    label: str = ""


class Place(msgspec.Struct, frozen=True):
    """Where the buyers of its projects are; ``role`` is its own in them."""

    role: str
    country: str | None
    province: str | None
    projects: int
    surveillance: int
    project_keys: tuple[str, ...]
    country_name: str = ""
    gloss: str | None = None


class Partner(msgspec.Struct, frozen=True):
    """Who stands on the other side where it has the ``role``. ``usd`` is of the ``with_usd``
    projects that one supplier won alone; ``shared`` have several."""

    role: str
    org_key: str
    name: str
    projects: int
    surveillance: int
    shared: int
    usd: float
    with_usd: int
    first_year: int | None
    last_year: int | None
    project_keys: tuple[str, ...]
    gloss: str | None = None


class Together(msgspec.Struct, frozen=True):
    """Who bid in the same tenders, in how many projects; in how many of them both won, it alone of
    the two, the other alone."""

    org_key: str
    name: str
    projects: int
    both_won: int
    won: int
    other_won: int
    project_keys: tuple[str, ...]
    gloss: str | None = None


class Holding(msgspec.Struct, frozen=True):
    """A link of ownership as it was given, to the organisation named; ``name`` None: natural
    persons, of whom the number alone is kept. ``share_min`` and ``share_max`` are percent."""

    org_key: str | None
    name: str | None
    identifiers: tuple[str, ...]
    natural_persons: int
    interest: str
    share_min: float | None
    share_max: float | None
    share_above: bool | None
    indirect: bool | None
    since: date | None
    until: date | None
    controls: bool | None
    source: str | None
    file: str
    line: int | None
    gloss: str | None = None


class History(msgspec.Struct, frozen=True):
    """A project that it took part in, and where to read so: ``notice_id`` names it as ``named_as``
    in the words ``written``, on ``page`` of the document. ``amount_told`` is the project's one
    figure in words; ``outcome``: won, lost, not known, None where it did not bid."""

    project_key: str
    roles: tuple[str, ...]
    outcome: str | None
    name: str | None
    gloss: str | None
    first_date: date | None
    last_date: date | None
    surveillance: bool
    capabilities: tuple[str, ...]
    amount: float | None
    currency: str | None
    amount_kind: str | None
    amount_usd: float | None
    amount_told: str
    winners: int
    field: int
    bidders_named: bool
    buyers: tuple[Named, ...]
    suppliers: tuple[Named, ...]
    notices: int
    named_as: str
    written: str
    notice_id: str
    notice_type: str
    published: date | None
    document_sha256: str
    page: int
    source_path: str
    source_url: str | None
    captured_at: str | None


class Page(msgspec.Struct, frozen=True):
    """All that a page says of one organisation. ``more`` tells by part how many rows stand in no
    list; ``crowded`` counts tenders with too many bidders to say who bid together."""

    org_key: str
    name: str
    gloss: str | None
    kind: str
    buyer_type: str | None
    country: str | None
    country_name: str | None
    place: str | None
    place_gloss: str | None
    division: str | None
    identifiers: tuple[str, ...]
    first_seen: date | None
    last_seen: date | None
    notices: int
    parent: Named | None
    group: Named | None
    names: tuple[Spelling, ...]
    units: tuple[Named, ...]
    owners: tuple[Holding, ...]
    owned: tuple[Holding, ...]
    counts: tuple[Part, ...]
    bids: Bids
    coverage: Coverage
    amounts: tuple[Sum, ...]
    capabilities: tuple[Capability, ...]
    places: tuple[Place, ...]
    partners: tuple[Partner, ...]
    together: tuple[Together, ...]
    crowded: int
    projects: tuple[History, ...]
    more: dict[str, int]

    def count(self, role: str) -> int:
        """Projects in which it has the role."""
        return next((part.projects for part in self.counts if part.role == role), 0)
