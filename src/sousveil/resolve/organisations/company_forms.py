"""Legal forms of companies: written out, in front or behind, and which may follow one another.

As the registers write them (Sociedad Limitada, S.L.; Товарищество с ограниченной ответственностью,
ТОО). A company changes its form within the law of one state (Delaware's §266, the German UmwG
§190, the French Code de commerce L. 210-6): forms of two states' laws are two companies, and a GmbH
is another company than the GmbH & Co. KG that it leads.
"""

import unicodedata

from sousveil.resolve.organisations.letters import letters_of
from sousveil.resolve.organisations.rewrites import Rewrites
from sousveil.text.currency import words

_VN = {words_: letters_of(words_, "VN") for words_ in ("công ty", "trách nhiệm hữu hạn", "cổ phần")}
_LONG = (
    (r"\blimited liability (?:company|co)\b", "llc"),
    (r"\blimited liability partnership\b", "llp"),
    (r"\blimited partnership\b", "lp"),
    (r"\bpublic limited (?:company|co)\b", "plc"),
    (r"\bsociedad anonima de capital variable\b", "sa de cv"),
    (r"\bsociedad anonima cerrada\b", "sac"),
    (r"\bsociedad anonima abierta\b", "saa"),
    (r"\bempresa individual de responsabilidad limitada\b", "eirl"),
    (r"\b(?:sociedad|sociedade) anonima\b|\bsociete anonyme\b|\bs ?/ ?a\b\.?$", "sa"),
    (r"\bsociedad de responsabilidad limitada\b", "srl"),
    (r"\bsociedad limitada\b", "sl"),
    (r"\bsociedad por acciones simplificada\b|\bsociete par actions simplifiee\b", "sas"),
    (r"\bsociedad por acciones\b|\bsocieta per azioni\b", "spa"),
    (r"\bsocieta'? a'? responsabilita'? limitata\b", "srl"),
    (r"\bsociete a responsabilite limitee\b", "sarl"),
    (r"\blimitada\b", "ltda"),
    (r"\baktiengesellschaft\b", "ag"),
    (r"\bgesellschaft mit beschraenkter haftung\b|\bmbh\b", "gmbh"),
    (r"(?<=gmbh )(?:&|u\.|und) ?co\.? ?kg\b", "co kg"),
    (r"\bsp\.? ?z ?o\.? ?o\b\.?|\bspolka z ograniczona odpowiedzialnoscia\b", "zoo"),
    (r"\bspolka akcyjna\b", "sa"),
    (r"\bsendirian berhad\b", "sdn bhd"),
    (r"\bberhad\b", "bhd"),
    (r"\banonim sirketi\b", "as"),
    (r"\b(?:ltd|limited)\.? ?(?:sirketi|sti)\b\.?", "ltd"),
    (r"\bsan\. ?(?:ve |& ?)?tic\b\.?", "sanayi ve ticaret"),
    (r"\bобщество с ограниченной ответственностью\b", "ооо"),
    (r"\bпубличное акционерное общество\b", "пао"),
    (r"\bоткрытое акционерное общество\b", "оао"),
    (r"\bзакрытое акционерное общество\b", "зао"),
    (r"\bакционерное общество\b|\bакционерлік қоғамы?\b|\bақ$", "ао"),
    (r"\bтоварищество с ограниченной ответственностью\b", "тоо"),
    (r"\bжауапкершілігі шектеулі серіктестігі?\b|\bжшс\b", "тоо"),
    (r"\bтовариство з обмеженою відповідальністю\b", "тов"),
    (r"\bприватне акціонерне товариство\b", "прат"),
    (r"\bпублічне акціонерне товариство\b", "пат"),
    (r"\bакціонерне товариство\b", "ат"),
    (rf"^(?:{_VN['công ty']} )?(?:{_VN['trách nhiệm hữu hạn']}|tnhh)\b", "tnhh"),
    (rf"^{_VN['công ty']} (?:{_VN['cổ phần']}|cp)\b|^ct(?:y)?cp\b", "ctcp"),
    (r"^(?:cong ty )?(?:trach nhiem huu han|tnhh)\b", "tnhh"),
    (r"^cong ty (?:co phan|cp)\b", "ctcp"),
    (r"^(?:ห้างหุ้นส่วนจำกัด|หจก\.?)\s*(.+)$", r"\1 lp"),
    (r"^(?:บริษัท|บมจ\.?)\s*(.+?)\s*(?:จำกัด)?\s*\(มหาชน\)$|^บมจ\.?\s*(.+)$", r"\1\2 plc"),
    (r"^บริษัท\s*(.+?)\s*จำกัด$|^บจก\.?\s*(.+)$|^บจ\.\s*(.+)$", r"\1\2\3 ltd"),
    (r"\bincorp(?:orat(?:e|ed)?)?\.?$", "inc"),
    (r"\bcorporat(?:i|io)?\.?$", "corp"),
)
_FRENCH = words("FR BE LU CH CA MC SN CI CM BJ TG ML NE BF GA CG CD MG DJ TD GN MA TN DZ")
_LEADING = frozenset(
    words("ооо оао зао пао ао ooo oao zao pao pt тоо тов прат пат ат tnhh ctcp"),
)
_LEADING_FRENCH = words("sarl sas sasu sa eurl")
_REMARKS = {
    "BR": words("me epp mei"),
    "IT": words("unipersonale"),
    "ID": words("persero tbk"),
}
"""What stands behind a form and tells no company from another: its size under Brazil's Lei
Complementar 123, a single owner, the state's shares, a listing on the exchange."""
_ONE_LAW = tuple(
    frozenset(forms.split(", "))
    for forms in (
        "inc, corp, llc, lp, llp, pc, pllc, lllp",
        "ltd, plc, llp",
        "ltd, pty ltd",
        "pte ltd, ltd",
        "gmbh, ag, ug",
        "sa, sas, sasu, sarl, eurl",
        "sa, sl, slu, sau, srl",
        "sa, ltda, lda, eireli, slu",
        "sa, sac, saa, srl, eirl, spa, ltda, sas",
        "sa cv, sapi cv, sab cv, s rl cv, rl cv",
        "srl, spa",
        "bv, nv",
        "oy, oyj",
        "aps, as",
        "as, asa",
        "ltd, as",
        "zoo, sa",
        "ooo, oao, zao, pao, ao",
        "тоо, ao",
        "тов, прат, пат, ат",
        "tnhh, ctcp",
        "kk, yk, gk",
        "주식회사, 유한회사",
    )
)
"""Forms between which the law of one state lets a company change."""
_PATTERNS = Rewrites((unicodedata.normalize("NFKC", pattern), short) for pattern, short in _LONG)


def with_short_forms(text: str) -> str:
    """A name in the letters of ``letters`` with its legal form short."""
    return _PATTERNS(text)


def leading(country: str | None) -> frozenset[str]:
    """The forms that stand in front of names of a country."""
    return _LEADING | _LEADING_FRENCH if country in _FRENCH else _LEADING


def without_remarks(kept: list[str], country: str | None) -> list[str]:
    """The words of a company's name without what may follow its form."""
    remarks = _REMARKS.get(country or "", frozenset())
    while len(kept) > 1 and kept[-1] in remarks:
        kept = kept[:-1]
    return kept


def may_change(left: str, right: str) -> bool:
    """Whether a company of the one form may become one of the other."""
    return left != right and any(left in forms and right in forms for forms in _ONE_LAW)
