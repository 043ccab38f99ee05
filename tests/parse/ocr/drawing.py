"""Pages drawn for the tests: text as pixels, in the fonts that charts need anyway."""

import io
from functools import cache
from pathlib import Path

import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont
import pytest

LINES = (
    "示例市公安局人脸识别系统采购项目公开招标公告",
    "项目编号：XJ-2020-017",
    "采购人：示例市公安局",
    "预算金额：84.6万元",
    "联系人：张三丰  电话：0991-1234567",
    "提交投标文件截止时间：2020年3月24日9点30分",
)
SIZE = (1240, 900)


@cache
def font(size: int = 32) -> PIL.ImageFont.FreeTypeFont:
    """Noto Sans CJK; a test that needs it is skipped where it is not installed."""
    found = sorted(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc"))
    if not found:
        pytest.skip("the font Noto Sans CJK is not installed")
    return PIL.ImageFont.truetype(str(found[0]), size, index=2)


def drawn(lines: tuple[str, ...] = LINES, *, size: tuple[int, int] = SIZE) -> PIL.Image.Image:
    """A page with a line every 90 pixels; a tab sets what follows 500 pixels further on."""
    image = PIL.Image.new("RGB", size, "white")
    pen = PIL.ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        for column, part in enumerate(line.split("\t")):
            pen.text((100 + 500 * column, 80 + 90 * row), part, fill="black", font=font())
    return image


def saved(image: PIL.Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def scanned_pdf(*pages: PIL.Image.Image) -> bytes:
    """A PDF of nothing but images, as scanners write it."""
    return saved(pages[0], "PDF", save_all=True, append_images=list(pages[1:]), resolution=150)
