"""First-level units by NUTS code, for the countries whose units ``data/regions.tsv`` names.

Source: NUTS 2013, 2016 and 2021 (Commission Regulations 1319/2013, 2016/2066, 2019/1755); the codes
of one edition that another gives to no other place are kept side by side.
"""

_NUTS = {
    "AT": "11 Burgenland|12 Niederösterreich|13 Wien|21 Kärnten|22 Steiermark|31 Oberösterreich"
    "|32 Salzburg|33 Tirol|34 Vorarlberg",
    "BE": "1 Brussels|2 Vlaanderen|3 Wallonie",
    "CH": "011 Vaud|013 Genève|021 Bern|031 Basel-Stadt|033 Aargau|04 Zürich|055 St. Gallen"
    "|07 Ticino",
    "DE": "1 Baden-Württemberg|2 Bayern|3 Berlin|4 Brandenburg|5 Bremen|6 Hamburg|7 Hessen"
    "|8 Mecklenburg-Vorpommern|9 Niedersachsen|A Nordrhein-Westfalen|B Rheinland-Pfalz|C Saarland"
    "|D Sachsen|E Sachsen-Anhalt|F Schleswig-Holstein|G Thüringen",
    "ES": "11 Galicia|12 Principado de Asturias|13 Cantabria|21 País Vasco|22 Navarra|23 La Rioja"
    "|24 Aragón|30 Comunidad de Madrid|41 Castilla y León|42 Castilla-La Mancha|43 Extremadura"
    "|51 Catalunya|52 Comunitat Valenciana|53 Illes Balears|61 Andalucía|62 Región de Murcia"
    "|63 Ceuta|64 Melilla|70 Canarias",
    "FR": "1 Île-de-France|B Centre-Val de Loire|C Bourgogne-Franche-Comté|D Normandie"
    "|E Hauts-de-France|F Grand Est|G Pays de la Loire|H Bretagne|I Nouvelle-Aquitaine|J Occitanie"
    "|K Auvergne-Rhône-Alpes|L Provence-Alpes-Côte d'Azur|M Corse|Y1 Guadeloupe|Y2 Martinique"
    "|Y3 Guyane|Y4 La Réunion|Y5 Mayotte|21 Grand Est|22 Hauts-de-France|23 Normandie"
    "|24 Centre-Val de Loire|25 Normandie|26 Bourgogne-Franche-Comté|30 Hauts-de-France"
    "|41 Grand Est|42 Grand Est|43 Bourgogne-Franche-Comté|51 Pays de la Loire|52 Bretagne"
    "|53 Nouvelle-Aquitaine|61 Nouvelle-Aquitaine|62 Occitanie|63 Nouvelle-Aquitaine"
    "|71 Auvergne-Rhône-Alpes|72 Auvergne-Rhône-Alpes|81 Occitanie|82 Provence-Alpes-Côte d'Azur"
    "|83 Corse|A1 Guadeloupe|A2 Martinique|A3 Guyane|A4 La Réunion|A5 Mayotte",
    "IT": "C1 Piemonte|C2 Valle d'Aosta|C3 Liguria|C4 Lombardia|F1 Abruzzo|F2 Molise|F3 Campania"
    "|F4 Puglia|F5 Basilicata|F6 Calabria|G1 Sicilia|G2 Sardegna|H1 Trentino-Alto Adige"
    "|H2 Trentino-Alto Adige|H3 Veneto|H4 Friuli-Venezia Giulia|H5 Emilia-Romagna|I1 Toscana"
    "|I2 Umbria|I3 Marche|I4 Lazio",
    "NL": "31 Utrecht|32 Noord-Holland|33 Zuid-Holland|35 Utrecht|36 Zuid-Holland|41 Noord-Brabant",
    "PL": "12 Mazowieckie|91 Mazowieckie|92 Mazowieckie|21 Małopolskie|22 Śląskie|41 Wielkopolskie"
    "|51 Dolnośląskie",
    "PT": "20 Açores|30 Madeira",
    "UK": "C England|D England|E England|F England|G England|H England|I England|J England"
    "|K England|L Wales|M Scotland|N Northern Ireland",
}
_BY_CODE = {
    country + code: name
    for country, units in _NUTS.items()
    for code, _, name in (unit.partition(" ") for unit in units.split("|"))
}
_LONGEST = max(map(len, _BY_CODE))


def region_of_nuts(code: str) -> str | None:
    """The first-level unit that a NUTS code of any level lies in, as ``regions.tsv`` names it."""
    plain = code.strip().upper()
    for length in range(min(_LONGEST, len(plain)), 2, -1):
        found = _BY_CODE.get(plain[:length])
        if found is not None:
            return found
    return None
