"""Forms of dates and times in the languages of records.

Ambiguous by the writing alone: day and month both up to twelve and different between slashes or
dashes (03/04/2026), and years of two digits, save those with 年 behind 民國 or in lists of Taiwan.
Dots (03.04.2026) put the day first wherever they are used with the year last.
"""

from collections.abc import Callable
from datetime import date, time, timedelta
from random import Random

from tests.text.writing import DIGITS, numerals

from benchmarks.literals.written import WIDE, Form, Written

_FIRST = date(1990, 1, 1)
_DAYS = (date(2049, 12, 31) - _FIRST).days
_NAMES = {
    "en": "January February March April May June July August September October November December",
    "en-short": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "de-short": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    "pt": (
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
    ),
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
NAMES = {language: tuple(names.split()) for language, names in _NAMES.items()}
_WEEKDAYS = "一二三四五六日"
_WEEKDAYS_JA = "月火水木金土日"
_WEEKDAYS_KO = "월화수목금토일"

Clock = Callable[[Random], tuple[str, time | None]]


def _day(rng: Random) -> date:
    return _FIRST + timedelta(days=rng.randint(0, _DAYS))


def _moment(rng: Random) -> time:
    return time(rng.randint(0, 23), rng.choice((0, 0, 30, 15, rng.randint(0, 59))))


def _tens(number: int) -> str:
    """Numerals as dates write them: 十二, not 一十二."""
    text = numerals(number)
    return text.removeprefix("一") if 10 <= number < 20 else text


def no_clock(rng: Random) -> tuple[str, time | None]:
    """Nothing."""
    return "", None


def clock_24(rng: Random) -> tuple[str, time | None]:
    """09:30, 09:30:00, 24:00."""
    if rng.random() < 0.03:
        return " 24:00", time(23, 59)
    moment = _moment(rng)
    style = rng.randrange(4)
    hour = f"{moment.hour:02}" if style else str(moment.hour)
    seconds = f":{rng.randint(0, 59):02}" if style == 3 else ""
    return f" {hour}:{moment.minute:02}{seconds}", moment


def clock_chinese(rng: Random) -> tuple[str, time | None]:
    """9时30分, 9点半, 上午9:30, 下午2时30分, 24时, in numerals."""
    moment = _moment(rng)
    hour, minute, style = moment.hour, moment.minute, rng.randrange(8)
    gap = rng.choice(("", "", " "))
    if style == 0:
        return f"{gap}{hour:02}时{minute:02}分", moment
    if style == 1:
        return f"{gap}{hour}点{minute:02}分{rng.choice(('', '00秒'))}", moment
    if style == 2:
        return f"{gap}{hour}时{rng.choice(('', '整'))}", time(hour)
    if style == 3:
        return f"{gap}{hour}点半", time(hour, 30)
    if style == 4:
        late = rng.random() < 0.1
        return (f"{gap}24时", time(23, 59)) if late else (f"{gap}{hour:02}：{minute:02}", moment)
    if style == 5:
        half, shown = _half(hour)
        return f"{gap}{half}{shown}:{minute:02}", moment
    if style == 6:
        half, shown = _half(hour)
        return f"{gap}{half}{shown}{rng.choice('时点')}{minute:02}分", moment
    half, shown = _half(hour)
    minutes = f"{'零' if minute < 10 else ''}{_tens(minute)}分" if minute else ""
    return f"{gap}{half}{_tens(shown)}时{minutes}", moment


def _half(hour: int) -> tuple[str, int]:
    """上午 or 下午 and the hour of that half; 中午 for noon."""
    if hour == 12:
        return "中午", 12
    if hour == 0:
        return "凌晨", 0
    if hour > 17:
        return ("晚上" if hour % 2 else "下午"), hour - 12
    return ("上午", hour) if hour < 12 else ("下午", hour - 12)


def clock_english(rng: Random) -> tuple[str, time | None]:
    """at 3:30 pm, 15:30 hours, 3.30 p.m., 12 noon."""
    moment = _moment(rng)
    shown = (moment.hour % 12) or 12
    half = "am" if moment.hour < 12 else "pm"
    style = rng.randrange(7)
    if style == 0:
        return f" at {shown}:{moment.minute:02} {half}", moment
    if style == 1:
        return f", {shown}:{moment.minute:02} {half.upper()}", moment
    if style == 2:
        return f" {shown}:{moment.minute:02}{half[0]}.m.", moment
    if style == 3:
        return f" at {moment.hour:02}:{moment.minute:02}", moment
    if style == 4:
        return f" at {moment.hour:02}:{moment.minute:02} hours", moment
    if style == 5:
        return f" at {shown} {half}", time(moment.hour)
    return rng.choice((" at 12 noon", " at noon", " (12:00 noon)")), time(12)


def clock_of(*shapes: str) -> Clock:
    """Shapes with H for the hour, HH for two digits of it, M for minutes; without M a full hour."""

    def write(rng: Random) -> tuple[str, time | None]:
        moment, shape = _moment(rng), rng.choice(shapes)
        text = shape.replace("HH", f"{moment.hour:02}").replace("H", str(moment.hour))
        with_minutes = "M" in shape
        text = text.replace("M", f"{moment.minute:02}")
        return text, moment if with_minutes else time(moment.hour)

    return write


def clock_east(before: str, after: str, hour: str, minute: str) -> Clock:
    """午前10時30分 and 오후 2시 30분."""

    def write(rng: Random) -> tuple[str, time | None]:
        moment = _moment(rng)
        half = before if moment.hour < 12 else after
        shown = moment.hour if moment.hour <= 12 else moment.hour - 12
        gap = " " if hour == "시" else ""
        if rng.random() < 0.4 or moment.hour == 0:
            text = f" {moment.hour}{hour}{gap}{moment.minute:02}{minute}"
            return text, moment
        rest = f"{gap}{moment.minute}{minute}" if moment.minute else ""
        return f" {half}{gap}{shown}{hour}{rest}", moment

    return write


def dated(shape: str, clock: Clock = no_clock, names: str = "", republic: bool = False):
    """Shapes: Y year, YY two digits of it, R year of the Republic, E of Reiwa; M and D with or
    without MM, DD for two digits; N the month's name; W, J, K weekdays; c, d, e numerals."""

    def write(rng: Random) -> Written:
        day = _day(rng)
        if "E" in shape:
            day = day.replace(year=rng.randint(2020, 2040), day=min(day.day, 28))
        text = _shaped(shape, day, names)
        words, moment = clock(rng)
        return Written(text + words, "date", day=day, clock=moment, republic=republic)

    return write


def _shaped(shape: str, day: date, names: str) -> str:
    year = "".join(DIGITS[int(digit)] for digit in str(day.year)).replace("零", "〇")
    parts = {
        "YYYY": str(day.year), "RRR": str(day.year - 1911), "EE": str(day.year - 2018),
        "MM": f"{day.month:02}", "DD": f"{day.day:02}", "M": str(day.month), "D": str(day.day),
        "N": NAMES[names][day.month - 1] if names else "", "W": _WEEKDAYS[day.weekday()],
        "J": _WEEKDAYS_JA[day.weekday()], "K": _WEEKDAYS_KO[day.weekday()], "ccc": year,
        "ddd": _tens(day.month), "eee": _tens(day.day), "rrr": numerals(day.year - 1911),
    }  # fmt: skip
    text, at = "", 0
    while at < len(shape):
        key = next((key for key in parts if shape.startswith(key, at)), None)
        text += parts[key] if key else shape[at]
        at += len(key) if key else 1
    return text


def in_order(separator: str, order: str, clock: Clock = no_clock):
    """Numbers with the year last: DMY or MDY."""

    def write(rng: Random) -> Written:
        day = _day(rng)
        first, second = (day.day, day.month) if order == "DMY" else (day.month, day.day)
        width = "02" if rng.random() < 0.6 else "0"
        text = f"{first:{width}}{separator}{second:{width}}{separator}{day.year}"
        words, moment = clock(rng)
        open_ = separator in "/-" and first != second and max(first, second) <= 12
        return Written(text + words, "date", day=day, clock=moment, ambiguous=open_)

    return write


def two_digits(shape: str, names: str = ""):
    """Years of two digits: always ambiguous."""

    def write(rng: Random) -> Written:
        day = _day(rng)
        text = _shaped(shape.replace("YY", f"{day.year % 100:02}"), day, names)
        return Written(text, "date", day=day, ambiguous=True)

    return write


def _iso(rng: Random) -> Written:
    day, moment = _day(rng), _moment(rng)
    zone = rng.choice(("", "Z", "+08:00", "-05:00", "+0100", ".000Z", ".123456+03:00"))
    text = f"{day.isoformat()}T{moment:%H:%M}:{rng.randint(0, 59):02}{zone}"
    return Written(text, "date", day=day, clock=moment)


def _compact(rng: Random) -> Written:
    day, moment = _day(rng), _moment(rng)
    style = rng.randrange(3)
    text = f"{day:%Y%m%d}" + ("", f"{moment:%H%M}", f"{moment:%H%M}00")[style]
    return Written(text, "date", day=day, clock=moment if style else None)


def _compact_iso(rng: Random) -> Written:
    day, moment = _day(rng), _moment(rng)
    return Written(f"{day:%Y%m%d}T{moment:%H%M}00Z", "date", day=day, clock=moment)


def before(shape: str, names: str):
    """The time first: 14:00 on 20 August 2026."""

    def write(rng: Random) -> Written:
        day, moment = _day(rng), _moment(rng)
        text = shape.replace("H:m", f"{moment.hour:02}:{moment.minute:02}")
        text = text.replace("H.m", f"{moment.hour:02}.{moment.minute:02}")
        text = text.replace("Hhm", f"{moment.hour:02}h{moment.minute:02}")
        return Written(_shaped(text, day, names), "date", day=day, clock=moment)

    return write


def _noon_in_hong_kong(rng: Random) -> Written:
    day = _day(rng)
    text = f"12:00 noon (Hong Kong time) on {day.day} {NAMES['en'][day.month - 1]} {day.year}"
    return Written(text, "date", day=day, clock=time(12))


def _noon_in_chinese(rng: Random) -> Written:
    day = _day(rng)
    words = rng.choice(("正午12時", "正午", "中午十二時", "中午12:00", "正午十二時"))
    week = f"（星期{_WEEKDAYS[day.weekday()]}）" if rng.random() < 0.5 else ""
    return Written(
        f"{day.year}年{day.month}月{day.day}日{week}{words}", "date", day=day, clock=time(12)
    )


def _republic_compact(rng: Random) -> Written:
    day = _day(rng).replace(year=rng.randint(2011, 2049), day=1)
    text = f"{day.year - 1911}{day.month:02}{day.day:02}"
    return Written(text, "date", day=day, republic=True)


def _era_numerals(rng: Random) -> Written:
    day = _day(rng).replace(year=rng.randint(2020, 2048), day=5)
    text = f"令和{_tens(day.year - 2018)}年{_tens(day.month)}月{_tens(day.day)}日"
    return Written(text, "date", day=day)


def _wide_clock(rng: Random) -> Written:
    day, moment = _day(rng), _moment(rng)
    text = f"{day.year}年{day.month}月{day.day}日{moment.hour}時{moment.minute:02}分"
    return Written(text.translate(WIDE), "date", day=day, clock=moment)


def _glued(rng: Random) -> Written:
    day, moment = _day(rng), _moment(rng)
    return Written(f"{day}{moment:%H:%M}:00", "date", day=day, clock=moment)


def _broken(rng: Random) -> Written:
    day, moment = _day(rng), _moment(rng)
    parts = (day.year, "年", day.month, "月", day.day, "日", moment.hour, "时", moment.minute, "分")
    return Written("\n".join(map(str, parts)), "date", day=day, clock=moment)


def _wide(rng: Random) -> Written:
    day = _day(rng)
    text = f"{day.year}年{day.month}月{day.day}日".translate(WIDE)
    return Written(text, "date", day=day)


def _table(language: str, names: str, clock: Clock, *shapes: str) -> list[Form]:
    found = []
    for shape in shapes:
        found.append(Form(language, shape, dated(shape, no_clock, names)))
        found.append(Form(language, f"{shape} and time", dated(shape, clock, names)))
    return found


_GERMAN_CLOCK = clock_of(", HH:M Uhr", " um HH:M Uhr", ", H.M Uhr", " um H Uhr", " HH:M")
_SPANISH_CLOCK = clock_of(
    " a las HH:M horas", " a las H:M", ", HH:M h", " HH:M", " a las HH:M hrs."
)
_FRENCH_CLOCK = clock_of(" à HHhM", " à H h M", " à HH:M", " à H heures", " à Hh", " à HH heures M")
_PORTUGUESE_CLOCK = clock_of(" às HHhM", " às HH:M", ", às H horas", " às HHhMmin", " HH:M")
_RUSSIAN_CLOCK = clock_of(
    " в HH:M", " HH:M", " HH:M (МСК)", ", HH ч. M мин.", " в HH часов M минут"
)
_JAPANESE_CLOCK = clock_east("午前", "午後", "時", "分")
_KOREAN_CLOCK = clock_east("오전", "오후", "시", "분")

DATES: list[Form] = [
    *_table(
        "zh", "", clock_chinese, "YYYY年M月D日", "YYYY年MM月DD日", "YYYY 年 M 月 D 日",
        "YYYY年M月D号", "YYYY年M月D日（星期W）", "YYYY年M月D日(周W)", "ccc年ddd月eee日",
        "YYYY年ddd月eee日",
    ),
    *_table(
        "zh", "", clock_24, "YYYY-MM-DD", "YYYY/M/D", "YYYY.MM.DD", "YYYY-M-D", "YYYY年MM月DD日"
    ),
    *_table(
        "zh-Hant-TW", "", clock_chinese, "民國RRR年M月D日", "中華民國RRR年MM月DD日",
        "民國 RRR 年 M 月 D 日", "中華民國rrr年ddd月eee日",
    ),
    *_table("zh-Hant-TW", "", clock_24, "民國RRR/MM/DD", "民國RRR.M.D"),
    Form("zh-Hant-TW", "RRR/MM/DD", dated("RRR/MM/DD", no_clock, "", True)),
    Form("zh-Hant-TW", "RRR/MM/DD and time", dated("RRR/MM/DD", clock_24, "", True)),
    Form("zh-Hant-TW", "RRR.MM.DD", dated("RRR.MM.DD", no_clock, "", True)),
    Form("zh-Hant-TW", "RRR-MM-DD", dated("RRR-MM-DD", no_clock, "", True)),
    Form("zh-Hant-TW", "RRR年M月D日", dated("RRR年M月D日", no_clock, "", True)),
    *_table(
        "en", "en", clock_english, "D N YYYY", "N D, YYYY", "N D YYYY", "D N, YYYY", "DD-N-YYYY",
    ),
    *_table("en", "en-short", clock_english, "D N YYYY", "N D, YYYY", "DD-N-YYYY", "D N. YYYY"),
    Form("en", "Mth DD, in words of weekdays", dated("Thursday, D N YYYY", clock_english, "en")),
    *_table("es", "es", _SPANISH_CLOCK, "D de N de YYYY", "D de N del YYYY", "D N YYYY"),
    *_table("fr", "fr", _FRENCH_CLOCK, "D N YYYY", "le D N YYYY"),
    *_table("de", "de", _GERMAN_CLOCK, "D. N YYYY", "DD. N YYYY", "den D. N YYYY"),
    *_table("de", "de-short", _GERMAN_CLOCK, "D. N YYYY"),
    *_table("pt", "pt", _PORTUGUESE_CLOCK, "D de N de YYYY", "DD de N de YYYY"),
    *_table(
        "ru", "ru", _RUSSIAN_CLOCK, "D N YYYY г.", "D N YYYY года", "«DD» N YYYY г.", "D N YYYY"
    ),
    *_table(
        "ja", "", _JAPANESE_CLOCK, "YYYY年M月D日", "令和EE年M月D日", "YYYY年M月D日（J）",
        "令和EE年M月D日(J)", "令和 EE 年 M 月 D 日",
    ),
    *_table(
        "ko", "", _KOREAN_CLOCK, "YYYY년 M월 D일", "YYYY년 MM월 DD일", "YYYY년M월D일",
        "YYYY. M. D.", "YYYY. M. D.(K)", "YYYY.MM.DD.",
    ),
    *[Form("es", "d/m/y", in_order("/", "DMY", c)) for c in (no_clock, _SPANISH_CLOCK)],
    *[Form("fr", "d/m/y", in_order("/", "DMY", c)) for c in (no_clock, _FRENCH_CLOCK)],
    *[Form("de", "d.m.y", in_order(".", "DMY", c)) for c in (no_clock, _GERMAN_CLOCK)],
    *[Form("ru", "d.m.y", in_order(".", "DMY", c)) for c in (no_clock, _RUSSIAN_CLOCK)],
    *[Form("en", "m/d/y", in_order("/", "MDY", c)) for c in (no_clock, clock_english)],
    *[Form("en", "d/m/y", in_order("/", "DMY", c)) for c in (no_clock, clock_english)],
    Form("en", "d-m-y", in_order("-", "DMY")),
    Form("any", "two digits of the year, slashes", two_digits("DD/MM/YY")),
    Form("any", "two digits of the year, dots", two_digits("DD.MM.YY")),
    Form("any", "two digits of the year, dashes", two_digits("YY-MM-DD")),
    Form("en", "two digits of the year, name", two_digits("DD-N-YY", "en-short")),
    Form("zh", "two digits of the year, 年", two_digits("YY年M月D日")),
    *[Form("any", "ISO 8601", _iso)] * 3,
    Form("any", "compact", _compact),
    Form("any", "compact ISO", _compact_iso),
    Form("zh-Hant-TW", "RRRMMDD", _republic_compact),
    Form("zh-Hant-HK", "noon", _noon_in_chinese),
    Form("en", "noon, Hong Kong", _noon_in_hong_kong),
    Form("ja", "令和 in numerals", _era_numerals),
    Form("ja", "full width with time", _wide_clock),
    Form("en", "time on date", before("H:m on D N YYYY", "en")),
    Form("en", "time hrs on date", before("H.mhrs on D N YYYY", "en")),
    Form("en", "time hours on weekday", before("H:m hours on Thursday, D N YYYY", "en")),
    Form("de", "time Uhr am date", before("H:m Uhr am DD.MM.YYYY", "")),
    Form("de", "time, am", before("H.m Uhr am D. N YYYY", "de")),
    Form("fr", "time le date", before("Hhm le D N YYYY", "fr")),
    Form("es", "time del date", before("H:m horas del D de N de YYYY", "es")),
    Form("pt", "time do dia date", before("Hhm do dia D de N de YYYY", "pt")),
    Form("ru", "time date", before("H:m DD.MM.YYYY", "")),
    Form("it", "time del giorno date", before("H:m del giorno DD.MM.YYYY", "")),
    *_table("en", "en", clock_english, "the Dth of N YYYY", "N Dth, YYYY", "YYYY-N-DD"),
    *_table("en", "en-short", clock_english, "N. D, YYYY", "DDNYYYY", "Thu D N YYYY"),
    *_table("de", "", _GERMAN_CLOCK, "D. M. YYYY"),
    *_table("ru", "", _RUSSIAN_CLOCK, "DD.MM.YYYYг."),
    *_table("fr", "fr", _FRENCH_CLOCK, "jeudi D N YYYY"),
    *_table("ko", "", _KOREAN_CLOCK, "YYYY-MM-DD(K)"),
    *_table("ja", "", _JAPANESE_CLOCK, "YYYY/MM/DD(J)"),
    Form("zh", "date and time without a gap", _glued),
    Form("zh", "one part a line", _broken),
    Form("zh", "full width", _wide),
]  # fmt: skip
