"""The reading room: a local web face of a case, for one person at one machine.

It takes a request, calls what stands below, and shows the answer; it decides nothing. Layout:

* ``app`` puts it together, ``gate`` and ``door`` decide who may come in, ``room`` is the case that
  is read, ``shown`` and ``languages`` make pages, ``failures`` says what went wrong,
  ``upload`` takes files in, ``runs`` reads them apart, ``streaming`` sends downloads;
* ``pages`` has one module a page, each with a router, all listed in ``pages.PAGES``;
* ``templates``, ``static`` and ``strings`` hold the pages' markup, their one style sheet and
  script, and the words of the interface in each language.
"""

from sousveil.web.app import create_app
from sousveil.web.door import Door
from sousveil.web.room import Reading, Room

__all__ = ["Door", "Reading", "Room", "create_app"]
