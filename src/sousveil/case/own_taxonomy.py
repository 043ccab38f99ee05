"""A taxonomy that a person has put into the case, used instead of the one shipped."""

from collections.abc import Mapping

from sousveil.case.folder import Case
from sousveil.errors import UsageError
from sousveil.reference.crosswalk import FILE, read_crosswalk
from sousveil.reference.taxonomy import Taxonomy, compile_taxonomy, load_taxonomy
from sousveil.reference.taxonomy_files import INDEX, taxonomy_texts

FOLDER = "taxonomy"


def own_taxonomy(case: Case) -> Mapping[str, str]:
    """The texts of the case's taxonomy/ as they stand, none where the folder is empty.

    Raises UsageError, naming file and entry, for a taxonomy that cannot be used, and for files
    without an index: they were meant to be used.
    """
    folder = case.root / FOLDER
    if not (folder / INDEX).is_file():
        if folder.is_dir() and any(folder.iterdir()):
            raise UsageError(
                f"{FOLDER}/ of the case holds files and no {INDEX}.",
                f"Put {INDEX} back ('sousveil taxonomy export' writes all files), or empty it.",
            )
        return {}
    texts = taxonomy_texts(folder)
    taxonomy = compile_taxonomy(texts)
    if (folder / FILE).is_file():
        read_crosswalk(folder, taxonomy)
    return texts


def taxonomy_of(case: Case) -> Taxonomy:
    """The taxonomy that the case is coded with. Raises UsageError as ``own_taxonomy`` does."""
    texts = own_taxonomy(case)
    return compile_taxonomy(texts) if texts else load_taxonomy()
