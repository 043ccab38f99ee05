import pytest

from sousveil.errors import UsageError
from sousveil.pipeline.unmasking import MOST_REASON, reason_of


def test_a_reason_is_kept_on_one_line_without_persons_that_are_recognised() -> None:
    assert (
        reason_of(" compare\n 联系人：王小明, the  buyer ")
        == "compare 联系人：〔person〕, the buyer"
    )
    assert "〔phone〕" in reason_of("is 电话：13912345678 the company's?")


@pytest.mark.parametrize(
    "written", ["", "   ", "because", "aaaaaaaaaaaaaaaa", "x y " * MOST_REASON]
)
def test_what_says_nothing_is_no_reason(written: str) -> None:
    with pytest.raises(UsageError):
        reason_of(written)


def test_a_reason_may_be_in_chinese() -> None:
    assert reason_of("需要核对中标供应商的名称") == "需要核对中标供应商的名称"
