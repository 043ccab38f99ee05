"""Text of page images: found upright, recognised line by line, each line with its confidence."""
