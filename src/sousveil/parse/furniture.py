"""What a page is drawn with, told from the documents that may lie beside it."""

from sousveil.parse.formats import OFFICE

_DOCUMENTS = (
    "text/html", "application/pdf", "application/msword", "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint", "application/rtf", "application/vnd.oasis.opendocument.",
    "application/ofd", OFFICE, "application/zip", "application/vnd.rar",
    "application/x-7z-compressed", "application/x-encrypted-office",
)  # fmt: skip


def may_be_document(kind: str) -> bool:
    """Whether a part of a saved page may be a record of its own: a frame, or a file it shows.

    All else is furniture: scripts and styles (text), pictures, fonts, what trackers answered.
    """
    return kind.startswith(_DOCUMENTS)
