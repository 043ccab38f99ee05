"""The only module that strings stages together."""
