"""Renders the demonstration corpus from hand-written data: texts in data/, layouts in the modules."""
