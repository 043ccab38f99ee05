import pytest

from sousveil.extract.masking import mask_text


@pytest.mark.parametrize("name", ["苌鸣谦", "揣云飞", "居麦尔", "招詠琛", "降晓东"])
@pytest.mark.parametrize("label", ["联系方式：", "联系人:", "查詢：", "电话："])
def test_any_surname_between_label_and_phone_is_masked(label: str, name: str) -> None:
    assert name not in mask_text(f"{label}{name}  0371-55660011")


@pytest.mark.parametrize("office", ["采购科", "招标办", "办公室", "信息中心", "人事处", "客服热线"])
def test_offices_stay(office: str) -> None:
    assert office in mask_text(f"联系方式：{office} 0371-55660011")
