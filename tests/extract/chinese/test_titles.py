"""A title that its own page names, though it looks like a label and its value."""

import pytest

from sousveil.extract.chinese import EXTRACTOR
from sousveil.model import Page


@pytest.mark.parametrize(
    "title",
    [
        "公開招標：為出入境口岸供應及安裝人面識別自助過關通道招標公告",
        "公开招标：为出入境口岸供应及安装人脸识别自助过关通道招标公告",
    ],
)
def test_a_title_that_begins_with_the_method(title: str) -> None:
    text = f"{title}\n標案名稱：{title[:-4]}\n機關名稱：出入境事務管理廳\n公告日期：115/03/12\n"
    page = Page("0" * 64, 1, text, "markup", "text/html", title=title)
    assert EXTRACTOR.accepts([page]) >= 0.5
    (notice,) = EXTRACTOR.extract([page])
    assert notice.title is not None
    assert notice.title.value == title
    assert notice.notice_type == "tender"
