"""A sample that was drawn from the projects of a case: what estimates are made of."""

import msgspec


class SampledProject(msgspec.Struct, frozen=True):
    """A project as it was when it was drawn: ``lead`` is the notice to show."""

    project_key: str
    lead: str
    notice_ids: tuple[str, ...]


class SampleStratum(msgspec.Struct, frozen=True):
    """A part of the population, and the projects drawn of it in the order to be read.

    ``hit``: whether the query found its projects then. ``population``: how many they were;
    ``population_hash``: SHA-256 of their keys.
    """

    name: str
    hit: bool
    population: int
    population_hash: str
    projects: tuple[SampledProject, ...]


class DrawnSample(msgspec.Struct, frozen=True):
    """A sample of the hits of a query and of what it did not find, in a state of the case.

    ``state`` names that state; a query that counts otherwise now is judged by what it found then.
    ``population``: SHA-256 of the keys of all projects of the case, hits and others.
    """

    name: str
    query: str
    at: str
    state: str
    seed: int
    strata: tuple[SampleStratum, ...]
    population: str = ""
