"""Find e-mail addresses, messenger accounts, identity numbers and home addresses in folded text."""

import re
from datetime import date

Span = tuple[int, int]

_AT = re.compile(
    r"[ ]?(?:[\[({<]\s?(?:at|AT|At|a|艾特)\s?[\])}>]|@)\s{0,2}|(?<=[A-Za-z0-9_])(?:#| ?＃ ?|★|☆|\*)(?="
    r"(?:qq|163|126|139|189|sina|sohu|yeah|foxmail|gmail|outlook|hotmail|aliyun|tom|21cn|yahoo)\s?[.。])"
    r"|(?<=[A-Za-z0-9_]) (?:at|AT) (?=(?:qq|163|126|139|sina|sohu|gmail|outlook|hotmail|yahoo)\b)"
)
_LOCAL = re.compile(r"[A-Za-zÀ-ɏЀ-ӿͰ-Ͽ0-9_][A-Za-zÀ-ɏЀ-ӿͰ-Ͽ0-9_.+%'\-]{0,80}\s?$")
_SPACED_LOCAL = re.compile(
    r"(?:邮\s?箱|邮\s?件|[Ee]-?[Mm]ail|E-?MAIL|信箱)[^:\n]{0,8}:\s{0,3}([A-Za-z0-9_.\-]+(?: [A-Za-z0-9_.\-]+){1,4})\s?$"
)
_DOMAIN = re.compile(
    r"[A-Za-zÀ-ɏЀ-ӿ0-9](?:[A-Za-zÀ-ɏЀ-ӿ0-9-]{0,62})(?:\s{0,2}(?:[.。．]|\[dot\]|\(dot\)| dot )\s{0,1}[A-Za-zÀ-ɏЀ-ӿ0-9-]{1,62}){1,5}"
)
_LAST_LABEL = re.compile(
    r"\s*(?:[.。．]|\[dot\]|\(dot\)| dot )\s?(?:[A-Za-z]{2,24}|[Ѐ-ӿ]{2,12}|xn--[a-z0-9-]+)$"
)
_TLD_GLUED = re.compile(
    r"[.。．]\s?(?:com\.cn|net\.cn|org\.cn|gov\.cn|edu\.cn|com|cn|net|org|gov|edu|vip|top|info)(?=$|[A-Z\s])",
    re.I,
)
_HANDLE = re.compile(r"@[A-Za-z0-9_][A-Za-z0-9_.]{2,31}(?<!\.)")


def emails(text: str) -> tuple[list[Span], list[Span]]:
    """Spans of e-mail addresses, also spaced or disguised ones; second, bare @handles."""
    found: list[Span] = []
    handles: list[Span] = []
    if not _MAY_HOLD_AT.search(text):
        return found, handles
    for match in _AT.finditer(text):
        start = max(0, match.start() - 90)
        before = text[start : match.start()]
        local = _SPACED_LOCAL.search(before)
        first = start + local.start(1) if local else -1
        if not local:
            plain = _LOCAL.search(before)
            first = start + plain.start() if plain else -1
        domain = _DOMAIN.match(text, match.end())
        end = _domain_end(domain) if domain else -1
        if first >= 0 and end > 0:
            found.append((first, end))
        elif "@" in match[0] and first < 0:
            handle = _HANDLE.match(text, match.end() - len(match[0].lstrip()))
            if handle:
                handles.append(handle.span())
    return found, handles


_MAY_HOLD_AT = re.compile(r"@|#|★|☆|[\[({<]\s?at|艾特| at | AT |\*(?=qq|163|126)")


def _domain_end(match: re.Match[str]) -> int:
    """Where a domain ends: at its last label that can be a top-level domain; -1 if it has none."""
    text = match[0]
    while text:
        glued = None
        for glued in _TLD_GLUED.finditer(text):
            if re.search(r"\s", text[glued.end() : glued.end() + 1] or "x"):
                return match.start() + glued.end()
        if _LAST_LABEL.search(text) and not re.search(r"[.。．]\s[A-Z][a-z]", text):
            return match.start() + len(text)
        cut = re.search(r"\s{0,2}(?:[.。．]|\[dot\]|\(dot\)| dot )\s?[^.。．]*$", text)
        if not cut:
            return -1
        text = text[: cut.start()]
        if not re.search(r"[.。．]|dot", text):
            return -1
    return -1


_MESSENGER = re.compile(
    r"(?:(?:腾讯)?[Qq]\s?[Qq]|扣扣|企鹅)\s{0,2}(?:工作群|交流群|群|号码|号|群号|账号|邮箱)*(?:\([^()\n]{0,12}\))?\s{0,3}[:为是]?\s{0,3}(?P<qq>\d{5,12}(?:\s?[、,/或]\s?\d{5,12})*)"
    r"|(?:微\s?信|[Ww]e[Cc]hat|WECHAT|[Ww]eixin|[Vv]信|[Vv][Xx]|威信|钉钉|飞书|[Tt]elegram|电报|TG|纸飞机|[Ww]hats\s?[Aa]pp|[Ss]kype|[Ll][Ii][Nn][Ee]|[Ss]ignal|[Vv]iber|"
    r"旺旺|陌陌|抖音|快手|微博|推特|脸书|[Tt]witter|[Ff]acebook|[Ii]nstagram|[Zz]alo|[Kk]akao[Tt]alk|카카오톡)"
    r"\s{0,2}(?!公众|官方|小程序|视频号)(?:号码|号|账号|帐号|账户|用户名|ID|[Ii]d|群号|群|同号|昵称|用户)*\s{0,3}(?:[:为是]\s{0,3}|\(\s?(?=[@A-Za-z0-9]))(?P<id>@?[A-Za-z0-9_+][A-Za-z0-9_.\-]{3,40})"
    r"|(?:t\.me|wa\.me|telegram\.me)/(?P<link>\+?[A-Za-z0-9_]{4,40})"
)
_NOT_ACCOUNT = re.compile(r"(?:https?|www|APP|app|API|api|SDK|HTTP)", re.A)
_HANDLE_CONTEXT = re.compile(
    "账号|帐号|联系|推特|脸书|微博|微信|用户|博主|电报|[Tt]witter|[Tt]elegram|[Ff]acebook|[Ii]nstagram|contact|handle|account|关注",
    re.I,
)


def accounts(text: str, handles: list[Span]) -> list[Span]:
    """Spans of messenger and social accounts that a label or a link names, and named handles."""
    found = [
        span for span in handles if _HANDLE_CONTEXT.search(text[max(0, span[0] - 30) : span[0]])
    ]
    for match in _MESSENGER.finditer(text):
        for group in ("qq", "id", "link"):
            value = match[group]
            if (
                value
                and not _NOT_ACCOUNT.match(value)
                and not (
                    group == "id"
                    and value.isalpha()
                    and value.islower() is False
                    and value[0].isupper()
                    and len(value) < 5
                )
            ):
                found.append(match.span(group))
    return found


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CN_ID = re.compile(
    r"[1-9]\d{5}\s?(?:1[89]|20)\d{2}\s?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s?\d{3}[\dXx×](?![\dA-Za-z])"
)
_CN_ID_HIDDEN = re.compile(r"[1-9]\d{2,13}[*＊]{3,12}\d{0,4}[\dXx]?(?![\dA-Za-z*])")
_LABELLED_ID = re.compile(
    r"(?:身\s{0,2}份\s{0,2}证(?:件)?(?:号码?|明)?|公民身份号码|证件号码?|护照(?:号码?|编号)?|通行证(?:号码?)?|军官证(?:号码?)?|居留证(?:号码?)?|身份证字号|"
    r"居住证(?:号码?)?|社保(?:卡)?号码?|驾驶证号码?|执业证号码?|学号|警号|工号|[Pp]assport(?:\s(?:[Nn]o\.?|[Nn]umber))?|PASSPORT NO\.?|ID [Cc]ard(?: [Nn]o\.?)?|[Nn]ational ID(?: [Nn]o\.?)?|"
    r"SSN|DNI|NIE|CPF|CURP|RUT|C[eé]dula|ИНН физ\w*|СНИЛС|Паспорт|паспорт|주민등록번호|여권번호|マイナンバー)"
    r"(?:\([^()\n]{0,16}\))?\s{0,3}[:#№为]?\s{0,3}(?P<id>(?=[A-Z0-9.\- ]{0,5}\d)[A-Z0-9][A-Z0-9Xx*.\- /()]{4,24}[0-9A-Zx*)])",
)
_SHAPED_ID = re.compile(
    r"(?<![\d.])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)|(?<!\d)\d{3}-\d{2}-\d{4}(?![\d-])"
)


def is_resident_id(number: str) -> bool:
    """Whether 18 characters are a resident identity number: date of birth and ISO 7064 check digit."""
    digits = "".join(number.split()).upper().replace("×", "X")
    if len(digits) != 18 or not digits[:17].isascii() or not digits[:17].isdigit():
        return False
    try:
        date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[17]


def identity_numbers(text: str) -> list[Span]:
    """Spans of identity and passport numbers; credit codes of organisations stay."""
    found: list[Span] = []
    for match in _CN_ID.finditer(text):
        before = text[max(0, match.start() - 14) : match.start()]
        if re.search(r"[\dA-Za-z]$", before):
            continue
        if is_resident_id(match[0]) or re.search("身份|证件", before):
            found.append(match.span())
    if "身份" in text or "证" in text or _LATIN_ID.search(text):
        found += [m.span("id") for m in _LABELLED_ID.finditer(text) if _identity_like(m["id"])]
        found += [
            m.span()
            for m in _CN_ID_HIDDEN.finditer(text)
            if re.search("身份|证件", text[max(0, m.start() - 14) : m.start()])
        ]
    found += [m.span() for m in _SHAPED_ID.finditer(text)]
    return found


_LATIN_ID = re.compile(
    "[Pp]assport|ID|SSN|DNI|NIE|CPF|CURP|RUT|dula|ИНН|СНИЛС|аспорт|번호|ナンバー"
)


def _identity_like(value: str) -> bool:
    return sum(char.isdigit() or char == "*" for char in value) >= 5


_ADDRESS = re.compile(
    r"(?:家庭(?:住址|地址)|家庭所在地|现住址|现住地|住址|居住地址|居住地|户籍地址?|户籍所在地|户口所在地|身份证(?:住址|地址)|个人(?:住址|地址)|"
    r"[Hh]ome [Aa]ddress|[Rr]esidential [Aa]ddress|[Dd]omicilio particular|[Pp]rivatanschrift|[Dd]omicile personnel|[Аа]дрес (?:проживания|регистрации)|現住所|자택\s?주소)"
    r"(?:\([^()\n]{0,12}\))?\s{0,3}(?P<colon>[:为])?\s{0,3}(?P<address>[^\n\t;。,:]{4,60})"
)
_SUPPLIER_ADDRESS = re.compile(
    r"[^\n]{0,40}(?:\n[^\n]{0,40}){0,3}?(?:供应商|中标人|成交人|投标人|联系|乙方)?(?:地\s{0,4}址|住\s{0,4}所)\s{0,2}:?\s{0,3}(?P<address>[^\n\t;。:]{4,60})"
)


def addresses(text: str, persons_as_parties: list[Span]) -> list[Span]:
    """Home addresses after their labels, and the address of a person who stands as supplier."""
    found = []
    if _MAY_HOLD_HOME.search(text):
        found = [
            match.span("address")
            for match in _ADDRESS.finditer(text)
            if match["colon"] or re.match("[一-鿿]{2,8}[省市县区州镇乡]", match["address"])
        ]
    for _, end in persons_as_parties:
        match = _SUPPLIER_ADDRESS.match(text, end)
        if match:
            found.append(match.span("address"))
    return found


_MAY_HOLD_HOME = re.compile(
    "住址|家庭|居住|户籍|户口|现住|个人|[Hh]ome|esident|particular|rivatanschrift|personnel|адрес|Адрес|자택|住所"
)
_BANK = re.compile(
    r"[^\n]{0,60}(?:\n[^\n]{0,60}){0,3}?(?:账|帐|卡)\s{0,3}号\s{0,2}:?\s{0,3}(?P<number>\d[\d ]{10,28}\d)"
)


def bank_accounts(text: str, holders: list[Span]) -> list[Span]:
    """Account numbers that follow the name of a person as their holder."""
    matches = (_BANK.match(text, end) for _, end in holders)
    return [match.span("number") for match in matches if match]
