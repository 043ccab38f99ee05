"""The demonstration corpus: illustrative records written for this project, with their truth."""

from sousveil.demo.truth import (
    TruthFile,
    TruthNotice,
    claims,
    corpus_path,
    files,
    headline,
    manifest_path,
    people,
    truth,
)

__all__ = [
    "TruthFile",
    "TruthNotice",
    "claims",
    "corpus_path",
    "files",
    "headline",
    "manifest_path",
    "people",
    "truth",
]
