"""Words of organisation names: legal forms, kinds of bodies and their short forms, English terms.

Legal forms follow the forms of the registers (the Companies Law's 有限责任公司 and 股份有限公司,
GmbH, LLC …). Short forms of Chinese bodies: ``short_forms``.
"""

import re

from sousveil.resolve.organisations.rewrites import Rewrites
from sousveil.text.currency import words

COMPANY_END = re.compile(
    "(?P<head>.*?(?:有限责任公司|股份有限公司|股份公司|集团有限公司|有限公司|总公司|集团公司|公司"
    "|银行(?!股份|有限)|信用社(?!股份|有限)))"
    "(?P<unit>.+)$"
)
"""A company and what follows it: a branch (杭州分公司), a bank's branch (昌吉分行)."""
LEGAL = ("有限责任公司", "股份有限公司", "股份公司", "有限公司", "总公司", "公司")
GROUP = "集团"
"""A group (集团) is another company than the one of its name that is listed or trades; the other
forms of the Companies Law change (a 有限责任公司 becomes a 股份有限公司 before it is listed)."""
IS_COMPANY = re.compile(
    "公司|银行|集团|商行|经营部|事务所|合作社|工厂|厂$|酒店|超市|商店|书店|株式会社|有限会社"
)
IS_BODY = re.compile(
    "(?:局|厅|委|委员会|部|院|校|大学|学院|中学|小学|幼儿园|所|站|队|中心|政府|办|办公室|室|处|署|会|法院|"
    "监狱|海关|馆|社|台|团|库|场|署|所|公所|机关|指挥部|基金|协会|[妇残侨文]联|工商联|社科联|科协|政协|人大|街道|初中|高中"
    "|[一二三四五六七八九十][医中小高]|附[中小]|[师医]大)$"
)
"""Ends of names of bodies; a name with neither this nor a legal form may be a company's."""
BODY_END = re.compile(
    "(?P<head>.*?(?:公安分局|公安局|公安厅|警察局|国家安全局|安全厅|教育局|财政局|司法局|交通局|"
    "税务局|海关|人民政府|人民法院|人民检察院|监狱|委员会|大学|医院|管理局|[^分]局|厅))(?P<unit>.{2,})$"
)
"""A body and its unit (交通警察支队, 城西派出所, 某某分局)."""
PARTY = re.compile("^(?:中国共产党|中共)")
COMMITTEE = re.compile("^(?:地?委(?:员会)?|党委(?=.{2}))(?=.)")
"""What is left of 县委, 地委, 州党委 once the place is read off, before the organ's own name."""
LEVEL_ALONE = re.compile(
    "^(?:本|我|该)?(?P<level>自治[区州县旗]|地区|地(?=委.)|省|市|县|区|州|盟|旗)(?=.{1,})"
)
"""A name that begins with its level: 市公安局, 县局: the place is the notice's."""
AFFILIATED = re.compile("^.*?(?:大学|医学院|学院)(?:附属)?(?=[^第附].{3,}$)")
"""首都医科大学附属安贞医院 is 安贞医院; a first affiliated hospital has no other name."""
MEDICAL_SCHOOL = re.compile("大学[^大学]{0,4}医学院(?=(?:第[一二三四五六七八九十]+)?附属)")
"""A university's hospitals are its medical school's."""
OF_ONE_KIND = frozenset(
    ("中医医院", "中西医结合医院", "妇幼保健院", "儿童医院", "口腔医院", "肿瘤医院")
)
"""Kinds of hospitals of which a place has one: place and kind are a name."""
OWN_KIND = re.compile(
    "(?P<own>.*?)(?P<kind>人民医院|中心医院|中医医院|中西医结合医院|妇幼保健院|儿童医院|口腔医院|肿瘤医院|卫生院|"
    "医院|国小|国中小|国中|实小|女中|高农|家商|高工|高商|高中|小学|中学|大学|学院|幼儿园|农会|监狱|博物馆|图书馆|啤酒厂|派出所|分局|中心)$"
)
GENERIC_OWN = re.compile(
    "^(?:第?[零〇一二三四五六七八九十百0-9]+|市立|省立|县立|国立|人民|中心|附属|总|区|县|市|镇|乡|职业|实验|高级|"
    "公安|派出所|边防|社区|妇女|儿童|青少年|老年|残疾|指挥|信息|数据|服务|管理|交易|采购|会计|财务|文化|体育|"
    "卫生|公共资源|政务|疾病预防控制|融媒体|传染病|精神|职工|师范|职业技术|技师|综合|工业|农业|城市|教育|教学|医疗)*$"
)
"""What is before the kind of a body and tells nobody apart within a province."""
FOUNDATION = re.compile("^(?:学校)?(?:财团|社团)法人(?=.{2,})")
"""The form of a Taiwanese foundation or association, before its name."""
POLICE_ALONE = re.compile(
    "^局(?=(?:交警|交通警察|交管|刑侦|刑警|特警|巡特警|网安|治安|经侦|禁毒|法制|科信)(?:支队|大队|局))"
)
"""What is left of 市局交警支队 once the level is read off: only the police have such units."""
MARKS = re.compile(
    "[0-9a-z零〇一二三四五六七八九十百]+|[东西南北中上下前后左右新老](?=.)|[甲乙丙丁]"
)
"""What tells namesakes apart: numbers, letters and directions; they must be equal."""

LATIN_FORMS = frozenset(
    words(
        """
        inc incorporated llc llp lp ltd limited plc corp corporation co company gmbh ag kg ug ev
        sa sas sarl srl spa sl slu bv nv oy oyj ab as asa aps sp zoo sro doo ltda lda eireli cv
        kft zrt jsc pjsc ooo oao zao pao ооо оао зао пао ао ип гуп муп фгуп pty pte bhd sdn kk
        lllp pllc pc jv saic sab de rl
        """
    )
)
LATIN_SHORT: dict[str, str] = dict(
    pair.split("=")
    for pair in words(
        """
        equip=equipment constr=construction ent=enterprises inst=institute sci=science
        amer=american prods=products telecom=telecommunications devel=development
        engrg=engineering assocs=associates labs=laboratory mgt=management
        dept=department dep=department univ=university natl=national intl=international
        govt=government gov=government min=ministry assn=association assoc=association
        mfg=manufacturing ctr=center centre=center svcs=services svc=service sys=systems st=saint
        tech=technology technologies=technology mgmt=management admin=administration bros=brothers
        cnty=county twp=township defence=defense labour=labor usa=us sec=secretary hq=headquarters
        ft=fort mt=mount pct=precinct
        ind=industries grp=group hldgs=holdings eng=engineering trans=transportation cntr=center
        div=division ofc=office bur=bureau cmd=command reg=regional info=information lab=laboratory
        med=medical hosp=hospital res=research prog=program agcy=agency fed=federal comm=commission
        dist=district acq=acquisition ops=operations contr=contracting
        """
    )
)
TRADING_AS = re.compile(
    r"(?<=[\w.])[\s,;(]+(?:d/?b/?a|doing business as|t/a|trading as|f/?k/?a|formerly(?: known as)?"
    r"|a/?k/?a|also known as|previously(?: known as)?|trade name|nome fantasia)[:\s]+",
    re.IGNORECASE,
)
"""Between a name and another one of the same organisation, as registers and contracts write it."""
PLURAL = re.compile("(?<=[a-z]{4})(?<![aeious])s$")
"""Systems and System; not Corpus, Axis, Access."""
LATIN_EQUAL = dict(
    pair.split("=")
    for pair in words(
        """
        incorporated=inc corporation=corp limited=ltd company=co ооо=ooo ао=ao оао=oao зао=zao
        пао=pao
        """
    )
)
"""Legal forms written in two ways."""
LATIN_PHRASES = Rewrites(
    (
        (r"\bp\.?d\b\.?", "police department"),
        (r"\bsheriff'?s?'? (?:office|department|dept\.?)|\bs\.?[od]\b\.?(?= |$|\))", "sheriff"),
        (r"\bpolice dep(?:artmen|)t?\b\.?", "police"),
        (r"\bco\b\.?(?= (?:sheriff|police))", "county"),
        (r"\bcity of (?=[^/,]*\b(?:police|fire)\b)", ""),
        (r"(?<=\bpolice), (?:of )?(?:the )?city of ", " "),
        (r"^(?:the )?council of (?:the )?city of (?P<city>.+)$", r"\g<city> city council"),
        (r",? city of(?: the)?$", " cityof"),
        (r"\bcity of (?=\w)", "cityof "),
        (r"\bdps\b", "department public safety"),
        (r"\bisd\b", "independent school district"),
        (r"\bcorps of engineers\b", "army corps of engineers"),
        (r"\barmy army\b", "army"),
        (r"\bu\. ?s\.", "us"),
        (r"\bunited states\b", "us"),
    )
)
"""What is written short in names of American bodies."""
LATIN_DROPPED = frozenset(
    words(
        """
        the of and an for de la el los las del et des du le les und der die das e do da dos y
        """
    )
)
SAY_NOTHING = frozenset(
    words(
        """
        police department fire sheriff city cityof county town village township borough council
        office public works library school district board court clerk mayor purchasing procurement
        municipal municipality ayuntamiento municipalidad municipio alcaldia prefeitura camara
        ville comune stadt gemeinde gobierno
        """
    )
)
"""Words of bodies that every town has: alone they say nothing of whose it is."""
LATIN_NATIONAL = re.compile(
    r"\b(?:federal|national|united states|u\.? ?s\.?|ministry|agency|army|navy|air force"
    r"|coast guard|secretary|ministerio"
    r"|ministere|ministerium|bundes\w*|министерств\w*|федеральн\w*)\b"
)
"""Bodies of a whole state: where one of their notices is from says nothing of them."""
DEPARTMENT_OF = re.compile(r"\bdepartment\b")
FEDERAL_DEPARTMENT = re.compile(
    r"\bus\b|\bu\. ?s\.|\bunited states\b|\bfederal\b|^(?:the )?(?:department of (?:the )?)?"
    r"(?:state|treasury|defense|war|justice|interior|agriculture|commerce|labor"
    r"|health (?:and|&) human services|housing (?:and|&) urban development"
    r"|energy|education|veterans affairs|homeland security|army|navy|air force)"
    r"(?:, department of(?: the)?)?\.?$"
)
"""The executive departments of the United States (5 U.S.C. 101 and 102) by their whole name: each
state has departments of its own, which its notices call by no other."""

ROMAN_BODIES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), body)
    for pattern, body in (
        (r"public security bureau|\bpsb\b|police bureau", "公安局"),
        (r"public security department", "公安厅"),
        (r"propaganda department|publicity department", "宣传部"),
        (r"people.?s government", "人民政府"),
        (r"education bureau|bureau of education", "教育局"),
        (r"finance bureau|bureau of finance", "财政局"),
        (r"justice bureau|bureau of justice", "司法局"),
        (r"health commission", "卫生健康委员会"),
        (r"people.?s hospital", "人民医院"),
        (r"people.?s court", "人民法院"),
        (r"people.?s procuratorate", "人民检察院"),
        (r"political and legal affairs commission|politics and law commission", "政法委员会"),
        (r"united front work department", "统战部"),
        (r"cyberspace (?:administration|affairs commission)", "网信办"),
        (r"ethnic and religious affairs (?:bureau|commission)", "民族宗教事务局"),
        (r"state security bureau", "国家安全局"),
        (r"development and reform commission", "发展和改革委员会"),
    )
)
"""English names of Chinese bodies, as translations of notices give them."""
