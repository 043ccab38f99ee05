"""Rules of platforms that a person has put into the case, before those shipped."""

from sousveil.case.folder import Case
from sousveil.reference.platform_rules import (
    FILE,
    PlatformRules,
    load_platform_rules,
    read_platform_rules,
)
from sousveil.reference.taxonomy import Taxonomy


def platform_rules_of(case: Case, taxonomy: Taxonomy) -> PlatformRules:
    """The rules in use: the case's own table outranks the shipped one platform by platform.

    ``taxonomy`` is the case's: its platforms are those that a table may name. Raises UsageError,
    naming file and entry, for a table that cannot be used.
    """
    shipped = load_platform_rules()
    if not (case.root / FILE).exists():
        return shipped
    platforms = {code.id for code in taxonomy.facet("platform")}
    return shipped.under(read_platform_rules(case.root, platforms))
