"""``python -m sousveil``."""

from sousveil.cli.main import run

if __name__ == "__main__":
    run()
