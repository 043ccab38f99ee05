"""Buyers that an aggregator has cut out of a title, put right by that title."""

import re

from sousveil.extract.chinese.values import looks_like_organisation

_KIND = "医院|保健院|卫生院|学校|小学|中学|大学|学院|公安局|法院|检察院|监狱|委员会"
_HEADLESS = re.compile(rf"(?:{_KIND})(?!.*(?:公司|集团))")
_LEAD = re.compile(r"(?:关于|[\[【(（][^\[\]【】()（）]{1,12}[\]】)）]|\s)*")
_NAME = re.compile(r"[一-龥]{2,20}")
_SUBJECT = re.compile(
    r"(?:智慧|智能|数字化?|信息化)(?:医院|校园|学校|社区|城市|公安|警务|政务|法院|检务|园区|工地)$"
)
"""What is bought, not who buys: no body is called 智慧医院."""


def whole_name(buyer: str, title: str) -> tuple[int, int] | None:
    """Where the title holds the whole of a name that begins with a word no name begins with.

    医院数据中心 out of 某市第一医院数据中心网络设备采购: 某市第一医院.
    """
    kind = _HEADLESS.match(buyer)
    at = title.find(buyer)
    if kind is None or at <= 0:
        return None
    lead = _LEAD.match(title)
    start = lead.end() if lead else 0
    end = at + kind.end()
    return (start, end) if _NAME.fullmatch(title, start, at) else None


def end_of_name(buyer: str) -> int:
    """Where the name ends if what is bought sticks to it: 某市人民医院|智慧医院."""
    subject = _SUBJECT.search(buyer)
    if subject is not None and looks_like_organisation(buyer[: subject.start()]):
        return subject.start()
    return len(buyer)
