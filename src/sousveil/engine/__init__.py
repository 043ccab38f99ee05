"""Runs callables it is handed in limited child processes."""
