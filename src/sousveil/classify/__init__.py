"""Says what a notice buys: capabilities, platforms, groups, sophistication, with reasons."""

from sousveil.classify.rules import classify

__all__ = ["classify"]
