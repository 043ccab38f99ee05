"""What tells that a file was written or replaced since, without reading it."""

from pathlib import Path


def mark_of(path: Path) -> tuple[int, ...]:
    """A file's inode, time of its last change in nanoseconds and size; nothing where none is."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size
