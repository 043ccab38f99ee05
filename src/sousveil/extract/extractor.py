"""What an extractor is: a name, a version, a judgement of pages, and the reading of them."""

from collections.abc import Callable, Iterator, Sequence

import msgspec

from sousveil.model import Notice, Page


class Extractor(msgspec.Struct, frozen=True):
    """One family of notice layouts.

    ``accepts`` says from 0 to 1 how surely the pages are such a notice (below 0.5: they are not);
    ``extract`` yields what they hold. Both see masked pages only. ``version`` changes whenever the
    same pages may give another notice.
    """

    name: str
    version: str
    description: str
    accepts: Callable[[Sequence[Page]], float]
    extract: Callable[[Sequence[Page]], Iterator[Notice]]
