"""Sousveil reads the paperwork of surveillance: from procurement records to checkable figures."""

__version__ = "0.1.0"
