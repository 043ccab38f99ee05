"""Who sits at which queue, as an address of the desk says it."""

from typing import Annotated, Literal
from urllib.parse import urlencode

import msgspec
from fastapi import Depends, Query

from sousveil.coding.queues import QUEUES, QueueName

AnyQueue = Literal[QueueName, "fields"]
EVERY_QUEUE: tuple[AnyQueue, ...] = (*QUEUES, "fields")

Name = Annotated[str, Query(max_length=200)]
Words = Annotated[str, Query(max_length=20_000)]
Seed = Annotated[int, Query(ge=0, lt=1 << 31)]


class DeskState(msgspec.Struct, frozen=True):
    """A coder (or adjudicator) and the queue or sample they work through."""

    coder: str = ""
    queue: AnyQueue = "likely"
    query: str = ""
    sample: str = ""
    seed: int = 1
    adjudicate: bool = False

    def fields(self) -> list[tuple[str, str]]:
        """What a form must carry on: all that is not as it is by itself."""
        stated = [
            ("coder", self.coder),
            ("queue", "" if self.queue == "likely" else self.queue),
            ("query", self.query),
            ("sample", self.sample),
            ("seed", "" if self.seed == 1 else str(self.seed)),
            ("adjudicate", "1" if self.adjudicate else ""),
        ]
        return [(name, value) for name, value in stated if value]

    @property
    def path(self) -> str:
        """The page of this queue."""
        return "/desk/fields" if self.queue == "fields" and not self.sample else "/desk"

    def address(self, at: str = "", to: str = "") -> str:
        """Where this queue is worked through; ``at``: with this project or field in sight; ``to``:
        the end of the path where a form does something else."""
        said = [*self.fields(), *([("at", at)] if at else [])]
        return f"{self.path}{to}?{urlencode(said)}"

    def choosing(self) -> str:
        """The form that chose it, filled in."""
        return f"/desk?{urlencode([*self.fields(), ('choose', '1')])}"


def _state(
    coder: Name = "",
    queue: Annotated[AnyQueue, Query()] = "likely",
    query: Words = "",
    sample: Name = "",
    seed: Seed = 1,
    adjudicate: Annotated[bool, Query()] = False,
) -> DeskState:
    return DeskState(coder.strip(), queue, query.strip(), sample, seed, adjudicate)


StateHere = Annotated[DeskState, Depends(_state)]
"""The queue of an address; forms of the desk are sent to such addresses too."""
