"""Pure text work: normalise with offset maps, numerals, money, dates, scripts, names."""
