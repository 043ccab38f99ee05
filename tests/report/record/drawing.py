"""Pages with persons on them, and what a recogniser reads of a picture."""

import io
from pathlib import Path

import msgspec
import numpy as np
import PIL.Image

from sousveil.extract.masking import mask_page
from sousveil.model import Document, ParsedPage, Provenance
from sousveil.parse import Content, Unread, parse_document, recognise
from sousveil.parse.ocr.lines import read_image
from sousveil.report.record.picture import Drawn, Task, Wanted, draw

LINES = (
    "示例市公安局人脸识别系统采购项目公开招标公告",
    "采购人：示例市公安局",
    "预算金额：84.6万元",
    "项目联系人：张三丰",
    "联系电话：13912345678",
    "身份证号：11010519491231002X",
    "提交投标文件截止时间：2020年3月24日9点30分",
)
PERSONAL = ("张三丰", "三丰", "13912345678", "12345678", "11010519491231002", "19491231")


def page_of(data: bytes, name: str, number: int = 1) -> ParsedPage:
    """A page as it is parsed, recognised where it has to be."""
    document = Document("0" * 64, len(data), (Provenance(name),))
    for item in parse_document(data, document):
        if isinstance(item, Unread) and item.number == number:
            (page,) = recognise(Content(data), document, [number])
            assert isinstance(page, ParsedPage)
            return page
        if isinstance(item, ParsedPage) and item.number == number:
            return item
    raise AssertionError


def task_of(
    page: ParsedPage,
    original: Path,
    wanted: Wanted = "picture",
    quotes: tuple[str, ...] = (),
) -> Task:
    """What is asked of a page; each quote is a span."""
    text = mask_page(page).text
    spans = tuple((n, at := text.index(q), at + len(q)) for n, q in enumerate(quotes))
    return Task(str(original), msgspec.msgpack.encode([page]), text, spans, wanted)


def drawn_of(
    data: bytes, folder: Path, name: str, wanted: Wanted = "picture", quotes: tuple[str, ...] = ()
) -> Drawn:
    """What comes of the first page of a file."""
    original = folder / name
    original.write_bytes(data)
    return draw(task_of(page_of(data, name), original, wanted, quotes))


def pixels(png: bytes) -> np.ndarray:
    """Height × width × 3, blue green red."""
    image = PIL.Image.open(io.BytesIO(png)).convert("RGB")
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])


def read(png: bytes) -> str:
    """What the recogniser reads of a picture, all spaces taken out."""
    return "".join(read_image(pixels(png))[0].split())
