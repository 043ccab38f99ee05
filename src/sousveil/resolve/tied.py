"""What hangs together, directly or through others."""

from collections.abc import Sequence


def tied(ties: Sequence[tuple[int, int]], size: int) -> list[int]:
    """For each number from 0 to ``size`` - 1 a label, the same for all that ties hold together."""
    if not ties:
        return list(range(size))
    # Imported when first needed: every process that reads documents imports the fingerprints of
    # this package, and few of them join.
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    left, right = np.array(ties).T
    graph = coo_array((np.ones(len(ties), bool), (left, right)), shape=(size, size))
    labels: list[int] = connected_components(graph, directed=False)[1].tolist()
    return labels
