"""Buyer and agency as sentences name them: 甲公司受乙局委托, 招标人为乙局, 乙校拟对某项目采购."""

import re
from collections.abc import Iterable

from sousveil.extract.chinese.reading import Reading
from sousveil.extract.chinese.values import looks_like_organisation, text_field
from sousveil.model import Field

BUYER = (
    re.compile(
        r"(?:招标人|采购人|项目业主|采购单位|招标单位)\s{0,20}+(?:为|是)\s{0,20}+:?\s{0,20}+(?P<name>(?=\S)[^,，。;；:〔]{4,60}?)\s{0,20}+(?=[,，。;；]|\(以下|建设资金|招标项目资金)"
    ),
    re.compile(
        r"受\s{0,20}+(?P<name>(?=\S)[^,，。;；:〔]{3,60}?)\s{0,20}+(?:\(以下[^()]*\)|\(采购人\)|\(招标人\))?\s{0,20}+(?:的)?\s{0,20}+委\s{0,20}+托"
    ),
    re.compile(
        r"(?:^|\n)\s{0,4}(?P<name>(?=\S)(?![^,，。;；:\n]{0,30}(?:招标|代理))[^,，。;；:〔\n“”]{4,30}?)(?:现拟|拟|现|决定|将)"
        r"(?:对|就|采购|购置|公开|面向|组织|通过)"
    ),
    re.compile(r"(?:与|为)\s{0,20}+(?P<name>(?=\S)[^,，。;；:〔]{4,40}?)\s{0,20}+签订.{0,6}合同"),
)
AGENCY = (
    re.compile(
        r"(?:^|\n)\s{0,4}+(?P<name>[^\s,，。;；:〔]{3,36}?(?:招标|代理|咨询|采购中心|采购服务中心|项目管理|工程管理)[^\s,，。;；:〔]{0,16}?)"
        r"(?:于|在)\s{0,3}20\d\d[^,，。;；\n]{3,12}日(?:在[^,，。;；\n]{2,20})?发布"
    ),
    re.compile(
        r"(?:^|[\n。.,，])\s{0,20}+(?P<name>(?=\S)[^,，。;；:\n〔]{2,40}(?:(?<!公告)(?<!公示)(?<!通知)(?<!结果)\n[^,，。;；:\n〔]{1,20})?)\s{0,20}+(?:\(\s{0,20}+招标代理机构名称\s{0,20}+\))?\s{0,20}+(?:\(以下[^()]*\))?\s{0,20}+(?:\(采购代理机构\))?\s{0,20}+受\s{0,20}+[^,，。;；:〔]{2,60}?(?:的)?\s{0,20}+委托"
    ),
    re.compile(
        r"委\s{0,20}+托[,，]?\s{0,20}+(?:由)?\s{0,20}+(?P<name>(?=\S)[^,，。;；:〔]{4,40}?(?:公司|中心|事务所))\s{0,20}+(?:\(以下[^()]*\))?\s{0,20}+(?:,|，|对|就|为|组织|作为)"
    ),
    re.compile(
        r"招标代理(?:机构)?\s{0,20}+(?:为|是)\s{0,20}+:?\s{0,20}+(?P<name>(?=\S)[^,，。;；:〔]{4,50}?)\s{0,20}+[,，。;；]"
    ),
)


def in_prose(reading: Reading, patterns: Iterable[re.Pattern[str]]) -> Field[str] | None:
    """The first body that one of the patterns names, in their order."""
    source = reading.source
    for pattern in patterns:
        for found in pattern.finditer(source.skeleton, 0, 6000):
            start, end = found.span("name")
            name = re.sub(r"\s+", "", source.text[start:end])
            if looks_like_organisation(name):
                field = text_field(source, start, end, 0.8)
                if field is not None:
                    return Field(name, field.raw, field.evidence, 0.8)
    return None
