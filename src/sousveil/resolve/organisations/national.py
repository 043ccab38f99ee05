"""Bodies and companies of a whole country that everybody writes short: carriers, banks.

Only what is one in the country, or one in a place, whatever it is called there: 建行 is the bank
中国建设银行, 中国移动武汉分公司 the Wuhan branch of the Hubei company of 中国移动. Short names are
those that the bodies use of themselves.
"""

import re

from sousveil.resolve.organisations import words
from sousveil.resolve.organisations.rewrites import Rewrites
from sousveil.text.currency import words as listed

_PROVINCES = "|".join(
    listed(
        """
        北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北
        湖南 广东 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆
        """
    )
)
_CARRIERS = (
    ("中国移动", re.compile("^中国移动(?:通信)?(?:集团)?")),
    ("中国电信", re.compile("^中国电信(?:集团)?")),
    ("中国联通", re.compile("^中国联(?:合网络)?通(?:信)?(?:集团)?")),
    ("中国铁塔", re.compile("^中国铁塔")),
    ("中国人民财产保险", re.compile("^(?:中国人民财产保险|(?:中国)?人保财险)")),
)
_ANY_CARRIER = re.compile("|".join(brand.pattern for _, brand in _CARRIERS))
_BRANCH = re.compile(
    f"^(?P<province>{_PROVINCES})?省?(?P<form>(?:股份)?(?:有限)?(?:责任)?公司)?"
    "(?P<unit>[^公司]{2,8}(?:分|支)公司.*|分公司)?$"
)
_GRID = re.compile(
    f"^国网(?:(?:{_PROVINCES})省?电力(?:有限)?(?:责任)?公司)?(?P<city>[^公司省]{{2,6}}?)市?供电(?:分)?公司$"
)
_SHORT = Rewrites(
    (
        ("^工(?:商银)?行(?=.{2,}[分支]行|$)", "中国工商银行"),
        ("^农(?:业银)?行(?=.{2,}[分支]行|$)", "中国农业银行"),
        ("^建(?:设银)?行(?=.{2,}[分支]行|$)", "中国建设银行"),
        ("^中行(?=.{2,}[分支]行|$)", "中国银行"),
        ("^交行(?=.{2,}[分支]行|$)", "交通银行"),
        ("^招(?:商银)?行(?=.{2,}[分支]行|$)", "招商银行"),
        ("^(?=(?:电信|移动|联通|铁塔)(?!公司)[^公司]{2,8}(?:分|支)公司$)", "中国"),
        (
            "^(?:中国)?平安(?:产险|财险|财产保险)(?:股份)?(?:有限公司)?",
            "中国平安财产保险股份有限公司",
        ),
        ("^(?:邮储|邮政储蓄)银行", "中国邮政储蓄银行"),
        ("农商(?:银)?行(?=.|$)", "农村商业银行"),
        ("^中华人民共和国(?=.{2,}(?:海关|[部局署会])$)", ""),
        ("^中电科(?:集团)?(?:公司)?(?=第.{1,4}研究所)", "中国电子科技集团有限公司"),
        ("^国家税务总局(?=.{2,}税务局)", ""),
        ("^国家统计局(?=.{2,}调查总?队)", ""),
        (
            "^(?:新疆(?:维吾尔自治区)?)?(?:生产建设)?兵团第?([一二三四五六七八九十]+)师(?![范资])",
            r"新疆生产建设兵团第\1师",
        ),
        ("^中国人民武装警察部队", "武警"),
        ("^中国人民解放军(?=.)", "解放军"),
        ("^(?:中国人民政治协商会议|政协)(?!全国)(.{2,})委员会(?=$|办公室)", r"\1政协"),
        ("^(?:中国共产主义青年团|共青团)(?!中央)(.{2,}[省市县区州旗])委(?:员会)?$", r"\1共青团"),
        ("供销(?:合作)?(?:联|联合|社联合)?社(?:联合社)?$", "供销社"),
        ("^(西安|上海|北京|西南|华东|兰州|大连|重庆)交大(?=$|附|医学院|[一二三]附)", r"\1交通大学"),
        ("^南医大(?=附|[一二三四]附)", "南京医科大学"),
        ("^(南京|湖南|华东|华中|华南|东北|西北|北京|浙江|山东|陕西)师大(?=$|附)", r"\1师范大学"),
        ("^重医(?=附|大)", "重庆医科大学"),
        ("^安医大?(?=附|[一二三四]附)", "安徽医科大学"),
        ("^哈医大?(?=附|[一二三四]院)", "哈尔滨医科大学"),
        ("^温医大?(?=附|[一二三四]院)", "温州医科大学"),
        ("^昆医大?(?=附)", "昆明医科大学"),
        ("^遵医(?=附)", "遵义医科大学"),
        ("^徐医大?(?=附)", "徐州医科大学"),
        ("^广医大?(?=附)", "广州医科大学"),
        ("^中国医大(?=附|一院)", "中国医科大学"),
        ("^浙大(?=附|[一二三四]院|医学院)", "浙江大学"),
        ("^郑大(?=附|[一二三四五]附)", "郑州大学"),
        ("^吉大(?=附|[一二三四]院)", "吉林大学"),
        ("^苏大(?=附|[一二三四]附)", "苏州大学"),
        ("^(?:兰大|兰州大学)(?=[一二]院)", "兰州大学"),
        ("(?<=大学)附?([一二三四五六七八九])(?:附)?院$", r"附属第\1医院"),
    ),
    count=1,
)


_MILITARY = re.compile(
    "^(?:解放军)?(?:[陆海空]军|火箭军)?(?:联勤保障部队)?第?(?P<number>[0-9〇零一二三四五六七八九]{3})医院"
)
"""Hospitals of the army are numbered through the country."""
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def in_full(plain: str) -> str:
    """A Chinese name whose beginning, or kind, is written out as its own papers have it."""
    plain = _SHORT(plain)
    if "医院" in plain:
        plain = _MILITARY.sub(lambda m: f"解放军第{m['number'].translate(_DIGITS)}医院", plain)
    grid = _GRID.match(plain)
    if grid is not None:
        return f"国家电网有限公司{grid['city']}供电公司"
    return _carrier(plain)


def _carrier(plain: str) -> str:
    """A carrier's branch without the company of the province that it is of; that company by its
    province."""
    for name, brand in _CARRIERS if _ANY_CARRIER.match(plain) else ():
        begins = brand.match(plain)
        found = _BRANCH.match(plain[begins.end() :]) if begins else None
        if found is None:
            continue
        province, unit = found["province"] or "", found["unit"] or ""
        if not province and not unit:  # the group, or the company that it listed
            form = "有限公司" if found["form"] else ""
            return f"{name}集团{form}" if "集团" in plain else f"{name}{form}"
        if unit == "分公司" or (province and not unit):
            unit = f"{province}分公司"
        return f"{name}有限公司{unit}"
    return plain


_OFFICIAL = tuple(
    (re.compile(f"^(?:{short})(?=$|.{{3,}})"), whole)
    for short, whole in (
        ("(?:内政部)?入出国及移民署", "移民署"),
        ("(?:交通部)?(?:台湾区)?国道高速公路局", "高速公路局"),
        ("(?:国家|国防部)中山科学研究院", "国家中山科学研究院"),
        ("(台北|高雄|桃园|台中|新北)捷运公司", r"\1大众捷运公司"),
        ("桃园机场公司", "桃园国际机场公司"),
        ("台电(?:公司)?", "台湾电力公司"),
        ("台水(?:公司)?", "台湾自来水公司"),
        ("中油(?:公司)?", "台湾中油公司"),
        ("台糖(?:公司)?", "台湾糖业公司"),
        ("台铁(?:公司)?|(?:交通部)?台湾铁路管理局", "台湾铁路公司"),
        ("台酒(?:公司)?", "台湾菸酒公司"),
        ("北捷(?:公司)?", "台北大众捷运公司"),
        ("高捷(?:公司)?", "高雄捷运公司"),
        ("华航", "中华航空公司"),
        ("台银", "台湾银行"),
        ("土银", "台湾土地银行"),
        ("台大医院", "台湾大学医学院附设医院"),
        ("成大医院", "成功大学医学院附设医院"),
        ("台大", "台湾大学"),
        ("成大", "成功大学"),
        ("政大", "政治大学"),
        ("师大", "台湾师范大学"),
        ("海生馆", "海洋生物博物馆"),
        ("科博馆", "自然科学博物馆"),
        ("科工馆", "科学工艺博物馆"),
        ("海科馆", "海洋科技博物馆"),
        ("史博馆", "历史博物馆"),
        ("台博馆", "台湾博物馆"),
        ("国美馆", "台湾美术馆"),
        ("故宫", "故宫博物院"),
        ("国图", "国家图书馆"),
        ("国资图", "公共资讯图书馆"),
        ("中研院", "中央研究院"),
        ("国卫院", "国家卫生研究院"),
        ("工研院", "工业技术研究院"),
        ("资策会", "资讯工业策进会"),
        ("中科院", "国家中山科学研究院"),
        ("国研院", "国家实验研究院"),
        ("(?:国军)?退辅会", "国军退除役官兵辅导委员会"),
        ("健保署", "中央健康保险署"),
        ("疾管署", "疾病管制署"),
        ("食药署", "食品药物管理署"),
        ("刑事局", "刑事警察局"),
        ("民航局", "民用航空局"),
        ("高公局", "高速公路局"),
        ("公路总局", "公路局"),
        ("气象[署局]|中央气象局", "中央气象署"),
        ("国产署", "国有财产署"),
        ("通传会", "国家通讯传播委员会"),
        ("国科会", "国家科学及技术委员会"),
        ("陆委会", "大陆委员会"),
        ("原民会", "原住民族委员会"),
        ("客委会", "客家委员会"),
        ("金管会", "金融监督管理委员会"),
        ("国发会", "国家发展委员会"),
        ("工程会", "公共工程委员会"),
        ("中选会", "中央选举委员会"),
    )
)
"""Short names of Taiwan's state companies, museums, institutes and central agencies."""
_MINISTRY = re.compile(
    "^(?:行政院)?(?:内政部|国防部|财政部|教育部|法务部|经济部|交通部|劳动部|农业部|农业委员会"
    "|卫生福利部|环境部|文化部|数位发展部|海洋委员会|金融监督管理委员会)"
    "(?=[^县市处司室]{2,8}(?:署|局))"
)
_POLICE_AGENCY = re.compile("^警政署(?=[^第]{2,4}警察局$)")
_COMMAND = re.compile("^国防部(?=.{2,6}(?:司令部|指挥部)$)")
_COURT = re.compile("^(?:台湾)?(?P<where>[^福建高等湾]{2})(?:地方法院|地院)$")
_PROSECUTORS = re.compile("^(?:台湾)?(?P<where>[^福建高等湾]{2})(?:地方(?:法院)?检察署|地检署)$")
"""Taiwan's district courts, and their prosecutors, who lost 法院 from their name on 25 May 2018."""
_ENDOWED = re.compile(
    "^.{2,12}?(?:学校|医疗)(?:财团|社团)法人(?=.{3,}(?:大学|学院|医院|中学|高中|小学|学校))"
)
_AGENCY = re.compile(
    "^(?:[^县市区乡镇处]{2,10}署|(?:刑事|航空|铁路|港务|国道公路)警察局|军备局|政治作战局|军医局|主计局|公路局|铁道局|航港局|民用航空局|高速公路局|调查局|智慧财产局"
    "|北区国税局|中区国税局|南区国税局|国家公园)"
)


def taiwanese_in_full(plain: str) -> str:
    """The official name of a Taiwanese body, without the ministry above an agency and the
    foundation above its school or hospital."""
    plain = _ENDOWED.sub("", _MINISTRY.sub("", words.FOUNDATION.sub("", plain)))
    plain = plain.removeprefix("国立") or plain
    plain = _POLICE_AGENCY.sub("", _COMMAND.sub("", plain))
    plain = _COURT.sub(r"台湾\g<where>地方法院", plain)
    plain = _PROSECUTORS.sub(r"台湾\g<where>地方检察署", plain)
    for pattern, whole in _OFFICIAL:
        if pattern.search(plain):
            plain = pattern.sub(whole, plain, count=1)
            break
    return re.sub("荣总(?=$|..分院)", "荣民总医院", plain)


def central(name: str) -> bool:
    """Whether a Taiwanese name without its ministry is a central agency's, wherever it buys."""
    return _AGENCY.match(name) is not None


_UNIQUE = re.compile(
    "^(?!中[正山][高国])[\u3400-\u9fff]{2,}(?:大学|学院|高中|女中|高[工商农职]|家商|荣民总医院)$"
)
MINISTRY = re.compile(
    "^(?:外交|国防|教育|科技|工业信息化|公安|民政|司法|财政|人力资源社会保障|自然资源|生态环境|住房城乡建设"
    "|交通运输|水利|农业农村|商务|文化旅游|退役军人事务|应急管理)部$"
)
"""The State Council's ministries (国发〔2023〕5号), without "and": no place has one."""
_NUMBERED = re.compile("^[\u3400-\u9fff]{2,}海关$|^解放军第[0-9]{3}医院$")


def one_in_the_country(rest: str, country: str | None) -> bool:
    """Whether a body's name without place is given once: a customs house, a hospital
    of the army; in Taiwan a central
    agency, a university or a national school."""
    if country == "TW":
        return central(rest) or _UNIQUE.match(rest) is not None
    return country == "CN" and bool(_NUMBERED.match(rest) or MINISTRY.match(rest))
