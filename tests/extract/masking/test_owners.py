"""Which names of owners may be natural persons'."""

import pytest

from sousveil.extract.masking.owners import may_be_person


@pytest.mark.parametrize(
    "name",
    [
        "王伟", "張偉", "欧阳建国", "买买提·艾力", "阿卜杜拉", "乌云其木格", "John Smith",
        "Natalie Coleman", "MARIA GARCIA LOPEZ", "Smith, John", "Иванов Иван Иванович", "김철수",
        "山田太郎", "Mohammed bin Salman al Saud", "SMITH, JOHN A.", "GARCIA-LOPEZ, MARIA",
        "张三（个体工商户）", "个体工商户李四", "王五等3名自然人", "趙六及其一致行動人",
        "好又多便利店（個體戶）", "Жеке кәсіпкер Асқар",
        "ИП Иванов Иван Иванович", "ФОП Петренко Олена", "Ann Example, sole trader",
        "Bob Sample (individual)", "Müller Elektronik e.K.", "محمد علي", "דוד כהן", "สมชาย ใจดี",
        "राम कुमार",
        "JOHN A SMITH", "राहुल कुमार", "ประยุทธ์ จันทร์โอชา", "יוסי כהן",
        "王伟（个体工商户）", "Estate of John Smith",
    ],
)  # fmt: skip
def test_persons(name: str) -> None:
    assert may_be_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "", "华为", "阿里巴巴集团", "中国电子科技集团", "杭州海康威视", "新疆维吾尔自治区人民政府",
        "示例市公安局", "CHRINON LTD", "Siemens AG", "Thales SA", "Bank of China", "State Council",
        "Palantir Technologies", "Q Cyber Technologies", "NSO", "Example Holding plc",
        "示例投资有限公司及其一致行动人", "个人信息保护研究院", "شركة النور للتجارة", "חברת דוגמה",
        "บริษัท ตัวอย่าง จำกัด", "DELTA, INC.", "QUASAR INCORPORATED",
        "COMMERCE, DEPARTMENT OF", "BOEING COMPANY, THE",
    ],
)  # fmt: skip
def test_organisations(name: str) -> None:
    assert not may_be_person(name)


@pytest.mark.parametrize("name", ["腾讯", "海康威视", "Tencent", "Société Générale"])
def test_what_could_be_either_is_taken_for_a_person(name: str) -> None:
    assert may_be_person(name)
