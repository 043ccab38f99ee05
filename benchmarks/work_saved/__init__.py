"""How much reading the queue "likely" saves, beside ASReview's default model."""
