"""Scripts: Traditional to Simplified one character for one, folding for matching, rough language.

All of it is character by character, so that offsets found in a folded text hold in the original
and ``fold(a + b) == fold(a) + fold(b)``.
"""

import re
from functools import cache

import opencc

_HAN_RANGES = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2FA1F),
    (0x30000, 0x323AF),
)
_HAN = re.compile(r"[々〇㐀-䶿一-鿿\uf900-\ufaff\U00020000-\U0002fa1f\U00030000-\U000323af]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")

# Left alone by OpenCC's single-character table because Simplified keeps them in some words; the
# Simplified-only form is the usual one in Traditional text, so matching needs both to meet.
_ALSO = {"瞭": "了", "裏": "里", "衆": "众", "羣": "群", "峯": "峰", "啓": "启"}


def is_han(char: str) -> bool:
    """Whether one character is a Han ideograph (also 々 and 〇)."""
    return _HAN.fullmatch(char) is not None


def to_simplified(text: str) -> str:
    """Simplified form of the same length: OpenCC's t2s, one character at a time.

    One character has one image whatever stands around it (乾 → 干 even in 乾隆): good for matching
    and for offsets, not for typesetting.
    """
    if text.isascii():
        return text
    table, common, rare = _tables()
    text = common.sub(lambda m: table[m.group()], text)
    if _ASTRAL.search(text):
        text = rare.sub(lambda m: table.get(m.group(), m.group()), text)
    return text


def fold(text: str) -> str:
    """Lower case and Simplified, of the same length: for matching, never for show."""
    if text.isascii():
        return text.lower()
    # The only lower-case form that is longer than its capital, and the only one that depends on
    # its place in the word.
    lower = text.replace("İ", "i").lower().replace("ς", "σ")
    return to_simplified(lower)


@cache
def _tables() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    """The table of single characters, and patterns for its characters inside and beyond the BMP."""
    chars = [chr(code) for first, last in _HAN_RANGES for code in range(first, last + 1)]
    images = opencc.OpenCC("t2s").convert("\n".join(chars)).split("\n")
    table = {
        char: image
        for char, image in zip(chars, images, strict=True)
        if len(image) == 1 and image != char
    }
    table |= _ALSO
    # A chain (a → b → c) would make folding twice differ from folding once.
    table = {char: table.get(image, image) for char, image in table.items()}
    table = {char: image for char, image in table.items() if char != image}
    common = re.compile("[" + "".join(c for c in table if c <= "\uffff") + "]")
    return table, common, _ASTRAL


# Words that are frequent in one language and rare in the others.
_STOP_WORDS = {
    "en": "the and of for to in is on with by shall be will this or from at are as",
    "es": "el los las del para y por con una que en se la su al será según como",
    "pt": "os dos das para e do da em uma não ao pela pelo que são com no na",
    "fr": "le les des du et pour une dans est par sur aux la au qui ou avec ce",
    "de": "der die das und für von mit den des ist im auf eine zur zum nicht werden oder",
    "it": "il di che per della delle gli dei con del una nel alla sono è dal lo",
    "nl": "de het een van en voor met op te zijn aan door niet deze worden of",
    "pl": "i w na z do dla oraz przez się nie jest że od zamówienia o po",
    "ro": "și de la pentru din cu în pe al a prin este care sau ale",
    "sv": "och att av för med som den på ett är till inte om det",
    "tr": "ve ile için bir bu olarak olan veya kadar sayılı göre",
    "cs": "a na se pro v je do o ve zakázky nebo že podle která",
    "id": "dan yang untuk dengan di pada dari ini dalam atau oleh",
    "vi": "và của các cho được là trong theo với không có",
}
_VOTES: dict[str, list[str]] = {}
for _language, _words in _STOP_WORDS.items():
    for _word in _words.split():
        _VOTES.setdefault(_word, []).append(_language)

_LETTERS = re.compile(r"[^\W\d_]")
_LATIN_WORD = re.compile(r"[a-zà-öø-ÿœßıłńśźżćęąěščřžýůășțơưđ]+")
_BY_SCRIPT = (
    ("ja", re.compile("[ぁ-ゖァ-ヺ]")),
    ("ko", re.compile("[가-힣]")),
    ("zh", _HAN),
    ("ru", re.compile("[Ѐ-ԯ]")),
    ("ar", re.compile("[ء-ي]")),
    ("he", re.compile("[א-ת]")),
    ("el", re.compile("[Α-Ωα-ω]")),
    ("th", re.compile("[ก-ฮ]")),
    ("hi", re.compile("[अ-ह]")),
    ("ka", re.compile("[ა-ჰ]")),
    ("hy", re.compile("[Ա-Ֆա-ֆ]")),
)
_KANA_OR_HANGUL = re.compile("[ぁ-ゖァ-ヺ가-힣]")
_SAMPLE = 1000


def language_of(text: str) -> str | None:
    """The main language as an ISO 639-1 code, roughly; None where there are too few letters.

    By script first, then (Latin, Cyrillic and Arabic scripts) by frequent words and letters. Reads
    the first 1,000 characters. A Han character counts for two letters: it says more than one.
    """
    sample = text[:_SAMPLE]
    if not sample.isascii():
        han = len(_HAN.findall(sample))
        if 2 * han > len(sample) and _KANA_OR_HANGUL.search(sample) is None:
            return "zh"
        counts = {name: len(rx.findall(sample)) for name, rx in _BY_SCRIPT}
        letters = len(_LETTERS.findall(sample))
        if counts["zh"] or counts["ja"]:
            asian = 2 * counts["zh"] + counts["ja"] + counts["ko"]
            rest = letters - counts["zh"] - counts["ja"] - counts["ko"]
            if asian >= rest:
                return _east_asian(counts)
        name = max(counts, key=lambda key: counts[key])
        if counts[name] * 2 > letters:
            return _neighbour(name, sample)
    return _latin(sample)


def _east_asian(counts: dict[str, int]) -> str:
    if counts["ja"] * 6 >= counts["zh"] + counts["ja"] and counts["ja"] >= 2:
        return "ja"
    return "ko" if counts["ko"] > counts["zh"] else "zh"


def _neighbour(name: str, sample: str) -> str:
    """Tell Ukrainian, Bulgarian, Kazakh from Russian and Persian, Uyghur from Arabic."""
    if name == "ru":
        if re.search("[қғңұүөһә]", sample):
            return "kk"
        if re.search("[іїєґ]", sample):
            return "uk"
        if "ы" not in sample and "э" not in sample and "ъ" in sample:
            return "bg"
    if name == "ar":
        if re.search("[ېۆۇۈەڭ]", sample):
            return "ug"
        if re.search("[پچژگ]", sample):
            return "fa"
    return name


def _latin(sample: str) -> str | None:
    votes: dict[str, float] = {}
    for word in _LATIN_WORD.findall(sample.lower()):
        languages = _VOTES.get(word)
        if languages:
            for language in languages:
                votes[language] = votes.get(language, 0.0) + 1 / len(languages)
    if not votes:
        return None
    best = max(votes, key=lambda key: (votes[key], key))
    return best if votes[best] >= 1 else None
