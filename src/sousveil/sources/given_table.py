"""A table that a person hands over as a file: its text, and the mark between its cells."""

from pathlib import Path

from sousveil.errors import DecisionError, ManifestError, OwnershipError

MOST_BYTES = 64 << 20
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def given_text(
    path: Path,
    called: str,
    option: str,
    error: type[DecisionError | ManifestError | OwnershipError],
) -> str:
    """The text of a table in UTF-8, UTF-16 with a mark, or GB 18030: what spreadsheets write.

    Raises ``error``, naming the line where there is one, for what cannot be read: the file is
    ``called`` so, and was given to ``option``.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise error(
                f"The {called} has more than {MOST_BYTES >> 20} MiB.", "Give a smaller one."
            )
        data = path.read_bytes()
    except OSError as problem:
        raise error(
            f"The {called} cannot be read: {problem.strerror or 'it cannot be opened'}.",
            f"Check the path given to {option}.",
        ) from None
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            data = data[len(mark) :]
            tries: tuple[str, ...] = (encoding,)
            break
    else:
        tries = ("utf-8", "gb18030")
    for encoding in tries:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as problem:
            line = data.count(b"\n", 0, problem.start) + 1
        else:
            if "\0" not in text:
                return text
            line = text.count("\n", 0, text.index("\0")) + 1
    raise error(f"Line {line} of the {called} is not text.", "Save it as CSV in UTF-8.")


def delimiter(text: str) -> str:
    """The mark that the header line has most of."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t|", key=header.count)
