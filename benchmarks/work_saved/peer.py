"""Reading a collection as ASReview's default model does, by ASReview's own simulation.

Set up as ``asreview simulate`` does it where no option is given (release 3.0: "ELAS u4", TF-IDF of
words and pairs of words, a linear support vector machine, balanced weights, most likely first).
"""

from collections.abc import Callable, Sequence
from importlib.metadata import version

import numpy as np
import pandas as pd
from asreview.learner import ActiveLearningCycle
from asreview.models.models import get_ai_config
from asreview.models.queriers import TopDown
from asreview.models.stoppers import IsFittable
from asreview.simulation.simulate import Simulate

from benchmarks.work_saved.reading import Goal, Order, batch
from benchmarks.work_saved.records import Record


def peer(
    collection: Sequence[Record], known: Order, seed: int, step: Callable[[int], int] = batch
) -> Order:
    """The order of reading after what is ``known``, until enough is found. ``step`` says how many
    are read before it learns again; its own default is one."""
    np.random.seed(seed)  # as its command line does: its classifier draws from there
    cycle = ActiveLearningCycle.from_meta(get_ai_config()["value"])
    cycle.n_query = lambda results: step(len(results))
    texts = pd.DataFrame([{"title": one.title, "abstract": one.text} for one in collection])
    simulation = Simulate(
        texts,
        [int(one.relevant) for one in collection],
        [ActiveLearningCycle(querier=TopDown(), stopper=IsFittable()), cycle],
        stopper=_Stopper(Goal(collection, known)),
        print_progress=False,
    )
    simulation.label(known)
    simulation.review()
    return _places(simulation._results)[len(known) :]


def named() -> str:
    """What was run."""
    return f"ASReview {version('asreview')}, {get_ai_config()['label']}"


def _places(results: pd.DataFrame) -> Order:
    return [int(place) for place in results["record_id"]]


class _Stopper:
    """Ends the simulation when enough is found."""

    def __init__(self, goal: Goal) -> None:
        self._goal = goal

    def stop(self, results: pd.DataFrame, _: object) -> bool:
        return self._goal.reached(_places(results))
