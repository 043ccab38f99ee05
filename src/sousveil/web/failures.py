"""Pages that say what was wrong: with no trace, and no words but our own."""

import sys
import traceback

import duckdb
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from sousveil.errors import CaseError, LockedError, SousveilError, UsageError
from sousveil.web.gate import guard
from sousveil.web.shown import page

_WORDS = {
    400: "failure.usage",
    403: "failure.form",
    404: "failure.absent",
    405: "failure.method",
    422: "failure.usage",
}


def add_handlers(app: FastAPI) -> None:
    """Let an app answer every error with a page."""
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _of_values)
    app.add_exception_handler(SousveilError, _of_ours)
    app.add_exception_handler(duckdb.IOException, _of_files)
    app.add_exception_handler(Exception, _unforeseen)


def _of_http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    response = page(
        request, "failure.html", status=status, words=_WORDS.get(status, "failure.other")
    )
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response


def _of_values(request: Request, error: Exception) -> Response:
    fields = []
    if isinstance(error, RequestValidationError):
        fields = sorted({str(each["loc"][-1]) for each in error.errors() if each["loc"]})
    return page(request, "failure.html", status=400, words="failure.values", fields=fields)


def _of_ours(request: Request, error: Exception) -> Response:
    match error:
        case LockedError():
            status = 409
        case UsageError():
            status = 400
        case CaseError():
            status = 503
        case _:
            status = 500
    assert isinstance(error, SousveilError)
    return page(request, "failure.html", status=status, words="failure.ours", error=error)


def _of_files(request: Request, error: Exception) -> Response:
    """A shard is gone that the state named: 'sousveil rebuild' removes all before it writes."""
    return page(request, "failure.html", status=503, words="failure.rewritten")


def _unforeseen(request: Request, error: Exception) -> Response:
    """What nobody foresaw: told on the terminal by its place in the program, never by its words,
    which may be a document's. The answer does not come by the gate."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    told = f"sousveil: {type(error).__name__} in {place.filename}:{place.lineno}"
    print(told, file=sys.stderr)  # noqa: T201  # the one line a log gets
    response = page(request, "failure.html", status=500, words="failure.unforeseen")
    guard(response.headers)
    return response
