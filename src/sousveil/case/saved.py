"""Which files lie in the folder that a browser keeps beside a page it saved."""

from collections.abc import Iterable

_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".jhtml", ".jsp", ".jspx", ".asp", ".aspx", ".php")

_ENDINGS = (
    "_files", ".files", "_archivos", "_arquivos", "_bestanden", "_bylos", "_datoteke", "_dosyalar",
    "_elemei", "_failid", "_fails", "_fajlovi", "_ficheiros", "_fichiers", "_file", "_fitxategiak",
    "_fitxers", "_pliki", "_soubory", "_tiedostot", "-dateien", "_dateien", "-filer", "_filer",
    "_файлы", "_文件", ".文件", "_檔案", ".檔案",
)  # fmt: skip
"""What a browser or Windows adds to the page's name, by language ("connected files")."""


def kept_beside(paths: Iterable[str]) -> dict[str, str]:
    """For each path in such a folder the path of its page; paths are relative, with ``/``.

    A folder is one only where its page stands beside it: ``a/公告_files/x.js`` beside
    ``a/公告.html``. Of folders within folders the innermost page counts.
    """
    given = list(paths)
    pages: dict[str, str] = {}  # the page's path in lower case without its ending → as written
    for path in given:
        stem, dot, ending = path.rpartition(".")
        if dot + ending.lower() in _PAGES:
            pages.setdefault(stem.lower(), path)
    found: dict[str, str] = {}
    for path in given:
        folder = path.rpartition("/")[0]
        while folder:
            page = _page(folder.lower(), pages)
            if page is not None:
                found[path] = page
                break
            folder = folder.rpartition("/")[0]
    return found


def _page(folder: str, pages: dict[str, str]) -> str | None:
    for ending in _ENDINGS:
        if folder.endswith(ending):
            page = pages.get(folder.removesuffix(ending))
            if page is not None:
                return page
    return None
