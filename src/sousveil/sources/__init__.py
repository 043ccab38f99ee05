"""Where records come from: files and folders, and the manifest that says where each was found."""

from sousveil.sources.manifest import Manifest, ManifestRow, read_manifest
from sousveil.sources.walk import SourceFile, SourceProblem, walk

__all__ = [
    "Manifest",
    "ManifestRow",
    "SourceFile",
    "SourceProblem",
    "read_manifest",
    "walk",
]
