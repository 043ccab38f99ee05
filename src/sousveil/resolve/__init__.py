"""Which notices are one project, and which are copies."""
