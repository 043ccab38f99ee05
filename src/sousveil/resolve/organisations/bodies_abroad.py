"""Bodies outside China that their papers call in more than one way, by the law of their country.

A municipality and the council or the office that acts for it are one buyer (Spain's Ley 7/1985,
art. 20; Mexico's Constitución, art. 115; Colombia's Ley 136 of 1994; Portugal's Lei 75/2013; the
French Code général des collectivités territoriales, L. 2121-29), but in Brazil the Câmara Municipal
is the legislature, another body. A German town's designation (Landeshauptstadt, Universitätsstadt)
is no part of its name. A London borough council's legal name is "The Mayor and Burgesses of …"
(London Government Act 1963). A Police and Crime Commissioner is another body than the force.
All names are folded and in the letters of ``letters``.
"""

import re
import unicodedata
from functools import cache

from sousveil.resolve.organisations.letters import letters_of
from sousveil.resolve.organisations.rewrites import Rewrites
from sousveil.text.currency import words

_SPANISH = words("ES MX CO PE CL AR EC BO PY UY VE CR PA GT HN SV NI DO CU PR")
_GERMAN = words("DE AT CH LI LU")
_FRENCH = words("FR BE LU CH CA MC")
_CYRILLIC = words("RU KZ UA BY KG UZ TJ TM MD AM AZ")
_OF = r" d(?:e(?: la| los| las|l)?|o|a|os|as) "
_RULES: tuple[tuple[frozenset[str], tuple[tuple[str, str], ...]], ...] = (
    (
        _SPANISH,
        (
            (r"\bayto\b\.?", "ayuntamiento"),
            (r"\bgob\.", "gobierno"),
            (r"\bmunicipalidad prov\b\.?", "municipalidad provincial"),
            (r"\bmunicipalidad dist\b\.?", "municipalidad distrital"),
            (r"^mun(?:icip)?\. ", "municipalidad "),
            (r"^(?:h\.?|honorable) (?=ayuntamiento|municipalidad|municipio)", ""),
            (
                r"^(?:junta de gobierno(?: local)?|alcaldia(?:[- ]presidencia)?"
                r"|pleno(?: municipal)?) del (?:excmo\.? )?(?=ayuntamiento)",
                "",
            ),
            (rf"^municipalidad{_OF}ciudad de ", "municipalidad de "),
        ),
    ),
    (
        words("ES"),
        (
            (r"^(?:ajuntament|concello|conceyu) (?:de )?", "ayuntamiento de "),
            (r"^diputacio (?:de )?", "diputacion de "),
            (r"^diputacion (?:provincial|foral) de ", "diputacion de "),
            (r"^cabildo insular de ", "cabildo de "),
        ),
    ),
    (
        words("MX"),
        (
            (
                r"^(?:ayuntamiento constitucional|gobierno municipal|municipio"
                r"|presidencia municipal|ayuntamiento del municipio|gobierno del municipio) de ",
                "ayuntamiento de ",
            ),
        ),
    ),
    (
        words("CO"),
        (
            (r"^(?:municipio|alcaldia (?:municipal|distrital)) de ", "alcaldia de "),
            (r"^departamento de(l?) ", r"gobernacion de\1 "),
        ),
    ),
    (
        words("BR"),
        (
            (r"^pref(?:eitura|\.)? ?(?:municipal|mun\.|do municipio) d", "prefeitura d"),
            (r"^pref\. d", "prefeitura d"),
            (r"^municipio d", "prefeitura d"),
            (r"\bgoverno do estado d", "estado d"),
        ),
    ),
    (words("PT"), ((r"^camara municipal d", "municipio d"),)),
    (
        _FRENCH,
        (
            (r"\bste\b\.?(?=[ -])", "sainte"),
            (r"^(?:mairie|commune|municipalite) ", "ville "),
            (
                r"^(?:conseil (?:departemental|general)|departe?ment)"
                r" (?:de la |du |de l'|des |de |d')",
                "departement ",
            ),
            (r"^(?:conseil regional|region) (?:de la |du |de l'|des |de |d')?", "region "),
            (r"\bchu\b", "centre hospitalier universitaire"),
        ),
    ),
    (
        _GERMAN,
        (
            (
                r"^(?:(?:der )?magistrat der (?:landeshauptstadt|universitaetsstadt|stadt)"
                r"|stadtverwaltung|landeshauptstadt|(?:freie und )?hansestadt|universitaetsstadt"
                r"|(?:grosse )?kreisstadt|lh) (?=\w)",
                "stadt ",
            ),
        ),
    ),
    (
        words("PL"),
        (
            (r"^kwp (?=we? )", "komenda wojewodzka policji "),
            (r"^kmp (?=we? )", "komenda miejska policji "),
            (r"^kpp (?=we? )", "komenda powiatowa policji "),
        ),
    ),
    (
        words("TR"),
        (
            (r"^t\. ?c\.? ", ""),
            (r"\bbelediye baskanligi\b", "belediyesi"),
            (r"\b(?:il )?emniyet mudurlugu$", "emniyet mudurlugu"),
        ),
    ),
    (
        words("VN"),
        (
            (r"\bubnd\b", letters_of("ủy ban nhân dân", "VN")),
            (r"\bhđnd\b", letters_of("hội đồng nhân dân", "VN")),
            (r"\btp\b\.?", letters_of("thành phố", "VN")),
        ),
    ),
    (
        words("TH"),
        (
            ("^องค์การบริหารส่วนตำบล", "อบต."),
            ("^องค์การบริหารส่วนจังหวัด", "อบจ."),
            (r"^(อบ[ตจ])\.?\s*", r"\1 "),
        ),
    ),
    (
        words("HK"),
        (
            (
                r"^(?:the )?government of (?:the )?(?:hong kong special administrative region"
                r"|hksar)\W+(?=\w)",
                "",
            ),
            (r"^(?:hksar|hong kong sar) government\W+(?=\w)", ""),
        ),
    ),
    (
        words("GB"),
        (
            (r"^(?:the )?mayor and burgesses of (?:the )?", ""),
            (
                r"^(?:the )?(?:london borough of|lb(?: of)?) (.+?)(?: council)?$",
                r"london borough \1",
            ),
            (r"^(.+?) (?:london borough council|lbc)$", r"london borough \1"),
            (r"^(?:the )?(royal borough of .+?) council$", r"\1"),
            (r"^metropolitan borough of (.+?)(?: council)?$", r"\1 metropolitan borough council"),
            (r"^(.+?) mbc$", r"\1 metropolitan borough council"),
            (r"^(.+?) dc$", r"\1 district council"),
            (
                r"^(?:the )?(?:council of the )?city of (?!london)(.+?)(?: council)?$",
                r"\1 city council",
            ),
            (r"\b(?:his|her) majesty's\b", "hm"),
            (r"^opcc (?:for )?(.+)$", r"\1 pcc"),
            (r"^(.+) o?pcc$", r"police and crime commissioner for \1"),
            (r"^(?:the )?o?pcc for ", "police and crime commissioner for "),
            (r"^(?:the )?office of (?:the )?(?=.*\bpolice (?:and|&) crime commissioner\b)", ""),
        ),
    ),
    (words("RU BY UA"), ((r"\bглавное управление\b", "гу"),)),
    (words("KZ"), ((r"^государственное учреждение\b", "гу"),)),
    (
        _CYRILLIC,
        (
            (r"\bno\.?(?=\d)|\bno\.? (?=\d)", ""),
            (r"\bминистерств[оа] внутренних дел\b", "мвд"),
            (r"\b(?:российской федерации|рф)\b", "россии"),
            (r"\bреспублики казахстан\b", "рк"),
            (r"\bуправление мвд\b", "умвд"),
            (r"\bгор(?:ода|оду|оде|\.)|\bг\.", "г"),
            (r"\bфедеральное государственное бюджетное учреждение\b", "фгбу"),
            (r"\bфедеральное государственное казенное учреждение\b", "фгку"),
            (r"\bфедеральное казенное учреждение\b", "фку"),
            (r"\bфедеральное государственное унитарное предприятие\b", "фгуп"),
            (r"\bмуниципальное унитарное предприятие\b", "муп"),
            (r"\bмуниципальное бюджетное общеобразовательное учреждение\b", "мбоу"),
            (r"\bмуниципальное бюджетное учреждение\b", "мбу"),
            (r"\bмуниципальное казенное учреждение\b", "мку"),
            (r"\bсредняя общеобразовательная школа\b", "сош"),
            (r"\bреспубликанское государственное учреждение\b", "ргу"),
            (r"\bкоммунальное государственное учреждение\b", "кгу"),
            (r"\bкоммунальное государственное предприятие\b", "кгп"),
            (r"\bгосударственное бюджетное учреждение\b", "гбу"),
            (r"\bгосударственное казенное учреждение\b", "гку"),
            (r"\bголовне управління національної поліції\b", "гунп"),
            (r"\bкомунальне некомерційне підприємство\b", "кнп"),
            (r"\bкомунальне підприємство\b", "кп"),
            (r"\bдержавне підприємство\b", "дп"),
            (r"\bміністерств[оа] внутрішніх справ\b", "мвс"),
            (r"\b(?:в|у) (?=\w+ (?:області|районі|місті)\b)", ""),
        ),
    ),
)
_ELISION = re.compile(
    r"\b(?:(?:d|l|qu|dell|dall|nell|sull|all)'\s?|(?:d|l|dell|dall|nell|sull)\s)(?=\w)"
)
_ELIDES = words("FR BE LU CH CA MC IT SM ES AD PT BR SN CI CM")
_MINISTRY = re.compile(r"\b(?:ministry|ministerio|ministere|ministerium|agency|secretary)\b")
_STATES_WITH_MINISTRIES = words("AR CA DE IN PK NG")


def written_once(text: str, country: str | None) -> str:
    """A body's name in the one of its ways that all others are read as."""
    if country in _ELIDES:
        text = _ELISION.sub("", text)
    return _rules(country or "")(text)


def may_be_a_states(text: str, country: str | None) -> bool:
    """Whether a ministry or agency need not be the country's: each state of a federation has its
    own under the same name."""
    return country in _STATES_WITH_MINISTRIES and _MINISTRY.search(text) is not None


@cache
def _rules(country: str) -> Rewrites:
    return Rewrites(
        (unicodedata.normalize("NFKC", pattern), whole)
        for countries, rules in _RULES
        if country in countries
        for pattern, whole in rules
    )
