"""Office files: text and tables as they would be read, formulas never evaluated, nothing loaded."""
