"""The folder beside a saved page is known by the page that stands beside it."""

import pytest

from sousveil.case.saved import kept_beside


@pytest.mark.parametrize(
    ("page", "folder"),
    [
        ("公告.html", "公告_files"),
        ("公告.htm", "公告.files"),
        ("Notice.HTML", "Notice_Dateien"),
        ("Notice.html", "Notice-Dateien"),
        ("avis.html", "avis_fichiers"),
        ("show.php", "show_files"),
        ("a.b.html", "a.b_files"),
    ],
)
def test_folders_of_many_languages(page: str, folder: str) -> None:
    found = kept_beside([f"x/{page}", f"x/{folder}/a.js", f"x/{folder}/b/c.png", "x/d.html"])
    assert found == {f"x/{folder}/a.js": f"x/{page}", f"x/{folder}/b/c.png": f"x/{page}"}


def test_a_folder_without_its_page_is_a_folder() -> None:
    assert kept_beside(["公告_files/a.pdf", "other/公告.html", "合同/公告.html/a.txt"]) == {}


def test_inside_archives_too_and_the_innermost_page_counts() -> None:
    paths = ["a.zip!/公告.html", "a.zip!/公告_files/f.html", "a.zip!/公告_files/f_files/x.css"]
    assert kept_beside(paths) == {paths[1]: paths[0], paths[2]: paths[1]}
