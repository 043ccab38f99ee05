import pytest

from sousveil.extract.masking import mask_text


@pytest.mark.parametrize("name", ["苌鸣谦", "揣云飞", "居麦尔", "招詠琛", "降晓东"])
@pytest.mark.parametrize("label", ["联系方式：", "联系人:", "查詢：", "电话："])
def test_any_surname_between_label_and_phone_is_masked(label: str, name: str) -> None:
    assert name not in mask_text(f"{label}{name}  0371-55660011")


@pytest.mark.parametrize("office", ["采购科", "招标办", "办公室", "信息中心", "人事处", "客服热线"])
def test_offices_stay(office: str) -> None:
    assert office in mask_text(f"联系方式：{office} 0371-55660011")


PHONES = ["（0991）4501214", "(0991)4501214", "(0991) 4501214", "0991-4501214", "13812345678",
          "+86 13812345678", "（+86）13812345678"]  # fmt: skip


@pytest.mark.parametrize("phone", PHONES)
@pytest.mark.parametrize("colon", ["：", ":", "： "])
@pytest.mark.parametrize("name", ["李子", "张伟", "王府", "高原", "苌梅", "欧阳锋"])
@pytest.mark.parametrize(
    "label", ["联系方式：", "联系人：", "经办人：", "电话：", "项目负责人：", "联系人\n"]
)
def test_a_name_with_a_colon_before_the_phone_is_masked(
    label: str, name: str, colon: str, phone: str
) -> None:
    masked = mask_text(f"{label}{name}{colon}{phone}")
    assert name not in masked
    assert "4501214" not in masked
    assert "12345678" not in masked


@pytest.mark.parametrize("phone", PHONES)
def test_a_list_goes_on_behind_phones(phone: str) -> None:
    masked = mask_text(f"联系人：李子：{phone}、武艺：{phone}")
    assert masked.count("〔person〕") == 2
    assert "武艺" not in masked


@pytest.mark.parametrize("phone", [*PHONES, "+86-13812345678", "(02) 2345-6789"])
@pytest.mark.parametrize("names", ["苌梅、武艺", "李子、张伟", "武艺，苌梅"])
def test_a_list_of_names_ends_at_the_phone(names: str, phone: str) -> None:
    """Behind 联系方式 a list was read as names before 138…, and not before +86 138…."""
    masked = mask_text(f"联系方式：{names} {phone}")
    assert masked.count("〔person〕") == 2


@pytest.mark.parametrize(
    "line",
    ["项目负责人：安排：（1）具有证书；（2）在岗", "联系方式：办公：（0991）4501214",
     "联系方式：夜间：0991-4501214", "联系方式：采购科：（0991）4501214",
     "项目经理：程序：(2)见附件", "经办人：方案：（1）编制"],
)  # fmt: skip
def test_labels_and_times_before_a_colon_stay(line: str) -> None:
    assert "〔person〕" not in mask_text(line)
