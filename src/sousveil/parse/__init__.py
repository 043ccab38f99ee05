"""From bytes to pages: one module a format, one line in the registry."""
