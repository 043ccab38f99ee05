"""What every worker reads documents with, loaded as this is imported: the server that forks workers
imports it once, and they share it. Nothing else should."""

from sousveil.pipeline.reading import warm

warm()
