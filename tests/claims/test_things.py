"""Numbers beside a word: those that are taken, and those that are something else."""

import pytest

from sousveil.claims.things import numbers

CAMERAS = ("摄像机", "摄像头", "监控点", "人脸识别摄像机", "camera")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("安装治安监控摄像头86个", [86]),
        ("新增治安视频监控点150个，新增网络高清摄像机：240台", [150, 240]),
        ("安装300台人脸识别摄像机", [300]),
        ("摄像机 1,436 台", [1436]),
        ("摄像机１２台", [12]),
        ("摄像机\n400\n台", [400]),
        ("supply of 400 cameras and 20 Camera poles", [400, 20]),
        ("四类以上监控点建设：高清摄像机400台", [400]),
        ("摄像机2020年采购", []),
        ("摄像机12.5万元", []),
        ("摄像机占比30%", []),
        ("2.5 cameras", []),
        ("一批摄像机", []),
        ("", []),
    ],
)
def test_numbers_beside_words(text: str, found: list[int]) -> None:
    assert numbers(text, CAMERAS) == found


def test_words_are_no_patterns() -> None:
    assert numbers("cameraX 5, camera. 6", ("camera.",)) == [6]
