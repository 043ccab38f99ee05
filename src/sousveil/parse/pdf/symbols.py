"""Private-use characters of a page: signs of known symbol fonts, or nothing that can be read.

Symbol fonts put their glyphs at U+F000 and up: Wingdings' box with a tick is U+F0FE. What a ticked
box stands before was chosen, so it must not be lost. Codes from the fonts' own tables (Unicode
technical notes on Wingdings; Adobe's Symbol encoding). What no table knows has no meaning outside
of its font and becomes U+FFFD.
"""

import re

PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")

_FONTS: tuple[tuple[str, dict[int, str]], ...] = (
    ("wingdings2", {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●",
                    0x98: "●", 0x99: "○", 0xA2: "■", 0xA3: "□", 0xA4: "□"}),
    ("wingdings3", {0x7D: "▶", 0x84: "◀"}),
    ("wingdings", {0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□",
                   0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "·", 0x9F: "•", 0xA0: "▪",
                   0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xB2: "✧", 0xD8: "➢", 0xE0: "→",
                   0xE8: "→", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"}),
    ("symbol", {0x2D: "−", 0xA3: "≤", 0xA5: "∞", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥",
                0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0x6D: "μ", 0x44: "Δ",
                0x57: "Ω", 0x61: "α", 0x62: "β", 0x71: "θ", 0x66: "φ", 0x46: "Φ"}),
)  # fmt: skip

UNREADABLE = "\ufffd"


def symbol(character: str, font: str) -> str:
    """What a private-use character of a font shows, or U+FFFD. ``font`` is the name in the PDF."""
    code = ord(character)
    name = "".join(font.lower().split()).replace("-", "")
    if 0xF000 <= code <= 0xF0FF:
        for known, signs in _FONTS:
            if known in name:
                return signs.get(code - 0xF000, UNREADABLE)
    return UNREADABLE
