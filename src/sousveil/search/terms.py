"""Index terms of a token sequence: every phrase becomes a short exact phrase of terms.

A run of characters c1 … cn with no break inside gives the terms ``c1 c1c2 c2c3 … cn``: its first
character, each pair of neighbours, its last character. So a two-character word is one term, a
longer one a phrase of a few rare terms, and neither can be found across a break: the pair is not
there. The single characters at both ends tie a run to the word or number beside it. Words and
numbers are terms as they are; where one of them stands at a break, the term ``|`` stands for it.
"""

from collections.abc import Sequence

from sousveil.search.tokenizer import BREAK, Token, is_character


def terms(sequence: Sequence[Token]) -> list[str]:
    """Terms of a whole text, one for each position."""
    out: list[str] = []
    inside = False
    for index, token in enumerate(sequence):
        character = is_character(token.text)
        if token.gap and not (character and inside):
            out.append(BREAK)
        if not character:
            out.append(token.text)
        else:
            if not inside or token.gap:
                out.append(token.text)
            after = sequence[index + 1] if index + 1 < len(sequence) else None
            joined = after is not None and not after.gap and is_character(after.text)
            out.append(token.text + after.text if joined and after is not None else token.text)
        inside = character
    return out


def phrase(sequence: Sequence[Token]) -> list[tuple[int, str]]:
    """(position, term) that a text must hold to hold the sequence; empty for a lone character.

    At the ends of the sequence a run may go on in the text, so its end marks are left out. Of the
    overlapping pairs inside a run every other one is enough.
    """
    words = list(enumerate(terms(sequence)))
    if is_character(sequence[0].text):
        words = words[1:]
    if is_character(sequence[-1].text):
        words = words[:-1]
    kept: list[tuple[int, str]] = []
    for index, (position, term) in enumerate(words):
        pair = _is_pair(term)
        before = index > 0 and _is_pair(words[index - 1][1])
        after = index + 1 < len(words) and _is_pair(words[index + 1][1])
        skip = pair and before and after and kept[-1][0] == position - 1
        if not skip:
            kept.append((position, term))
    first = kept[0][0] if kept else 0
    return [(position - first, term) for position, term in kept]


def is_echo(sequence: Sequence[Token]) -> bool:
    """Whether the sequence is one character, two times or more, with a break before each."""
    first = sequence[0].text
    return is_character(first) and all(each.text == first and each.gap for each in sequence[1:])


def _is_pair(term: str) -> bool:
    return len(term) == 2 and is_character(term[0])
