"""From masked pages to notices: ``registry`` says which extractor reads what.

Nothing is imported here: masking alone is wanted where no extractor is.
"""
