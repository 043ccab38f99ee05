"""Renders the demonstration corpus: hand-written texts in data/, layouts in the modules."""
