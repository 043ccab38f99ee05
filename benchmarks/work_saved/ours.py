"""Reading a collection in the order of ``sousveil code --queue likely``, learning as one goes."""

from collections.abc import Sequence

from benchmarks.work_saved.reading import Goal, Order, batch
from benchmarks.work_saved.records import Record
from sousveil.classify.model import Scorer
from sousveil.classify.training import Example, chosen, learn
from sousveil.coding.queues import Waiting, queued

_EVEN = 0.5


def ours(collection: Sequence[Record], known: Order, *, rules: bool = True) -> Order:
    """The order of reading after what is ``known``, until enough is found.

    ``rules`` False: nothing of what the rules said is used; until enough is decided to learn from,
    chance orders.
    """
    goal, decided = Goal(collection, known), list(known)
    while not goal.reached(decided):
        scores, done = _scores(collection, decided, rules=rules), set(decided)
        waiting = [
            Waiting(f"{place:06}", record.id, (record.id,), scores[place])
            for place, record in enumerate(collection)
            if place not in done
        ]
        following = queued("likely", waiting, {})[: batch(len(decided))]
        decided += [int(one.project_key) for one in following]
    return decided[len(known) :]


def _scores(collection: Sequence[Record], decided: Order, *, rules: bool) -> list[float]:
    """The probabilities that the case would have after these decisions."""
    rows = [record.row if rules else record.bare for record in collection]
    places = {collection[place].id: place for place in decided}
    examples = []
    for name in chosen(places):
        record, row = collection[places[name]], rows[places[name]]
        examples.append(Example(name, row, record.relevant, record.keys))
    learned, _ = learn(examples, len(decided), 0)
    if learned is None:
        return [record.score if rules else _EVEN for record in collection]
    scorer = Scorer(learned)
    return [scorer.probability(row) for row in rows]
