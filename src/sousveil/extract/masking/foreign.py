"""Find persons, phones and e-mail labels of other languages: labels, honorifics, patronymics.

Languages: English, Spanish, French, German, Portuguese, Italian, Dutch, Polish, Russian,
Ukrainian, Japanese, Korean. Names are words with capitals where the script has them.
"""

import re

Span = tuple[int, int]

_UP = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĜĞĠĢĤĦĨĪĮİĴĶĹĻĽŁŃŅŇŌŐŒŔŖŘŚŜŞŠŢŤŨŪŬŮŰŲŴŶŸŹŻŽΑ-ΫА-ЯЁІЇЄҐЎ"
_LOW = "a-zß-öø-ÿāăąćĉċčďđēėęěĝğġģĥħĩīįıĵķĺļľłńņňōőœŕŗřśŝşšţťũūŭůűųŵŷźżžα-ώа-яёіїєґў'’ʼ"
_WORD = rf"(?:[{_UP}]['’][{_UP}]?[{_LOW}]+|(?:Mc|Mac|O')?[{_UP}][{_LOW}]+(?:-[{_UP}]?[{_LOW}]+)*|[{_UP}]{{2,}}(?:-[{_UP}]{{2,}})*(?![{_LOW}])|[{_UP}]\.(?:\s?-?[{_UP}]\.)*)"
_PARTICLE = r"(?:de la|de los|de las|de|del|da|das|do|dos|di|du|le|la|van der|van den|van|von der|von|zu|zum|bin|ibn|binti|al|el|y|e|ten|ter|af|bint)"
_NAME = rf"{_WORD}(?:[ \xa0]{{1,3}}(?:{_PARTICLE}[ ]|al-|el-|d['’])?{_WORD}){{0,4}}"

_LABEL_WORDS = (
    r"[Cc]ontact (?:[Pp]erson|[Nn]ame|[Oo]fficer|[Pp]oint)(?:'s)?(?: [Nn]ame)?|CONTACT (?:PERSON|NAME|OFFICER)|(?:[Nn]ame|NAME) of (?:[Cc]ontact|[Oo]fficer)(?: [Pp]erson)?|"
    r"[Pp]oint of [Cc]ontact|POC|[Cc]ontact|CONTACT|[Aa]ttn\.?|ATTN\.?|[Aa]ttention|ATTENTION|[Ff]or the attention of|"
    r"(?:[Pp]roject|[Pp]rocurement|[Cc]ontract|[Cc]ontracts|[Cc]ase|[Pp]urchasing) (?:[Mm]anager|[Oo]fficer|[Ss]pecialist|[Aa]gent)|[Cc]ontracting [Oo]fficer|[Bb]uyer [Nn]ame|[Bb]uyer [Cc]ontact|"
    r"[Aa]uthori[sz]ed (?:[Rr]epresentative|[Ss]ignatory|[Oo]fficial)|[Rr]epresentative|[Ss]igned by|[Pp]repared by|[Aa]pproved by|[Ss]ubmitted by|[Ss]ignatory|[Ee]valuators?|[Ee]valuation [Cc]ommittee(?: [Mm]embers)?|"
    r"[Nn]ame|NAME|[Ff]ull [Nn]ame|[Ff]irst [Nn]ame|[Ll]ast [Nn]ame|[Ss]urname|[Oo]wner|[Dd]irector|[Ss]uspect|[Tt]arget|[Ss]ubject|"
    r"Ansprechpartner(?:in|/in|\*in|:in)?|Ansprechperson|Kontaktperson(?:en)?|Sachbearbeiter(?:in)?|Bearbeiter(?:in)?|z\. ?Hd\.?(?: v\.)?|zu Händen(?: von)?|Geschäftsführer(?:in)?|"
    r"[Pp]ersonas? de [Cc]ontacto|[Cc]ontacto|CONTACTO|[Aa] la atención de|[Nn]ombre(?: completo| y apellidos?)?|NOMBRE|[Rr]esponsable|[Rr]epresentante(?: [Ll]egal)?|[Ff]uncionario|[Aa]dministrador|"
    r"[Pp]ersonne(?: (?:à contacter|de contact|contact))?|[ÀA] l['’]attention de|[Ii]nterlocuteur|[Nn]om(?: et prénom)?|[Pp]rénom|[Pp]ersona di contatto|[Rr]eferente|[Rr]esponsabile(?: del procedimento)?|RUP|"
    r"[Pp]essoa(?: para| de) (?:contato|contacto)|[Cc]ontato|[Rr]esponsável|[Nn]ome(?: completo)?|[Pp]regoeiro|Contactpersoon|Osoba (?:do kontakt(?:u|ów)|kontaktowa)|Kontaktna osoba|Yhteyshenkilö|Kontaktperson|"
    r"Контактн(?:ое|ая|ые) (?:лицо|персона|лица)|Контактна особа|[Оо]тветственн(?:ое лицо|ый(?: исполнитель)?|ое должностное лицо)|[Пп]редставитель|[Рр]уководитель|[Дд]иректор|Ф\.?\s?И\.?\s?О\.?|ФИО|П\.?І\.?Б\.?|[Ии]сполнитель|[Вв]ідповідальна особа|Имя|Фамилия"
)
_LABEL = re.compile(
    rf"(?<![^\W\d_])(?P<label>{_LABEL_WORDS})(?:\s?\([^()\n]{{0,30}}\))?(?P<gap>\s{{0,3}}[:;\-–—=]\s{{0,4}}|[ ]?[\n\t]\s{{0,2}}|[ ]{{1,3}})(?P<name>(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herrn?|Frau|Sra?|M|Mme)\.?\s)?{_NAME}(?:\s?(?:,|;|/|&|\band\b|\by\b|\bund\b|\bet\b|\bи\b)\s?{_NAME}){{0,6}})"
)
_NEEDS_MARK = re.compile(
    r"(?i)(?:contact|name|nombre|nom|nome|pr[eé]nom|имя|фамилия|owner|director|target|subject|suspect|representative|representante|responsable|responsabile|contacto|contato|referente|rup|poc|attention|директор|руководитель|представитель|исполнитель|personne|funcionario|administrador|evaluators?|attn\.?|.*manager|.*officer|.*specialist|.*agent|.*by|first name|last name|surname)$"
)
_NAME_LABEL = re.compile(
    r"(?i)(?:name|nombre|nom|nome|owner|director|target|subject|директор|responsable|имя)$"
)
_PERSON_NEAR = re.compile(
    r"(?i)contact|phone|tel|e-?mail|fax|mobile|attn|officer|kontakt|contacto|contato|correo|teléfono|téléphone|telefon|конта|тел|почт|évalu|evaluat|member|owner|passport|born"
)
_ORGANISATION = re.compile(
    r"(?i)\b(?:ltd|limited|inc|llc|llp|plc|gmbh|ag|kg|corp(?:oration)?|co|company|group|holdings?|s\.?a\.?s?|s\.?l\.?u?|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|oy|ab|as|a/s|sarl|ltda|eireli|me|"
    r"department|ministry|office|unit|division|section|branch|agency|authority|council|committee|commission|board|bureau|directorate|municipality|city|county|state|district|university|college|school|institute|hospital|"
    r"service|services|centre|center|team|desk|procurement|purchasing|contracts?|tenders?|project|programme|program|bank|police|customs|fund|foundation|association|society|federation|government|"
    r"solutions|systems|technologies|technology|tel|tél|mobile|fax|mail|e-mail|correo|courriel|telefon|telefono|teléfono|telefone|web|website|url|security|international|global|national|public|general|information|details|email|phone|telephone|fax|address|number|title|position|type|date|role|"
    r"abteilung|amt|stadt|landkreis|gemeinde|ministerium|verwaltung|vergabestelle|referat|stelle|zentrale|einkauf|behörde|universität|"
    r"departamento|ministerio|dirección|direccion|oficina|ayuntamiento|municipio|alcaldía|gobierno|unidad|sección|área|servicio|secretaría|instituto|universidad|comisión|"
    r"ministère|direction|mairie|commune|région|conseil|préfecture|cellule|marchés|secretaria|prefeitura|câmara|departamento|divisão|setor|comissão|"
    r"ооо|оао|зао|пао|ао|тов|ип|гку|гбу|мку|фгбу|фку|министерство|департамент|управление|отдел|комитет|администрация|служба|центр|комиссия|учреждение|лицо|предприятие|the|this|all|any|see|not|none|n/a|please|and|for|of|to|in)\b"
)
_HONORIFIC = re.compile(
    rf"(?<![^\W_])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Madam|MR|MRS|MS|DR|Messrs|Herrn?|Frau|Hr|Fr|Sr|Sra|Srta|Señora?|D\.ª|Dña|Dº|Don|Doña|Mme|Mlle|Monsieur|Madame|M|Sig|Sig\.ra|Dott|Dott\.ssa|Ing|Eng|Lic|Arq|Abg|Capt|Lt|Sgt|Maj|Col|Hon|Pan|Pani|Г-н|Г-жа|г-н|г-жа|Господин|Госпожа|пан|пані)(?:\.|(?=\s))\s{{0,2}}(?P<name>(?:(?:Dr|Prof|Ing|med|h\.c|Dipl|-)\.?[- ]{{0,2}}){{0,3}}{_NAME})"
)
_HONORIFIC_MAYBE = frozenset(
    ("M", "MS", "Fr", "Don", "Pan", "Ing", "Eng", "Hon", "Col", "Maj", "DR", "Sig", "Lt")
)
_PATRONYMIC = re.compile(
    r"[А-ЯЁІЇЄ][а-яёіїє'’-]+(?:\s[А-ЯЁІЇЄ][а-яёіїє'’-]+)?\s[А-ЯЁІЇЄ][а-яёіїє'’]+(?:вич|вна|ич|ична|інічна|ович|овна|евна|івна|йович|вича|вичу|вичем|вны|вне|вной|вну|ївна|оглы|кызы|улы|qizi)(?![а-яёіїє])(?:\s[А-ЯЁІЇЄ][а-яёіїє-]+(?:ов|ев|ин|ова|ева|ина|ий|ая|ко|юк|ук|ец|ян|дзе|швили))?"
    r"|(?<=ФОП )[«\"]?[А-ЯЁІЇЄҐ][А-ЯЁІЇЄҐа-яёіїєґ'’ʼ-]+(?:\s[А-ЯЁІЇЄҐ][А-ЯЁІЇЄҐа-яёіїєґ'’ʼ.-]+){1,2}|(?<=ИП )[А-ЯЁ][А-ЯЁа-яё-]+\s[А-ЯЁ][А-ЯЁа-яё.-]+(?:\s[А-ЯЁ][А-ЯЁа-яё.-]+)?"
    r"|(?:(?<=підприємець )|(?<=едприниматель )|(?<=ПІДПРИЄМЕЦЬ ))[А-ЯЁІЇЄҐ][А-ЯЁІЇЄҐа-яёіїєґ'’ʼ-]+(?:\s[А-ЯЁІЇЄҐ][А-ЯЁІЇЄҐа-яёіїєґ'’ʼ.-]+){1,2}"
    r"|(?<![А-ЯЁа-яёІЇЄіїє])[А-ЯЁІЇЄ][а-яёіїє'’-]+\s[А-ЯЁІЇЄ]\.\s?[А-ЯЁІЇЄ]\.|(?<![А-ЯЁІЇЄ.])[А-ЯЁІЇЄ]\.\s?[А-ЯЁІЇЄ]\.\s?[А-ЯЁІЇЄ][а-яёіїє'’-]{2,}"
)
_PHONE = re.compile(
    r"(?i)(?<![^\W_])(?:telephone|phone|tel|mobile|mob|cell(?:ular)?|fax|facsimile|whatsapp|call|hotline|tél(?:éphone)?|télécopie|portable|teléfono|telefono|móvil|celular|telefax|telefon|telefax|handy|rufnummer|durchwahl|telefone|fone|cellulare|telefoon|puhelin|"
    r"т(?:ел)?(?:ефон)?(?:\.|\b)|факс|моб(?:ильный)?|電話(?:番号)?|电话(?:番号)?|ファックス|携帯|内線|전화(?:번호)?|연락처|팩스|휴대(?:폰|전화)|電話|傳真)(?:\s?(?:no|nos|number|nr|num|número|numéro|#|№)\.?)?(?:\s?\([^()\n]{0,20}\))?\s{0,3}[:：.\-–=/]{0,2}\s{0,4}"
    r"(?P<phone>(?:\+|00)?\(?\d(?:[\d ()./\-–—\xa0]{4,24}\d)(?:\s{0,2}(?:,|;|/|or|ext\.?|x|доб\.?|poste|内線|내선|int\.?|Ext\.?)\s{0,2}\+?\(?\d[\d ()./\-–]{0,22}\d?){0,4})"
)
_EAST = re.compile(
    r"(?:担当者|担当|責任者|责任者|氏名|問い?合わせ先|问い?合わせ先|連絡先|契約担当官|契约担当官|代表取締役|代表取缔役|支出負担行為担当官)(?:名|氏名|部署)?\s{0,3}[:\n]\s{0,3}(?P<ja>[一-鿿々ヶ]{1,3}[ ]{0,2}[一-鿿々ぁ-んァ-ヶ]{1,4}|[ァ-ヶー]{2,6}[・ ][ァ-ヶー]{2,8})(?:さん|様|氏)?(?=$|[\s,、。;()\d/]|さん|様|氏)"
    r"|(?:课长|部长|局长|署长|室长|所长|支店长|队长) {1,3}(?P<head>[一-鿿々]{1,3} ?[一-鿿々]{1,3})(?![一-鿿])"
    r"|(?P<sama>[一-鿿々]{2,5})(?=様|さん)"
    r"|(?:담당자|담당|성명|계약담당자?|책임자|대표자?|연락담당자|성함|이름|작성자|공고담당자|집행관|계약담당공무원)(?:명|성명|이름)?\s{0,3}[:\s]\s{0,3}(?:[가-힣]{2,10}(?:과|팀|실|국|처|부)\s)?(?P<ko>[가-힣]{2,4})(?=$|[\s,;()/\d·]|님|씨|과장|주무관|팀장|대리|사무관|부장|차장)"
    r"|(?P<kot>[가-힣]{2,4})\s?(?:주무관|사무관|과장님|팀장님|대리님|님)(?![가-힣])"
)
_EAST_STOP = re.compile(
    r"課|课|部$|係|系$|室$|局$|省$|センター|株式|会社|부서|과$|팀$|실$|국$|처$|회사|센터|기관|전화|연락|담당|お客|皆|関係|関连|者$|고객|주식"
)


def foreign_persons(text: str) -> list[Span]:
    """Spans of persons' names written with other scripts and labels than Chinese ones."""
    found: list[Span] = []
    if _LATIN.search(text):
        for match in _LABEL.finditer(text):
            found += _labelled(text, match)
        for match in _HONORIFIC.finditer(text):
            span = _honoured(match)
            if span:
                found.append(span)
    if _CYRILLIC.search(text):
        found += [
            match.span()
            for match in _PATRONYMIC.finditer(text)
            if not _ORGANISATION.search(match[0])
        ]
    if _KANA_HANGUL.search(text):
        for match in _EAST.finditer(text):
            for group in ("ja", "head", "sama", "ko", "kot"):
                if match[group] and not _EAST_STOP.search(match[group]):
                    found.append(match.span(group))
    return found


_LATIN = re.compile(rf"[{_UP}][{_LOW}]{{2}}|[A-Z]{{3}}")
_CYRILLIC = re.compile("[А-я]{2}")
_KANA_HANGUL = re.compile("[ぁ-ヶ가-힣]|担当|様|氏名")
_TITLE_WORD = re.compile(r"(?:Mrs?|Ms|Miss|Dr|Prof|Herrn?|Frau|Sra?|M|Mme)\.?")
_NAME_ONCE = re.compile(_NAME)


def _labelled(text: str, match: re.Match[str]) -> list[Span]:
    label, gap = match["label"], match["gap"]
    marked = any(char in gap for char in ":;=\n\t") or (" - " in gap or "–" in gap or "—" in gap)
    if not marked and _NEEDS_MARK.match(label):
        return []
    if _NAME_LABEL.match(label):
        around = (
            text[max(0, match.start() - 160) : match.start()]
            + text[match.end() : match.end() + 160]
        )
        if not _PERSON_NEAR.search(around) or re.search(
            r"(?i)(?:project|tender|company|organi[sz]ation|buyer|entity|supplier|legal|trade|file|item|product|entidad|empresa|razón|firm|document|domain|user|agency|lot)\W*$",
            text[max(0, match.start() - 20) : match.start()],
        ):
            return []
    found = []
    for name in _NAME_ONCE.finditer(text, match.start("name"), match.end("name")):
        if _TITLE_WORD.fullmatch(name[0]):
            continue
        if _ORGANISATION.search(name[0]) or _is_acronym(name[0]):
            break
        if re.match(r"\s?:", text[name.end() : name.end() + 2]):
            break
        if "\n" in gap and " " not in name[0]:
            break
        found.append(name.span())
    return found


def _is_acronym(name: str) -> bool:
    return name.isupper() and " " not in name and len(name) < 6


def _honoured(match: re.Match[str]) -> Span | None:
    honorific = match[0].split(".")[0].split()[0]
    name = match["name"]
    if honorific in _HONORIFIC_MAYBE and "." not in match[0][: len(honorific) + 1]:
        return None
    if _ORGANISATION.search(name) or re.match(r"(?:No|Nr|Road|Street)\b", name):
        return None
    return match.span("name")


def is_organisation(name: str) -> bool:
    """Whether a Latin or Cyrillic name is that of an organisation or an office."""
    return _ORGANISATION.search(name) is not None or _is_acronym(name)


def foreign_phones(text: str) -> list[Span]:
    """Spans of phones after labels of other languages (Tel., Fax, Teléfono, тел., 電話番号, 전화)."""
    return [
        match.span("phone")
        for match in _PHONE.finditer(text)
        if sum(char.isdigit() for char in match["phone"]) >= 6
        and not re.match(r"(?:19|20)\d\d[-./][01]?\d[-./][0-3]?\d", match["phone"])
    ]
