"""Whether the name of an owner, which nothing else tells of, may be a natural person's."""

import re

from sousveil.extract.masking.finder import find_personal
from sousveil.extract.masking.foreign import is_organisation
from sousveil.extract.masking.names import DOT, HAN, companies, labelled_name
from sousveil.reference.buyers import buyer_type
from sousveil.text.organisations import find_organisations
from sousveil.text.scripts import to_simplified

_ASIAN = re.compile(rf"[{HAN}\u3040-\u30ff\uac00-\ud7af{DOT}\s]+")
_OF_PERSONS = re.compile(
    r"个体(?:工商户|户|经营)|自然人|个人[)）]?$|等\s*[\d一二两三四五六七八九十百]+\s*[名位人个]|一致行动人$|夫妇$|夫妻$"
    r"|\b(?:sole (?:trader|proprietor(?:ship)?)|natural persons?|individual entrepreneur)\b"
    r"|\((?:an )?individuals?\)|\bpersona (?:natural|física|fisica)\b|\bEinzelunternehme[rn]\b"
    r"|\be\.\s?K(?:fm|fr)?\.|^(?:ИП|ФОП|ФЛП|ЧП|жеке кәсіпкер)\s"
    r"|(?<!\w)(?:ИП|ФОП)$"
    r"|индивидуальный предприниматель|фізична особа.?підприємець",
    re.IGNORECASE,
)
"""Words by which a name says that it is of a sole trader, or of natural persons."""
_ESTATE = re.compile(r"^estate of\s", re.IGNORECASE)
_INCORPORATED = re.compile("公司|合伙|集团|基金|中心")
_SCRIPTS_OF_ITS_OWN = re.compile(
    r"[\W\d_\u0530-\u06ff\u0750-\u077f\u0900-\u0eff\u1000-\u109f\u10a0-\u10ff\u1780-\u17ff]+"
)
"""Armenian, Hebrew, Arabic, the scripts of India, Thai, Lao, Burmese, Georgian, Khmer."""
_BODIES = re.compile(
    "شرك|شرکت|مؤسس|موسس|مجموع|وزار|هيئ|بنك|بانک|مصرف|جامع|مصنع|مكتب|مستشف|بلدي|دائر|شرط|جمعي|سازمان|گروه|دانشگاه"
    '|בע"מ|בע״מ|חברת|משרד|עיריית|בנק|קבוצת|אוניברסיט|משטר'
    "|บริษัท|จำกัด|ห้างหุ้นส่วน|กระทรวง|ธนาคาร|มหาวิทยาลัย|กรม|สำนัก|เทศบาล|โรงพยาบาล|ตำรวจ"
    "|लिमिटेड|कंपनी|मंत्रालय|प्राइवेट|बैंक|विभाग|पुलिस|निगम|კომპანი|შპს|სს |ՍՊԸ|ՓԲԸ"
)
"""Words of companies and bodies in these scripts, of whose names no others are known here."""
_INITIAL = re.compile(r"(?<=[^\W\d_] )[A-Z] (?=[^\W\d_])")
_MOST_WORDS = 6
_LONGEST_NAME = 4
_FOREIGN_NAME = 12


def may_be_person(name: str) -> bool:
    """Generous: what could be a person's name is one, unless a word says that it is a body's."""
    plain = to_simplified(" ".join(name.split()))
    if not plain or plain in companies() or buyer_type(plain) is not None:
        return False
    if _ESTATE.match(plain):
        return True
    if _OF_PERSONS.search(plain) and not (
        _INCORPORATED.search(plain) or (plain.isascii() and is_organisation(plain))
    ):
        return True
    if _SCRIPTS_OF_ITS_OWN.fullmatch(plain):
        return len(plain.split()) <= _MOST_WORDS and _BODIES.search(plain) is None
    if next(find_organisations(plain), None) is not None or is_organisation(plain):
        return False
    if _ASIAN.fullmatch(plain):
        bare = re.sub(rf"[{DOT}\s]", "", plain)
        dotted = len(bare) < len(plain) and len(bare) <= _FOREIGN_NAME
        return dotted or len(bare) <= _LONGEST_NAME or labelled_name(bare)
    # A surname first is known by its comma where only first letters are capital (SMITH, JOHN A.).
    written = (plain, plain.title()) if "," in plain and plain.isupper() else (plain,)
    forms = dict.fromkeys((*written, *(_INITIAL.sub("", one) for one in written)))
    return any(find_personal(f"Contact person: {name}") for name in forms)
