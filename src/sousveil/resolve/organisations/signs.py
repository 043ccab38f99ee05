"""Names sign by sign: what is compared of them, and signs that tell two bodies apart."""

import re
import unicodedata

from sousveil.model import NameKey
from sousveil.text.scripts import fold

_REMARK = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]")
BRANCH = re.compile("[分院校]院$|院区|校区|分[局校行中]")
"""A branch, and not the whole."""
OWN_NAMES = re.compile(
    "(?:[医学]院|大学|保健院|[小中学]校?|幼儿园|研究[院所]|[院文图]书?馆|监狱|戒毒所|卫生院|中心)$"
)
"""Bodies of which a place has several, each under a name of its own; the name of an office says
what it does, and another office does something else."""
KINDS = (
    *("中医", "中西医", "妇幼", "妇女", "儿童", "口腔", "肿瘤", "眼科", "精神", "传染", "康复"),
    *("老年", "职业", "实验", "技师", "技工", "师范", "特殊", "党校", "幼儿", "军", "民族", "工人"),
)
"""Kinds of hospitals and schools of which a place has several: a short form names them too."""


def of_one_kind(left: str, right: str) -> bool:
    """Whether two names say the same of ``KINDS``."""
    return all((kind in left) == (kind in right) for kind in KINDS)


def signs(text: str) -> str:
    """A name's signs in one script and width, without spaces and what stands in brackets."""
    plain = _REMARK.sub("", fold(unicodedata.normalize("NFKC", text[:300])))
    return "".join(plain.split())


def named(name: NameKey, other: str) -> NameKey:
    """The same body's key under another name."""
    return NameKey(name.name_id, other, name.country, name.place, name.roles, (), name.buyer_type)
