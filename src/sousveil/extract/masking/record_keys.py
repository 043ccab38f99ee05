"""Which keys of JSON records hold personal details: OCDS, Prozorro and the exports of portals.

Sources: OCDS 1.1 (ContactPoint, Organization, Identifier), its extensions (persones, beneficial
owners), Prozorro's models, the field names that Chinese portals and aggregators use, and the
elements of eForms (UBL) and TED forms.
"""

import re
from functools import lru_cache

from sousveil.extract.masking.fold import fold
from sousveil.extract.masking.labels import LABEL, Asks, asks
from sousveil.extract.masking.officers import asks_for_person
from sousveil.model.document import MaskKind

_EMAIL = re.compile(r"e-?_?mail|electronicmail|mailbox|correo|courriel|邮箱|邮件|信箱", re.I)
_PHONE = re.compile(
    r"(?:tele?phone|phone|fax|faxnumber|mobile|cell|hotline|(?<!ho)tel|teléfono|telefono"
    r"|telefon|dianhua|shouji|lxdh|lxfs)"
    r"(?:no|num|nums|number|numbers|s|ext|code|\d)*$|电话|手机|传真|联系方式",
    re.I,
)
_PERSON = re.compile(
    r"(?:(?:contact|buyer|agency|winner|supplier|purchaser|project|link|legal|tender|bid"
    r"|charge|response|responsible|principal|natural|key)(?:_|\s)?(?:person|man|user"
    r"|name(?<=contactname)|people)(?:s|name)?"
    r"|(?:contact|link)(?:s|er)?|person(?:s|name)?|representatives?"
    r"|legalrep(?:resentative)?|legalperson|manager|projectmanager|operator|author|creator"
    r"|editor|undertaker|"
    r"signatory|signatories|evaluators?|expert(?:s|list|name)?|judges?|reviewers?|faren"
    r"|[a-z]{0,8}(?:lxr|jbr|fzr|frdb|fddbr|dlr)(?:xm|mc)?|pszj(?:md|xm)?|(?:pw|zj|psxz|cy)(?:md|xm)|xmjl(?:xm)?"
    r"|(?:agent|agency|purchaser|buyer|supplier|tenderer|expert|link)(?:contact|linker|linkman)"
    r"|(?:create|publish|update|submit|audit|release)(?:user|person|man)(?:name)?"
    r"|requesters?|requestors?|(?:prepared|approved|requested|submitted|signed|created)by"
    r"|xsignator(?:y|ies)|(?:first|last|given|family|middle|sur|full|patronymic|birth)name"
    r"|surname|alternativename|procuringcontact|officer|contactofficer|username|nickname"
    r"|realname|contactpoint|attention|membername)$",
    re.I,
)
_ID = re.compile(
    r"idcard(?:no|num|number)?$|identity(?:card|no|number)|passport|sfz|^zjhm$|身份证|护照|证件号"
    r"|^ssn$|^cpf$|^dni$|^curp$"
    r"|birth_?da(?:te|y)|birthday|date_?of_?birth|^dob$|fecha_?(?:de_?)?nacimiento"
    r"|data_?(?:de_?)?nascimento|date_?(?:de_?)?naissance|geburts(?:datum|tag)|дата_?рождения"
    r"|дата_?народження|出生(?:日期|年月)|生年月日|생년월일",
    re.I,
)
_ACCOUNT = re.compile(
    r"^(?:.*[_\s])?(?:qq|wechat|weixin|wx|telegram|whatsapp|skype|line_?id|signal)(?:no"
    r"|num|number|id|account|群|号)*$|^(?:.*)(?:微信|QQ)(?:号|群)?$",
    re.I,
)
_ADDRESS = re.compile(
    r"home_?address|residen(?:ce|tial)_?address|place_?of_?birth|birth_?place|住址|户籍|出生地|籍贯",
    re.I,
)

_PERSON_PARENTS = re.compile(
    r"^(?:additional)?contact_?(?:points?|s|person|info|information|details?)?$"
    r"|^(?:persons?|persones|people|signator(?:y|ies)|evaluators?|experts?|committee"
    r"|members?|legalrepresentatives?|representatives?|(?:ultimate)?beneficialowners?|ubos?"
    r"|owners?|shareholders?|controllers?|directors?|interestedpart(?:y|ies)|author|responsible"
    r"|officers?|manager|personas|representantes?|individuals?|natural_?persons?|sole_?traders?"
    r"|sole_?proprietors?"
    r"|联系人|专家)$",
    re.I,
)
_PERSONS = re.compile(
    r"^(?:persons?|persones|people|personas|signator(?:y|ies)|legalrepresentatives?|representatives?"
    r"|representantes?|(?:ultimate)?beneficialowners?|ubos?|owners?|shareholders?|controllers?"
    r"|directors?|interestedpart(?:y|ies)|individuals?|natural_?persons?|sole_?traders?"
    r"|sole_?proprietors?)$",
    re.I,
)
"""Objects of which each is a person, where its name is one's: what else it holds is theirs too."""

_PARTY_PARENTS = re.compile(
    r"^(?:suppliers?|tenderers?|winners?|bidders?|contractors?|candidates?|awardees?"
    r"|winnerinfo|subcontractors?|供应商|中标人|候选人)$",
    re.I,
)
_PARTY = re.compile(
    r"^(?:winner|supplier|bidder|tenderer|contractor|candidate|供应商|中标人|中标供应商"
    r"|成交供应商|成交人|中标单位)(?:_?name|名称)?s?$",
    re.I,
)

_SKIPPED = """
    id ocid uri url date datePublished publishedDate dateSigned dateModified startDate
    endDate maxExtentDate initiationType language scheme tag currency status roles
    procurementMethod mainProcurementCategory awardCriteria submissionMethod format
    relatedLots relatedItems relatedLot relatedItem releaseDate version license
    publicationPolicy countryName country countryCode postalCode documentType hash unit
    datatype type
"""
SKIPPED = frozenset(_SKIPPED.split())
"""Keys whose strings are codes, dates or links: never prose, not searched for names."""

PERSON_SCHEMES = re.compile(
    r"(?i)(?:^|-)(?:DNI|NIE|CPF|CURP|SSN|NIN|PASSPORT|CED|CEDULA|CC|HKID|NRIC|PESEL|CNP"
    r"|EGN|IDCARD|RIC|PERSON|INDIVIDUAL|NATID|NID|IIN|RNOKPP|DRFO)$|^UA-IPN$|^AR-CUIL$"
    r"|身份证"
)
"""Identifier schemes that number natural persons."""

NATURAL = re.compile(
    r"(?i)^\s*(?:natural ?person|individual|person|sole ?(?:trader|proprietor(?:ship)?)"
    r"|self-?employed|persona (?:física|fisica|natural)|pessoa física|personne physique|"
    r"natürliche person|einzelunternehmer|физическое лицо|фізична особа.*"
    r"|индивидуальный предприниматель|ФОП|ИП|自然人|个人|个体工商户?|個人)\s*$"
)
"""Values (of ``scale``, ``entityType`` …) that say that a party is a natural person."""

_NATURAL_KEYS = """
    scale entityType legalForm legalEntityTypeDetail type personType kind supplierType 供应商类型
    企业类型 类型
"""
NATURAL_KEYS = frozenset(_NATURAL_KEYS.split())


@lru_cache(maxsize=4096)
def kind_of(key: str, parent: str) -> MaskKind | None:
    """What the value of ``key`` in an object named ``parent`` holds, if anything personal."""
    plain = fold(key).text.replace("_", "").replace("-", "").replace(" ", "")
    if _EMAIL.search(plain):
        return "email"
    if _PHONE.search(plain):
        return "phone"
    if _ID.search(plain):
        return "id_number"
    if _ACCOUNT.match(plain):
        return "account"
    if _ADDRESS.search(plain):
        return "address"
    if _PERSON.match(plain) or _chinese(plain) or asks_for_person(key):
        return "person"
    if plain.lower() in ("name", "legalname", "姓名", "名字") and _PERSON_PARENTS.match(parent):
        return "person"
    return None


@lru_cache(maxsize=4096)
def is_person_object(key: str) -> bool:
    """Whether an object under ``key`` is about one person, if its name is a person's."""
    return _PERSONS.match(key) is not None


@lru_cache(maxsize=4096)
def is_home(key: str) -> bool:
    """Whether an object under ``key`` is where a person lives."""
    return _ADDRESS.search(key) is not None


@lru_cache(maxsize=4096)
def may_name_supplier(key: str, parent: str) -> bool:
    """Whether the value is a supplier's name, which may be a person's bare name."""
    return _PARTY.match(key) is not None or (
        key in ("name", "winner", "名称") and _PARTY_PARENTS.match(parent) is not None
    )


def _chinese(key: str) -> bool:
    match = LABEL.search(key) if not key.isascii() else None
    return match is not None and match.end() == len(key) and asks(match["head"]) is not Asks.PARTY
