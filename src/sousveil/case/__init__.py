"""The case folder: it owns every path in it and every commit; knows records, not stages."""
