"""Languages of XML notices as ISO 639-1, from the codes that eForms and TED write."""

_CODES = (
    "BUL bg  CES cs  DAN da  DEU de  ELL el  ENG en  SPA es  EST et  FIN fi  FRA fr  GLE ga "
    "HRV hr  HUN hu  ITA it  LIT lt  LAV lv  MLT mt  NLD nl  POL pl  POR pt  RON ro  SLK sk "
    "SLV sl  SWE sv  NOR no  NOB nb  NNO nn  ISL is  UKR uk  CAT ca  EUS eu  GLG gl  GER de "
    "FRE fr  GRE el  CZE cs  DUT nl  RUM ro  SLO sk  MKD mk  SRP sr  BOS bs  SQI sq  TUR tr "
    "CYM cy  ARA ar  RUS ru  LTZ lb"
)
_PAIRS = _CODES.split()
_ALPHA_3 = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))


def language(code: str) -> str | None:
    """The code of two letters for one of two or three; None for what is none."""
    plain = code.strip().upper()
    if len(plain) == 2 and plain.isalpha():
        return plain.lower()
    return _ALPHA_3.get(plain)
