"""What people decide: bringing decisions in, and what those of several coders amount to."""

from sousveil.coding.rulings import Ruling, independent, rulings
from sousveil.coding.table import COLUMNS, Known, Row, WrongRow, read_table

__all__ = ["COLUMNS", "Known", "Row", "Ruling", "WrongRow", "independent", "read_table", "rulings"]
