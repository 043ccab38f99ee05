"""Month names and their usual abbreviations in the languages of public procurement (CLDR)."""

_BY_MONTH = (
    "january jan enero ene janeiro janvier janv januar jänner gennaio gen januari ianuarie "
    "stycznia styczeń ledna leden januára januárja január января январь янв січня січень ocak "
    "januari tammikuuta jaanuar sausio siječnja ιανουαρίου",
    "february feb febrero fevereiro fev février févr februar februari febbraio febbr februarie "
    "lutego luty února únor február februára februarja февраля февраль фев лютого лютий şubat "
    "februari helmikuuta veebruar vasario veljače φεβρουαρίου",
    "march mar marzo março mars märz maerz maart martie marca marzec března březen március марта "
    "март березня березень mart marts maret maaliskuuta märts kovo ožujka μαρτίου",
    "april apr abril abr avril aprile aprilie kwietnia kwiecień dubna duben apríla aprila április "
    "апреля апрель апр квітня квітень nisan huhtikuuta aprill balandžio travnja απριλίου",
    "may mayo maio mai maggio mag mei maja maj května květen mája május мая май травня травень "
    "mayıs toukokuuta gegužės svibnja μαΐου",
    "june jun junio junho juin juni giugno giu iunie czerwca czerwiec června červen júna junija "
    "június июня июнь червня червень haziran kesäkuuta juuni birželio lipnja ιουνίου",
    "july jul julio julho juillet juil juli luglio lug iulie lipca lipiec července červenec júla "
    "julija július июля июль липня липень temmuz heinäkuuta juuli liepos srpnja ιουλίου",
    "august aug agosto ago août aout augustus sierpnia sierpień srpna srpen augusta avgusta "
    "augusztus августа август авг серпня серпень ağustos elokuuta agustus rugpjūčio kolovoza "
    "αυγούστου",
    "september sep sept septiembre setiembre setembro set septembre settembre sett septembrie "
    "września wrzesień září septembra szeptember сентября сентябрь сен вересня вересень eylül "
    "syyskuuta rugsėjo rujna σεπτεμβρίου",
    "october oct octubre outubro out octobre oktober okt ottobre ott octombrie października "
    "październik října říjen októbra oktobra október октября октябрь окт жовтня жовтень ekim "
    "lokakuuta oktoober spalio listopada οκτωβρίου",
    "november nov noviembre novembro novembre noiembrie listopadu listopad novembra ноября ноябрь "
    "ноя листопада листопад kasım marraskuuta lapkričio studenoga νοεμβρίου",
    "december dec diciembre dic dezembro dez décembre déc dezember dicembre decembrie grudnia "
    "grudzień prosince prosinec decembra декабря декабрь дек грудня грудень aralık desember "
    "joulukuuta detsember gruodžio prosinca δεκεμβρίου",
)

MONTHS: dict[str, int] = {}
"""Lower-case name → 1–12. A word that means different months in two languages is left to the
first (Polish ``listopada`` is November, Croatian October: see ``_OVERRIDES``)."""

_OVERRIDES = {"listopada": 11, "srpnja": 7, "lipnja": 6, "srpna": 8, "lipca": 7}

for _number, _names in enumerate(_BY_MONTH, start=1):
    for _name in _names.split():
        MONTHS.setdefault(_name, _number)
MONTHS |= _OVERRIDES
