"""How well purchases of surveillance are told from others: labelled real and written records."""
