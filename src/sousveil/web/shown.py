"""How pages are made of templates: everything is escaped, and steering characters are shown.

The environment does so for every value, not the templates: none can be forgotten.
"""

import hashlib
from functools import cache, partial
from importlib import resources
from typing import cast

import jinja2
from fastapi import Request
from starlette.responses import HTMLResponse

from sousveil import __version__
from sousveil.text.controls import on_page
from sousveil.web import labels, languages, sayings
from sousveil.web.door import Door

LONGEST = 300
"""Characters of a field that are shown in a list."""


def language_of(request: Request) -> str:
    """The language that a request is answered in."""
    return languages.chosen(
        request.query_params.get("lang", ""),
        request.cookies.get(languages.COOKIE, ""),
        request.headers.get("accept-language", ""),
    )


def page(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page of the room in the language of the request.

    Templates find ``t`` (texts by name), ``csrf`` (for forms), ``here`` (the path), ``named``
    (names of values, ``labels.named``), ``in_words`` (sentences of claims), ``code_name`` and
    ``label_in`` (of the case's taxonomy) and ``country`` beside the values.
    """
    asked = request.query_params.get("lang", "")
    language = language_of(request)
    door = cast(Door, request.app.state.door)
    content = (
        _environment()
        .get_template(template)
        .render(
            t=partial(languages.text, language),
            named=partial(labels.named, language=language),
            in_words=partial(sayings.told, language=language),
            code_name=partial(_code_name, request, language),
            label_in=partial(_label_in, request, language),
            country=partial(labels.country_label, language=language),
            language=language,
            languages=_others(request, language),
            csrf=door.csrf,
            here=request.url.path,
            nav=request.app.state.nav,
            case_name=request.app.state.room.name,
            **values,
        )
    )
    response = HTMLResponse(content, status)
    if asked in languages.LANGUAGES:
        response.set_cookie(
            languages.COOKIE, asked, max_age=31_536_000, httponly=True, samesite="strict"
        )
    return response


def prepare() -> None:
    """Compile all templates before they are asked for."""
    environment = _environment()
    for name in environment.list_templates():
        environment.get_template(name)


def _code_name(request: Request, language: str, code: str) -> str:
    taxonomy = request.app.state.room.reading().taxonomy
    return labels.code_label(code, language, taxonomy)


def _label_in(request: Request, language: str, name: str) -> str:
    return labels.label_in(name, language, request.app.state.room.reading().taxonomy)


def _others(request: Request, language: str) -> list[tuple[str, str, str]]:
    """(tag, name, address of this page in it) of the other languages."""
    here = request.url.include_query_params
    found = []
    for tag, name in languages.LANGUAGES.items():
        if tag != language:
            address = here(lang=tag)
            found.append((tag, name, f"{address.path}?{address.query}"))
    return found


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("sousveil.web"),
        autoescape=True,
        finalize=on_page,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["number"] = number
    environment.filters["short"] = short
    environment.filters["told_in"] = sayings.told
    environment.filters["wrong_in"] = sayings.wrong
    environment.globals["static"] = static_address
    environment.globals["version"] = __version__
    return environment


def number(value: object) -> str:
    """A number in whole units, thousands apart."""
    return f"{value:,.0f}"


def short(text: str, most: int = LONGEST) -> str:
    """A text of a record for a list: cut where it is overlong."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


@cache
def static_address(name: str) -> str:
    """The address of a file of ``static``, new with every change of it, so it may be kept."""
    content = resources.files("sousveil.web").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"
