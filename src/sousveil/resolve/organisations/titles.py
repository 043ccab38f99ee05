"""What the beginning of a title calls its notice's buyer."""

import re
import unicodedata

from sousveil.model import NameKey
from sousveil.resolve.organisations.renamed import is_slip, may_be_one
from sousveil.resolve.organisations.shortened import ends_of, inside, is_short_for
from sousveil.resolve.organisations.signs import named, signs
from sousveil.text.scripts import fold

_OPENS = re.compile(
    r"(?:^(?:[(（\[【〔《][^()（）\[\]【】〔〕《》]{0,40}[)）\]】〕》])*|[-—－:：|_、★\[【(（「『“\"]+|关于|"
    r"^[为受]|^[a-z0-9-]{0,20}[0-9]|^[^\s]{0,6}(?:公告|公示|招标|采购|磋商|询价|信息))"
    r"(?:(?:[0-9]{2,4}[年学度]{0,3}[至到~-])?[0-9]{2,4}学?年度?)?(?=[\u3400-\u9fff])"
)
"""Where a title may begin with the name of its buyer: behind marks of a portal, a programme and a
dash, a number or the kind of notice, an agency that says for whom it acts; and behind a year."""
_GOES_ON = re.compile(
    "校[园区舍车服门长内]|院[区内长感校]|局[长域部]|学[生年期员习]|中心|所[有需在属]"
)
"""Where a sign that may end a name begins a word or stands in one."""
_LEAST = 3
_LONGEST_TITLE = 120
_LONGEST_NAME = 30


def in_title(title: str, name: NameKey) -> str:
    """What the beginning of a title calls its notice's buyer: a short form, the name in its
    brackets, the whole of a short name, or the name with a slip; "" where it is none of these, or
    the name."""
    full = signs(name.name)
    text = fold(unicodedata.normalize("NFKC", title[:_LONGEST_TITLE])).replace(" ", "")
    if len(full) <= _LEAST or full in text:
        return ""
    own = inside(name)
    last = "".join(map(ends_of, (full, *own)))
    for opening in _OPENS.finditer(text):
        found = _at(text, opening.end(), name, full, own, last)
        if found:
            return found
    return ""


def may_be_renamed(title: str, name: NameKey, other: NameKey) -> bool:
    """Of two buyers of one project: whether the title of one's notice begins with the other's
    whole name, and both may be one body's."""
    left, right, text = signs(name.name), signs(other.name), signs(title)
    opens = any(text.startswith(right, opening.end()) for opening in _OPENS.finditer(text))
    return opens and left not in text and may_be_one(name, other)


def _at(text: str, at: int, name: NameKey, full: str, own: list[str], last: str) -> str:
    """What stands for the name from there on."""
    for said in own:
        if text.startswith(said, at):
            return said
    rest = text[at : at + len(full)]
    ends = [
        n + 1 for n, sign in enumerate(rest) if sign in last and not _GOES_ON.match(text, at + n)
    ]
    for end in reversed(ends):
        if is_short_for(rest[:end], name) or is_slip(rest[:end], name):
            return rest[:end]
    longer = text[at : at + _LONGEST_NAME]
    for end in range(len(full) + 1, len(longer) + 1):
        whole = longer[:end]
        if whole[-1] == full[-1] and (
            is_short_for(name.name, named(name, whole)) or is_slip(whole, name)
        ):
            return whole
    return ""
