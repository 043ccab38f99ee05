"""Writing the shipped taxonomy where a person can edit it."""

from pathlib import Path

from sousveil.case.atomic import replace_file, storage_errors
from sousveil.errors import UsageError
from sousveil.reference.crosswalk import FILE
from sousveil.reference.taxonomy_files import shipped, shipped_texts


def write_taxonomy(folder: Path) -> list[str]:
    """Write all files into an empty or new folder; returns their names.

    Raises UsageError where the folder holds anything: nobody's edits are overwritten.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already and is not empty.", "Name another folder.")
    texts = {**shipped_texts(), FILE: shipped().joinpath(FILE).read_text("utf-8")}
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            replace_file(folder / name, text.encode())
    return list(texts)
