"""Writes the names of countries that say what is watched lies abroad, from CLDR by way of Babel.

    python -m scripts.make_abroad

A name says nothing of a buyer who is there (``home``). Left out: names that are other words in
their language (Georgia, Jordan, 인도), and names too short to be told from parts of words in
scripts without spaces.
"""

from pathlib import Path

import rtoml
from babel import Locale

from sousveil.reference.lexicon import expand, term_texts

OUT = Path("src/sousveil/reference/data/taxonomy/abroad_countries.toml")
LOCALES = {
    language: {"zh": "zh_Hans", "zh-Hant": "zh_Hant"}.get(language, language)
    for language in ("zh", "zh-Hant", "en", "es", "fr", "de", "pt", "ru", "ar", "ja", "ko")
}
SHORTEST = {"zh": 2, "zh-Hant": 2, "ja": 3, "ko": 3}
AMBIGUOUS = {
    "en": {"Georgia", "Jordan", "Chad", "Turkey", "Guinea", "Dominica", "Niger", "Jersey", "Guam"},
    "es": {"Chad", "Guinea", "Níger", "Georgia", "Granada", "Jersey"},
    "fr": {"Tchad", "Niger", "Grenade", "Jersey", "Guinée"},
    "de": {"Jersey", "Tschad", "Niger"},
    "pt": {"Geórgia", "Granada", "Níger", "Jersey"},
    "ru": {"Гана", "Мали", "Чад", "Перу", "Куба"},
    "ar": {"تشاد", "مالي", "عمان", "غانا"},
}
CHINA = ("CN", "HK", "MO", "TW")
"""Chinese buyers write of these with words of their own (涉港, 境外); the names stand in too many
titles of bodies and laws there."""
HEAD = """# Names of countries: beside an online capability's own words they say that it looks
# abroad, of buyers who are known to be elsewhere. Written from the names of the Unicode CLDR by
# `python -m scripts.make_abroad`.
"""


def main() -> None:
    """Write the file."""
    known = _known()
    names = {language: Locale.parse(locale).territories for language, locale in LOCALES.items()}
    parts = [HEAD]
    codes = sorted(code for code in names["en"] if len(code) == 2 and code.isalpha())
    for code in codes:
        if code in {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"}:
            continue
        home = [code] if code not in CHINA else list(CHINA)
        rows = [
            f'{language} = ["{word}"]'
            for language, table in names.items()
            if (word := _word(table.get(code, ""), language)) and term_texts([word])[0] not in known
        ]
        if rows:
            listed = ", ".join(f'"{one}"' for one in home)
            parts.append(
                "\n".join(
                    [
                        "[[terms]]",
                        'facet = "marker"',
                        'code = "abroad"',
                        f"home = [{listed}]",
                        *rows,
                    ]
                )
            )
    OUT.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _known() -> set[str]:
    """Words that other files of the taxonomy have as markers."""
    found: set[str] = set()
    for file in ("abroad.toml", "markers.toml"):
        table = rtoml.loads(OUT.with_name(file).read_text("utf-8"))
        codes = [t for code in table.get("code", []) for t in code["terms"]]
        for terms in (*table.get("terms", []), *codes):
            if terms.get("facet", "marker") == "marker":
                words = [w for key in LOCALES for w in terms.get(key, [])]
                found |= set(term_texts([part for w in words for part in expand(w)]))
    return found


def _word(name: str, language: str) -> str:
    """The name as a term, or nothing where it could be another word."""
    name = name.split("(")[0].split("（")[0].strip()
    if len(name) < SHORTEST.get(language, 4) or name in AMBIGUOUS.get(language, ()):
        return ""
    return "" if any(sign in name for sign in '*{}"') else name


if __name__ == "__main__":
    main()
