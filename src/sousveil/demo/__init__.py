"""The demonstration corpus: illustrative records written for this project, with their truth."""
