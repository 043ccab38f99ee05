"""What titles in languages of spaces put around a purchase: the kind of notice, its number, a call.

The kinds of notice are those of TED (eForms), SECOP, CompraNet, SEACE, ComprasMX, Compras.gov.br,
PLACE, BOAMP and Contracts Finder. A kind stands before a colon or a dash, with a few words or a
number of its own between (Pregão Eletrônico nº 045/2023 - …), or before "for" (Licitación pública
para …).
"""

import re

_ENGLISH_HEAD = (
    r"(?:(?:invitation|request|call|notice|award|intention|expression)s?\s+(?:to|for|of|on)\s+"
    r"(?:tenders?|bids?|proposals?|quotations?|quotes?|award|interest|intent|contract|a contract)"
    r"[\s:–-]*(?:for|of|on)?|rf[pqi]\b[\s:#-]*|itt\b[\s:-]*"
    r"|(?:contract\s+)?award\s+notice(?:\s+for)?[\s:–-]|contract\s+award(?:\s+for)?"
    r"|contract\s+notice(?:\s+for)?|tender\s+(?:notice|for)(?:\s+for)?|corrigendum"
    r"|(?:tender|award|contract|cancell?ation|amendment|intention|acceptance|notice)(?=\s?[:–]|\s-\s))"
    r"[\s:–-]*"
)
_KINDS = (
    r"an[uú]ncio|aviso|extracto|extrato|declaratoria|resoluci[oó]n|convocat[oó]ria|licitaci[oó]n"
    r"|licita[cç][aã]o|adjudicaci[oó]n|adjudica[cç][aã]o|homologa[cç][aã]o|formalizaci[oó]n|fallo"
    r"|buena pro|contrato|contrataci[oó]n (?:directa|menor)|concurso|concorr[eê]ncia|preg[aã]o"
    r"|tomada de pre[cç]os|dispensa|edital|subasta inversa|selecci[oó]n abreviada"
    r"|avis|appel d.offres|march[eé] public|attribution|rectificatif"
    r"|bekanntmachung|auftragsbekanntmachung|vergabebekanntmachung|ausschreibung|[oö]ffentliche"
    r" ausschreibung|vergebener auftrag|zuschlag|bando(?: di gara)?|avviso|esito(?: di gara)?"
    r"|aggiudicazione|aankondiging|gunning|og[lł]oszenie|vorinformation|berichtigung"
)
_OTHER_HEAD = rf"(?:{_KINDS})\b(?:\s[^\s:–-]\S{{0,24}}){{0,7}}?\s?(?::|\s[–-])\s*"
_FOR = (
    r"(?:licitaci[oó]n|licita[cç][aã]o|concurso|preg[aã]o|convocat[oó]ria|appel d.offres|gara)"
    r"(?:\s\S{1,20}){0,4}?\s(?:para|pour|per)\s(?:(?:la|el|los|las|o|a|le|les|l.|il)\s)?"
)
_HEAD = re.compile(f"^(?:{_ENGLISH_HEAD}|{_OTHER_HEAD}|{_FOR})")
_TAIL = re.compile(
    r"(?<![\s:–(-])[\s:–(-]+(?:contract\s+award(?:\s+notice)?|award(?:\s+notice)?|tender(?:\s+notice)?"
    r"|contract(?:\s+notice)?|corrigendum|re-?tender|cancell?ation|notice|rebid|amendment\s*\d*"
    r"|modification\s*\d*)\)?\s*$"
)
_CALLED_AGAIN = re.compile(
    r"(?<![\s:–(-])[\s:–(-]+(?:(?:second|third)\s(?:call|round)|re-?(?:advertised|issued|launched)"
    r"|(?:segund[ao]|tercera|terceira|2[aªº]|3[aªº]|2da|3ra|nueva|nova)"
    r"\s(?:convocat[oó]ria|licitaci[oó]n|vuelta|llamad[oa]|chamada|publica[cç][aã]o|edi[cç][aã]o)"
    r"|relance|erneute ausschreibung|neuausschreibung|seconda gara|heraanbesteding)\)?\s*$"
)


def without_frame(text: str) -> str:
    """A folded title without the kind of notice before and behind what is bought; as it was where
    nothing would be left."""
    # Portals put the kind before a title that says it, twice over at times.
    for pattern in (_HEAD, _HEAD, _HEAD, _CALLED_AGAIN, _TAIL):
        rest = pattern.sub("", text)
        if rest.strip():
            text = rest
    return text
