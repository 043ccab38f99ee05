"""Benchmarks: our figure and the peer's side by side in one run."""
