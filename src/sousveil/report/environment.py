"""How HTML pages are made of templates: whatever a document wrote is escaped and made visible.

The environment does so itself for every value, not the templates: none can be forgotten.
"""

import jinja2

from sousveil.text.markdown import one_line


def html_environment() -> jinja2.Environment:
    """An environment for the templates of this package; ``style.css.j2`` among them."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("sousveil.report"),
        autoescape=True,
        finalize=_shown,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["number"] = number
    environment.filters["plural"] = plural
    return environment


def plural(count: int, one: str, many: str = "") -> str:
    """The word that fits a count."""
    return one if count == 1 else many or f"{one}s"


def number(value: object) -> str:
    """A number in whole units, thousands apart."""
    return f"{value:,.0f}"


def _shown(value: object) -> object:
    return one_line(value) if type(value) is str else value
