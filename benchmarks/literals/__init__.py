"""Random amounts and dates in every form they are written in, read back by the parsers."""
