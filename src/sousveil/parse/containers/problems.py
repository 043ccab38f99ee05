"""Why a member could not be had, in words."""

from sousveil.parse.problem import RecordProblem


def refused(number: int) -> RecordProblem:
    """A name that leads out of the container."""
    return RecordProblem(
        None,
        number,
        "refused",
        f"The name of file {number} in it leads out of the archive.",
        "It was not unpacked. Such names are made to harm: ask where the archive comes from.",
    )


def link(number: int) -> RecordProblem:
    """A link, device or pipe."""
    return RecordProblem(
        None, number, "link", f"Entry {number} in it is a link or no file.", "Nothing to do."
    )


def locked(number: int) -> RecordProblem:
    """A member under a password."""
    return RecordProblem(
        None,
        number,
        "encrypted",
        f"File {number} in it needs a password.",
        "Unpack it with the password and add the files.",
    )


def damaged(number: int) -> RecordProblem:
    """A member whose bytes are broken."""
    return RecordProblem(
        None,
        number,
        "damaged",
        f"File {number} in it is broken or cut off.",
        "Ask the source for a whole copy.",
    )
