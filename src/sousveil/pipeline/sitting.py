"""One person's way through what waits at a desk: forth, back, and on in the order that is best."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from sousveil.coding.queues import Waiting
from sousveil.pipeline.desk import Desk
from sousveil.pipeline.field_desk import FieldDesk, WaitingField

_T = TypeVar("_T")


class Way(Generic[_T]):
    """Things in the order in which they are met. Those passed, decided on or not, stay where they
    are."""

    def __init__(self, key: Callable[[_T], str], met: Sequence[_T] = ()) -> None:
        """``met``: what was passed before."""
        self._key = key
        self._order = list(met)
        self._met = len(self._order)

    @property
    def passed(self) -> list[str]:
        """The keys of those that were met and left, in order."""
        return [self._key(one) for one in self._order[: self._met]]

    def arrange(self, waiting: Iterable[_T]) -> None:
        """Let these come next, in this order, but for those that were passed."""
        met = self._order[: self._met]
        seen = {self._key(one) for one in met}
        self._order = met + [one for one in waiting if self._key(one) not in seen]

    def next(self) -> _T | None:
        """The first that was not passed; None at the end."""
        return self._at(self._met)

    def find(self, key: str) -> _T | None:
        """The one of a key."""
        return next((one for one in self._order if self._key(one) == key), None)

    def bring_in(self, one: _T) -> None:
        """Let this come next."""
        self._order.insert(self._met, one)

    def leave(self, one: _T) -> None:
        """Pass one, and all before it."""
        self._met = max(self._met, self._index(one) + 1)

    def after(self, one: _T) -> _T | None:
        """The one met after it; None at the end."""
        return self._at(self._index(one) + 1)

    def before(self, one: _T | None) -> _T | None:
        """The one met before it, or last of all; None at the beginning."""
        at = self._index(one) if one is not None else len(self._order)
        return self._at(at - 1) if at else None

    def place(self, one: _T) -> tuple[int, int]:
        """Which of how many it is."""
        return self._index(one) + 1, len(self._order)

    def again(self, waiting: Iterable[_T]) -> None:
        """Begin anew: what was skipped is met once more."""
        self._order, self._met = list(waiting), 0

    def _index(self, one: _T) -> int:
        key = self._key(one)
        return next(at for at, each in enumerate(self._order) if self._key(each) == key)

    def _at(self, place: int) -> _T | None:
        return self._order[place] if place < len(self._order) else None


class Sitting:
    """A coder's way through the projects of a desk; the rest is ordered anew as the desk learns."""

    def __init__(self, desk: Desk, passed: Sequence[str] = ()) -> None:
        """``passed``: the keys of projects met before, at a desk whose place this one takes."""
        self.desk = desk
        met = [one for one in map(desk.find, passed) if one is not None]
        self.way: Way[Waiting] = Way(lambda one: one.project_key, met)
        self.way.arrange(desk.waiting())

    def find(self, project_key: str) -> Waiting | None:
        """A project of the desk; one that does not wait is brought in as the next."""
        found = self.way.find(project_key)
        if found is None and (found := self.desk.find(project_key)) is not None:
            self.way.bring_in(found)
        return found

    def go_on(self, project: Waiting) -> Waiting | None:
        """Leave a project; gives the one after it."""
        self.way.leave(project)
        if self.desk.rerank():
            self.way.arrange(self.desk.waiting())
        return self.way.after(project)

    def again(self) -> None:
        """From the beginning: what was skipped waits once more."""
        self.way.again(self.desk.waiting())

    @property
    def passed(self) -> list[str]:
        """The keys of the projects that were met and left, in order."""
        return self.way.passed

    def close(self) -> None:
        """Give up what the desk is learning."""
        self.desk.close()


def field_key(one: WaitingField) -> str:
    """What a field that waits is known by."""
    return f"{one.notice_id}.{one.field}"


class FieldSitting:
    """A coder's way through fields."""

    def __init__(self, desk: FieldDesk, query: str = "", passed: Sequence[str] = ()) -> None:
        """``passed`` are keys of fields met before: they are not met again. Raises QueryError."""
        self.desk, self._query = desk, query
        self._left = list(passed)
        self.way: Way[WaitingField] = Way(field_key)
        self.way.arrange(one for one in desk.waiting(query) if field_key(one) not in passed)

    def go_on(self, one: WaitingField) -> WaitingField | None:
        """Leave a field; gives the one after it."""
        self.way.leave(one)
        return self.way.after(one)

    def again(self) -> None:
        """From the beginning: what was skipped waits once more."""
        self._left = []
        self.way.again(self.desk.waiting(self._query))

    @property
    def passed(self) -> list[str]:
        """The keys of the fields that were met and left, in order."""
        return [*self._left, *self.way.passed]

    def close(self) -> None:
        """Nothing is held."""
