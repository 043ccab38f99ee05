"""Projects: which notices are joined to one, by labels and by a made collection."""
