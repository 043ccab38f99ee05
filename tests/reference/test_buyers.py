"""Kinds of buyers by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.reference.buyers import BUYER_TYPES, buyer_type

NAMES = [
    ("昌吉州公安局", "police"),
    ("中国刑事警察学院", "police"),
    ("臺北市政府警察局", "police"),
    ("市公安局交通警察支队", "police"),
    ("公安县教育局", "education"),
    ("某市国家安全局", "state_security"),
    ("法務部調查局", "state_security"),
    ("北京市第一中级人民法院", "justice"),
    ("山东省监狱管理局", "justice"),
    ("香港懲教署", "justice"),
    ("市委政法委", "political_legal_committee"),
    ("福州市委宣传部", "propaganda"),
    ("自治区网信办", "cyberspace_administration"),
    ("吕梁日报社", "state_media"),
    ("县融媒体中心", "state_media"),
    ("武警某总队", "military"),
    ("外交部", "foreign_affairs"),
    ("省委统战部", "united_front"),
    ("民族宗教事务局", "religious_affairs"),
    ("乌鲁木齐海关", "customs_border"),
    ("移民署", "customs_border"),
    ("國立成功大學", "education"),
    ("柳林县第一人民医院", "health"),
    ("北京大学深圳医院", "health"),
    ("深圳市交通运输局", "transport"),
    ("国家税务总局银川市税务局", "tax"),
    ("街道办事处", "local_government"),
    ("高新区管委会", "local_government"),
    ("某某集团有限公司", "state_enterprise"),
    ("經濟部", "other"),
    ("Chicago Police Department", "police"),
    ("Harris County Sheriff's Office", "police"),
    ("Policía Nacional", "police"),
    ("Bundespolizeipräsidium", "police"),
    ("Préfecture de police de Paris", "police"),
    ("Ministère de l'Intérieur", "police"),
    ("УМВД России по Томской области", "police"),
    ("U.S. Customs and Border Protection", "customs_border"),
    ("Immigration and Customs Enforcement", "customs_border"),
    ("ФСИН России", "justice"),
    ("County Superior Court", "justice"),
    ("Ayuntamiento de Sevilla", "local_government"),
    ("Администрация города Томска", "local_government"),
    ("Gemeente Amsterdam", "local_government"),
    ("University of Texas", "education"),
    ("ГБУЗ Городская больница", "health"),
    ("Department of State", "foreign_affairs"),
    ("Internal Revenue Service", "tax"),
    ("Transport for London", "transport"),
]


@pytest.mark.parametrize(("name", "code"), NAMES)
def test_a_name_gives_its_kind(name: str, code: str) -> None:
    assert buyer_type(name) == code


@pytest.mark.parametrize("name", ["市局", "县局", "分局", "本中心", ""])
def test_an_abbreviation_alone_gives_none(name: str) -> None:
    assert buyer_type(name) is None


@given(st.text(max_size=40))
def test_any_name_gives_a_known_code_or_none(name: str) -> None:
    assert buyer_type(name) in (*BUYER_TYPES, None)
