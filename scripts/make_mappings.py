"""Write the mapping tables of the XML extractors to docs/reference/."""

from pathlib import Path

from sousveil.extract.eforms.mapping import page as eforms
from sousveil.extract.ted.mapping import page as ted

PAGES = {"mapping-eforms.md": eforms, "mapping-ted.md": ted}
FOLDER = Path(__file__).parents[1] / "docs" / "reference"


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
