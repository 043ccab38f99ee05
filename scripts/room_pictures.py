"""Pictures of every page of the reading room for the documentation, in light and dark, wide and
narrow: ``python -m scripts.room_pictures [--case demo-case] [--out docs/images/room]``.

Pages are come to as the tests come to them (``tests.web.walk``): a new page needs no line here.
"""

import argparse
import io
import re
from collections.abc import Iterable
from pathlib import Path

from PIL import Image
from tests.web.conftest import inside
from tests.web.looking import LOOKS, Visitor, visiting
from tests.web.walk import Found, walk

from sousveil.case.folder import Case
from sousveil.web import Room

COLOURS = 24
HEIGHT = 760
MOST_BYTES = 3_000_000
"""Of all pictures together: they are kept with the source."""
NARROWED = ("search-narrowed", "/search?q=%E8%88%86%E6%83%85&place=CN&not_type=award")
"""A page as people have it after some clicks."""


def pages(found: Iterable[Found]) -> dict[str, str]:
    """The first page of each route: its name for files, and its address."""
    named: dict[str, str] = {}
    for each in found:
        if each.text:
            plain = re.sub(r"\{\w+(:path)?\}", "", each.route)
            name = "-".join(part for part in plain.split("/") if part)
            named.setdefault(name, each.address)
    return {**named, NARROWED[0]: NARROWED[1]}


def small(png: bytes) -> bytes:
    """A picture of few colours, rare ones among them: pages lose nothing that is seen."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def take(visitor: Visitor, named: dict[str, str], folder: Path) -> int:
    """Write the pictures; their bytes together."""
    total = 0
    for name, address in named.items():
        for scheme, width in LOOKS:
            visitor.look(scheme, width, HEIGHT)
            page = visitor.go(address)
            page.wait_for_load_state("networkidle")
            content = small(page.screenshot(animations="disabled"))
            (folder / f"{name}-{width}-{scheme}.png").write_bytes(content)
            total += len(content)
    return total


def main() -> None:
    """Take all pictures anew."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", 1)[0])
    parser.add_argument("--case", type=Path, default=Path("demo-case"))
    parser.add_argument("--out", type=Path, default=Path("docs/images/room"))
    options = parser.parse_args()
    case = Case.open(options.case)
    with inside(Room(case)) as (client, _):
        named = pages(walk(client))
    options.out.mkdir(parents=True, exist_ok=True)
    for old in options.out.glob("*.png"):
        old.unlink()
    with visiting(case) as visitor:
        total = take(visitor, named, options.out)
    print(f"{len(named)} pages, {total:,} bytes")
    if total > MOST_BYTES:
        raise SystemExit(f"The pictures are larger than {MOST_BYTES:,} bytes together.")


if __name__ == "__main__":
    main()
