"""Query language and index: words and filters decide which notices."""
