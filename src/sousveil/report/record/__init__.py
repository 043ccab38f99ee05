"""One notice as people read it: fields with their words, pages, timeline, history, pictures."""
