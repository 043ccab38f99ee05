"""Text hashes and sketches."""

import random

from hypothesis import given
from hypothesis import strategies as st

from sousveil.resolve import sketch, text_hash

_RANDOM = random.Random(5)
SENTENCES = [
    f"第{number}条 " + "".join(chr(0x4E00 + _RANDOM.randrange(3000)) for _ in range(30)) + "。"
    for number in range(60)
]
LONG = "\n".join(SENTENCES)


def distance(left: str, right: str) -> int:
    return (sketch(left) ^ sketch(right)).bit_count()


@given(st.text(max_size=60))
def test_shapes(text: str) -> None:
    assert 0 <= sketch(text) < 2**64
    assert len(text_hash(text)) == 32
    assert sketch(text) == sketch(text)


def test_script_width_and_space_do_not_count() -> None:
    assert text_hash("視頻監控（ＡＢＣ）") == text_hash("视频 监控\n(abc)")
    assert sketch("視頻監控（ＡＢＣ）系统") == sketch("视频 监控\n(abc)系统")
    assert text_hash("甲") != text_hash("乙")
    assert sketch("") == 0


def test_near_copies_are_near_and_others_are_not() -> None:
    assert distance(LONG, LONG.replace("第7条", "第七条")) <= 3
    assert distance(LONG, LONG + "上一篇 下一篇") <= 3
    assert distance(LONG, "\n".join(SENTENCES[:20])) > 3
    assert distance(LONG, "完全不同的内容，关于食堂餐饮服务的采购需求" * 5) > 10
