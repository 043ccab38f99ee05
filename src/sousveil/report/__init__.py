"""Figures and the report: each value carries its query and evidence."""

from sousveil.report.headline import headline
from sousveil.report.page import build_report

__all__ = ["build_report", "headline"]
