"""Figures and the report: each value carries its query and evidence.

``page`` and what it draws with (altair, scipy) take over a second to import, so nothing is
imported here: a command that only exports must not wait for them.
"""
