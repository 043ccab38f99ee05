"""Figures and the report: each value carries its query and evidence."""
