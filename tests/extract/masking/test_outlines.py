"""Outlines of XML records: persons masked by their elements, organisations never."""

import pytest

from sousveil.extract.masking import mask_page
from sousveil.model import Page, ParsedPage
from sousveil.text.outline import read


def mask(text: str) -> Page:
    return mask_page(ParsedPage("0" * 64, 1, text, "elements", "application/vnd.ted+xml", "/1"))


CONTACT = """Organization
  Company
    PartyName
      Name (languageID=DEU): Beschaffungsamt Musterstadt
    Contact
      Name: Erika Mustermann
      Telephone: +49 30 1234567
      Telefax: 030/1234568
      ElectronicMail: e.mustermann@example.org
  TouchPoint
    PartyName
      Name: Jan Kowalski
ProcurementProject
  Description: Fragen an Erika Mustermann, nicht an Jan Kowalski."""
CASES = [
    (
        f"Root\n  {CONTACT.replace(chr(10), chr(10) + '  ')}",
        [
            "Name: 〔person〕",
            "Telephone: 〔phone〕",
            "Telefax: 〔phone〕",
            "ElectronicMail: 〔email〕",
            "Description: Fragen an 〔person〕, nicht an 〔person〕.",
            "Name (languageID=DEU): Beschaffungsamt Musterstadt",
        ],
    ),
    (
        """ADDRESS_CONTRACTING_BODY
  OFFICIALNAME: Ayuntamiento de Valdelsur
  NATIONALID: P2807900B
  CONTACT_POINT: María García López
  ATTENTION: Pedro Ruiz
  PHONE: +34 915 551 234
  E_MAIL: contratacion@example.es
  FAX: +34 915 551 235""",
        [
            "OFFICIALNAME: Ayuntamiento de Valdelsur",
            "NATIONALID: P2807900B",
            "CONTACT_POINT: 〔person〕",
            "ATTENTION: 〔person〕",
            "PHONE: 〔phone〕",
            "E_MAIL: 〔email〕",
            "FAX: 〔phone〕",
        ],
    ),
    (
        """UltimateBeneficialOwner
  ID (schemeName=ubo): UBO-0001
  FirstName: Jean
  FamilyName: Dupont
  Nationality
    NationalityID: BEL
  ResidenceAddress
    StreetName: 7 rue de la Loi
    CityName: Bruxelles
    PostalZone: 1000
    CountrySubentityCode (listName=nuts): BE100
    AddressLine
      Line: Boîte 4
    Country
      IdentificationCode: BEL""",
        [
            "ID (schemeName=ubo): UBO-0001",
            "FirstName: 〔person〕",
            "FamilyName: 〔person〕",
            "NationalityID: BEL",
            "StreetName: 〔address〕",
            "CityName: 〔address〕",
            "PostalZone: 〔address〕",
            "CountrySubentityCode (listName=nuts): BE100",
            "Line: 〔address〕",
            "IdentificationCode: BEL",
        ],
    ),
    (
        """Organization
  NaturalPersonIndicator: true
  Company
    PartyIdentification
      ID (schemeName=organization): ORG-0002
    PartyName
      Name: Μαρία Παπαδοπούλου
    PostalAddress
      StreetName: Ερμού 1
      CityName: Αθήνα
    PartyLegalEntity
      CompanyID: 123456789""",
        [
            "ID (schemeName=organization): ORG-0002",
            "Name: 〔person〕",
            "StreetName: 〔address〕",
            "CityName: Αθήνα",
            "CompanyID: 〔id_number〕",
        ],
    ),
    (
        """Organization
  NaturalPersonIndicator: true
  Company
    PartyName
      Name: The Best App Ltd.
    PartyLegalEntity
      CompanyID: 123456789""",
        ["Name: The Best App Ltd.", "CompanyID: 123456789"],
    ),
    (
        """Organization
  NaturalPersonIndicator: false
  Company
    PartyName
      Name: Nowak Monitoring
    PartyLegalEntity
      CompanyID: 5250001009""",
        ["Name: Nowak Monitoring", "CompanyID: 5250001009"],
    ),
    (  # a buyer that is its own contact, and a company named like its contact
        """TED_EXPORT
  A
    OFFICIALNAME: Gemeinde Musterdorf
    CONTACT_POINT: Gemeinde Musterdorf
  B
    OFFICIALNAME: Max Weber Kameras
    CONTACT_POINT: Max Weber
    P: Von Max Weber Kameras geliefert
  C
    CONTACT_POINT: Info
    P: Info desk""",
        [
            "OFFICIALNAME: Gemeinde Musterdorf",
            "CONTACT_POINT: Gemeinde Musterdorf",
            "OFFICIALNAME: Max Weber Kameras",
            "CONTACT_POINT: 〔person〕",
            "P: Von Max Weber Kameras geliefert",
            "P: Info desk",
        ],
    ),
    (
        """JURY
  MEMBER_NAME: Dr. Ana Horvat
  CRITERIA
    TechnicalCommitteePerson
      FamilyName: Ana Horvat""",
        ["MEMBER_NAME: 〔person〕", "FamilyName: 〔person〕"],
    ),
    (  # numbers, codes and addresses of pages are not phones
        """A
  ID (schemeName=notice-id): 4805c409-5939-4021-8923-837701234567
  NO_DOC_OJS: 2019/S 001-000001
  NOTICE_NUMBER_OJ: 2019/S 001-000001
  IssueDate: 2023-04-23+01:00
  IssueTime: 21:00:00+01:00
  PayableAmount (currencyID=EUR): 4930123456
  URI: https://example.org/030-1234567
  REFERENCE_NUMBER: 0301234567
  CPV_CODE (CODE=32323500)""",
        [],
    ),
    (  # a part of a body is no person
        """A
  CONTACT_POINT: Greffe du Tribunal administratif de Lyon
  CONTACT_POINT: Ufficio Approvvigionamenti
  CONTACT_POINT: Τμήμα Προμηθειών
  CONTACT_POINT: Wydział Zamówień Publicznych
  CONTACT_POINT: Helpdesk""",
        [
            "CONTACT_POINT: Greffe du Tribunal administratif de Lyon",
            "CONTACT_POINT: Ufficio Approvvigionamenti",
            "CONTACT_POINT: Τμήμα Προμηθειών",
            "CONTACT_POINT: Wydział Zamówień Publicznych",
            "CONTACT_POINT: Helpdesk",
        ],
    ),
    (  # prose of several languages
        """ProcurementProject
  Note (languageID=ENG): Freephone: 0345010 3503 or call us
  Note (languageID=ELL): Τηλ. 210 0000000, Φαξ: 210 0000001
  Note (languageID=LAV): Tālr.: 67123456
  Note (languageID=POL): W sprawach technicznych: tel. 22 123 45 67""",
        [
            "Note (languageID=ENG): Freephone: 〔phone〕 or call us",
            "Note (languageID=ELL): Τηλ. 〔phone〕, Φαξ: 〔phone〕",
            "Note (languageID=LAV): Tālr.: 〔phone〕",
            "Note (languageID=POL): W sprawach technicznych: tel. 〔phone〕",
        ],
    ),
    (  # mail where a code should be, and in an attribute
        """A
  EndpointID: buyer@example.org
  URI
    @note: write to a.b@example.org""",
        ["EndpointID: 〔email〕", "@note: write to 〔email〕"],
    ),
]


@pytest.mark.parametrize(("text", "lines"), CASES)
def test_outline(text: str, lines: list[str]) -> None:
    page = mask(text)
    found = [line.strip() for line in page.text.splitlines()]
    assert [line for line in lines if line not in found] == []
    before, after = read(text), read(page.text)
    assert before is not None
    assert after is not None
    assert [e.name for e in before.each()] == [e.name for e in after.each()]
    if not lines:
        assert page.text == text
    for name in ("Mustermann", "Kowalski", "García", "Dupont", "Παπαδοπούλου", "Horvat"):
        assert name not in page.text
    for span in page.masked:
        assert page.text[span.start : span.end] == f"〔{span.kind}〕"


def test_many_names_take_linear_time() -> None:
    letters = [chr(97 + n // 100) + chr(97 + n // 10 % 10) + chr(97 + n % 10) for n in range(2_000)]
    people = "\n".join(f"  ATTENTION: Ada V{word}" for word in letters)
    bodies = "\n".join(f"  OFFICIALNAME: Body {n} of Town" for n in range(2_000))
    page = mask(f"A\n{people}\n{bodies}")
    assert len(page.masked) == 2_000
    assert page.text.endswith("OFFICIALNAME: Body 1999 of Town")
