"""The measure of recognition counts what is wrong, and nothing that is right."""

import numpy as np
from benchmarks.accuracy_ocr import Character, Line, errors, placed, visible


def laid(text: str, left: float, middle: float) -> list[Character]:
    return [(left + 10 + 20 * at, middle, char) for at, char in enumerate(text)]


def line(text: str, left: float, middle: float) -> Line:
    return (left, left + 20 * len(text), middle - 10, middle + 10, text)


def test_what_is_right_has_no_error_whatever_the_order_of_lines() -> None:
    truth = [*laid("采购人", 0, 50), *laid("示例市", 200, 62), *laid("公安局", 200, 90)]
    lines = [line("公安局", 200, 90), line("示例市", 200, 62), line("采购人", 0, 50)]
    assert errors(truth, lines) == (0, 0)


def test_each_kind_of_error_counts() -> None:
    truth = laid("预算金额", 0, 50)
    assert errors(truth, [line("预算全额", 0, 50)]) == (1, 0)
    assert errors(truth, [line("预算金", 0, 50)]) == (1, 0)
    assert errors(truth, [line("预算金额额", 0, 50)]) == (1, 0)
    assert errors(truth, []) == (4, 0)
    assert errors(truth, [line("预算金额", 0, 90)]) == (4, 4)
    assert errors(truth, [line("预算金额", 300, 50)]) == (4, 4)


def test_two_lines_read_as_one_are_wrong() -> None:
    truth = [*laid("采购人甲", 0, 40), *laid("预算金额", 0, 60)]
    merged: Line = (0, 80, 30, 70, "采购人甲")
    assert errors(truth, [merged])[0] >= 4


def test_white_space_alone_is_no_character() -> None:
    assert visible("日期：__ 年\t_月") == "日期：__年_月"
    assert visible("第一章 ........ 12") == "第一章........12"


def test_lines_are_led_back_to_the_upright_page() -> None:
    back = np.array([[-1.0, 0.0, 100], [0.0, -1.0, 50]])  # it was on its head
    corners = np.array([[90, 45], [10, 45], [10, 25], [90, 25]])
    assert placed(corners, back, "字") == (10, 90, 5, 25, "字")
