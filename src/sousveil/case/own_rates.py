"""Rates of exchange that a person has put into the case, beside those shipped."""

from sousveil.case.folder import Case
from sousveil.errors import UsageError
from sousveil.reference.rates import read_rates

NAME = "rates.csv"


def own_rates(case: Case) -> str:
    """The case's rates.csv as it stands, "" where there is none.

    Raises UsageError, naming the line, for one that cannot be used.
    """
    path = case.root / NAME
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{NAME} of the case cannot be read.", "Save it as UTF-8.") from error
    read_rates(text)
    return text
