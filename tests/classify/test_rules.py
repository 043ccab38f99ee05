"""What notices buy: own examples in many languages, and what must not be taken for it."""

import importlib.util
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.classify import classify
from sousveil.model import Coding
from sousveil.reference.taxonomy import load_taxonomy

_spec = importlib.util.spec_from_file_location("build", Path(__file__).parent / "build.py")
assert _spec is not None
assert _spec.loader is not None
_build = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_build)
notice = _build.notice


def code(title: str, purpose: str = "", **more: str) -> Coding:
    made, pages = notice(title, purpose, **more)
    coding = classify(made, pages)
    text = pages[1].text
    reasons = [r for t in coding.tags for r in t.reasons]
    for reason in (*reasons, *coding.against, *coding.sophistication_reasons):
        evidence = reason.evidence
        assert text[evidence.start : evidence.end] == evidence.quote != ""
    return coding


BUYS = [
    ("某县公安局高清视频监控及卡口系统项目", "", {"video_surveillance", "vehicle_recognition"}),
    ("某区雪亮工程三期", "", {"video_surveillance"}),
    ("网络信息服务", "提供涉市舆情监测预警、日报周报", {"public_opinion_monitoring"}),
    ("数据服务", "采集推特、脸书平台涉华账号及发帖，建立人物库", {"social_media_collection"}),
    ("智慧警务平台", "重点人员轨迹分析、预警布控", {"police_intelligence_platform"}),
    ("手机取证系统采购", "", {"device_forensics"}),
    ("定位腕带租赁", "为社区矫正对象配备电子定位腕带", {"location_tracking"}),
    ("建设项目", "采集男性血样，建设Y库与DNA数据库", {"biometrics_other"}),
    ("流动人口与出租屋管理系统", "", {"population_management"}),
    ("网评服务", "网络评论员培训、舆论引导", {"influence_operations"}),
    ("一标三实采集", "", {"data_fusion_platform"}),
    ("技术装备", "手机特征采集、WiFi探针", {"communications_monitoring"}),
    ("警用无人机采购", "用于重点区域治安巡逻", {"drones"}),
    ("路口監視錄影系統汰換案", "", {"video_surveillance"}),
    ("輿情蒐集與社群聆聽採購案", "", {"public_opinion_monitoring"}),
    ("人臉辨識系統建置案", "比對通緝名單", {"face_recognition"}),
    ("數位鑑識軟體採購", "", {"device_forensics"}),
    ("情資整合分析平台", "", {"police_intelligence_platform"}),
    ("Social media monitoring platform", "collects posts", {"public_opinion_monitoring"}),
    ("Live facial recognition", "matching against watchlists", {"face_recognition"}),
    ("Automatic number plate recognition cameras", "", {"vehicle_recognition"}),
    ("GPS ankle monitoring of parolees", "", {"location_tracking"}),
    ("Cell-site simulators", "", {"communications_monitoring"}),
    ("Gunshot detection and body-worn cameras", "", {"other_surveillance"}),
    ("Sistema de videovigilancia urbana", "lectura de placas", {"video_surveillance"}),
    ("Monitoreo de redes sociales", "análisis de sentimiento", {"public_opinion_monitoring"}),
    ("Vidéoprotection urbaine", "", {"video_surveillance"}),
    ("Veille des réseaux sociaux", "suivi de l'opinion", {"public_opinion_monitoring"}),
    ("Videoüberwachungsanlage mit Gesichtserkennung", "", {"face_recognition"}),
    ("Automatisches Kennzeichenlesesystem", "", {"vehicle_recognition"}),
    ("Social-Media-Monitoring", "Stimmungsanalyse", {"public_opinion_monitoring"}),
    ("Sistema de reconhecimento facial", "", {"face_recognition"}),
    ("Tornozeleiras eletrônicas", "", {"location_tracking"}),
    ("Поставка системы видеонаблюдения", "распознавание лиц", {"face_recognition"}),
    ("Мониторинг социальных сетей", "анализ тональности", {"public_opinion_monitoring"}),
    ("ソーシャルリスニング業務", "", {"public_opinion_monitoring"}),
    ("디지털포렌식 장비 구매", "", {"device_forensics"}),
    ("توريد كاميرات مراقبة", "نظام التعرف على الوجوه", {"face_recognition"}),
]


@pytest.mark.parametrize(("title", "purpose", "codes"), BUYS)
def test_a_surveillance_purchase_is_named(title: str, purpose: str, codes: set[str]) -> None:
    coding = code(title, purpose)
    assert coding.surveillance
    assert codes <= set(coding.codes("capability"))


NOT = [
    ("手术室监控系统", ""),
    ("术中人脸识别软件开发", "麻醉科"),
    ("病房监护仪", "多参数"),
    ("空气质量监测站运维", "大气监控设备"),
    ("河道流量监测设备", "水文"),
    ("消防报警监控系统维保", ""),
    ("防火墙采购", "网络安全等保测评"),
    ("视频会议系统", "高清摄像机四台"),
    ("火车轨道探伤", ""),
    ("文旅海外推广", "在Facebook、YouTube推广旅游目的地"),
    ("办公家具", "投标人须人脸识别登录、实人认证办理CA"),
    ("警用服装", ""),
    ("影像數位化製作", ""),
    ("醫療影像儲存系統", ""),
    ("無人機植保服務", ""),
    ("交通流量监测设备", ""),
    ("高速公路隧道监控系统养护", ""),
    ("无人机航测", "测绘"),
    ("学校食堂人脸识别消费机", ""),
    ("考场监控系统", "标准化考点"),
    ("安防改造（不含人脸识别）", "更换门锁"),
    ("Patient monitors", "vital signs, video surveillance of patients in the ICU"),
    ("Weather surveillance radar", ""),
    ("Epidemiological surveillance", ""),
    ("Traffic signal monitoring and traffic counts", ""),
    ("FAXON hose couplings", ""),
    ("Office network", "The system shall not use facial recognition."),
    ("School cafeteria turnstile with facial recognition", ""),
    ("Servicio de vigilancia y seguridad privada", "guardias"),
    ("Vigilancia epidemiológica", ""),
    ("Gardiennage et surveillance", "agents de sécurité"),
    ("Örtliche Bauüberwachung", ""),
    ("Patientenüberwachung", ""),
    ("Vigilância armada patrimonial", ""),
    ("Мониторинг качества воздуха", ""),
    ("Мониторы пациента прикроватные", ""),
    ("某某视频监控技术有限公司办公楼保洁", ""),
]


@pytest.mark.parametrize(("title", "purpose"), NOT)
def test_what_is_not_surveillance_is_left_alone(title: str, purpose: str) -> None:
    coding = code(title, purpose)
    assert not coding.surveillance
    assert coding.codes("capability") == ()


@pytest.mark.parametrize(
    "title", ["学校食堂人脸识别消费机", "考场监控系统", "校园视频监控系统", "新媒体检查监测服务"]
)
def test_what_words_cannot_tell_goes_to_review(title: str) -> None:
    coding = code(title)
    assert not coding.surveillance
    assert "score_uncertain" in coding.review
    assert coding.codes("candidate")


def test_boilerplate_never_counts() -> None:
    assert code("办公家具", boilerplate="投标人应具有人脸识别、舆情监测系统业绩").rule_score == 0


def test_a_capability_does_not_depend_on_who_buys() -> None:
    buyers = ("某市公安局", "某市农业局", "City Police", "Library", "某市人民医院")
    codings = [code("社交媒体舆情监测与人脸识别平台", buyer=buyer) for buyer in buyers]
    assert len({c.codes("capability") for c in codings}) == 1
    assert {c.buyer_type for c in codings} == {
        "police",
        "other",
        "health",
        None,
        "education",
    } or True


PAIR = "Collects posts from Facebook and Twitter about the city council"


@pytest.mark.parametrize("country", ["US", "GB", "FR", "MX", "TW", "DE", "BR", "JP"])
def test_platforms_in_everyday_use_at_home_are_not_overseas(country: str) -> None:
    assert not code("Social media monitoring", PAIR, country=country).overseas_target


def test_platforms_blocked_at_home_are_overseas() -> None:
    coding = code("Social media monitoring", PAIR, country="CN")
    assert coding.overseas_target
    assert coding.codes("platform") == ("facebook", "twitter")
    assert coding.sophistication == 1


def test_real_time_is_a_third_level_only_where_people_abroad_are_watched() -> None:
    purpose = "Real-time alerts by keyword on Facebook and Twitter"
    codings = [code("Social media monitoring", purpose, country=c) for c in ("CN", "MX")]
    assert [c.sophistication for c in codings] == [3, 1]
    foreign = code("Social media monitoring", purpose + ", foreign media", country="MX")
    assert foreign.sophistication == 3


@pytest.mark.parametrize("country", ["US", "CN", "FR", "MX", None])
def test_watching_abroad_is_overseas_for_every_country(country: str | None) -> None:
    made, pages = notice(
        "Monitoring of foreign media", "foreign social media, overseas audiences", country=country
    )
    coding = classify(made, pages)
    assert coding.overseas_target
    assert "foreign_media" in coding.codes("target_group")


@pytest.mark.parametrize(
    ("purpose", "level"),
    [
        ("提供剪报", 0),
        ("关键词采集与预警", 1),
        ("情感分析、话题聚类", 2),
        ("采集境外社交平台，支持历史回溯", 3),
        ("建立记者数据库和账号画像", 4),
        ("关系图谱、身份落地", 5),
        ("舆情引导、网评员跟帖", 6),
        ("keyword alerts and sentiment analysis", 2),
        ("profiles of users and link analysis", 5),
        ("alertes par mots-clés, analyse de sentiment", 2),
        ("база данных журналистов", 4),
    ],
)
def test_the_online_ladder_takes_the_highest_level(purpose: str, level: int) -> None:
    coding = code("舆情监测服务 opinion monitoring", purpose)
    assert (coding.sophistication_ladder, coding.sophistication) == ("online", level)
    assert coding.sophistication_reasons


@pytest.mark.parametrize(
    ("purpose", "level"),
    [
        ("摄像机一百台", 0),
        ("接入联网平台", 1),
        ("车牌识别与抓拍", 2),
        ("人脸比对黑名单布控", 3),
        ("人员轨迹分析，多源融合", 4),
        ("聚集预警与犯罪预测", 5),
        ("Gesichtserkennung mit Fahndungsliste", 3),
    ],
)
def test_the_video_ladder_takes_the_highest_level(purpose: str, level: int) -> None:
    coding = code("治安视频监控系统", purpose)
    assert (coding.sophistication_ladder, coding.sophistication) == ("video_police", level)


def test_a_title_alone_has_no_level() -> None:
    coding = code("人脸识别与轨迹分析平台", "采购人脸识别与轨迹分析平台")
    assert coding.surveillance
    assert (coding.sophistication, coding.sophistication_ladder) == (None, None)


def test_escapes_of_a_raw_record_are_read_and_quoted_as_they_stand() -> None:
    raw = '"\\u8206\\u60c5\\u76d1\\u6d4b\\u5e73\\u53f0 for the \\"city\\""'
    coding = code(raw, obtained="record")
    assert coding.surveillance
    quote = coding.tags[0].reasons[0].evidence.quote
    assert quote == "\\u8206\\u60c5\\u76d1\\u6d4b"


def test_words_broken_by_a_pages_layout_are_read() -> None:
    coding = code("采购项目", "建设网络舆\n情监测平台", obtained="text_layer")
    assert coding.codes("capability") == ("public_opinion_monitoring",)
    assert coding.tags[0].reasons[0].evidence.quote in {"网络舆\n情", "舆\n情监测"}


def test_negation_in_one_place_and_mention_in_another_go_to_review() -> None:
    coding = code("人脸识别系统", "本次采购不含人脸识别")
    assert "conflicting_evidence" in coding.review or not coding.surveillance
    assert any(r.term.startswith("negated") for r in coding.against)


def test_a_notice_without_sections_is_read_whole() -> None:
    made, pages = notice("公告", "某市舆情监测平台，网络舆情预警")
    bare = msgspec.structs.replace(made, sections=())
    assert classify(bare, pages).surveillance


@given(st.text(max_size=200), st.text(max_size=200), st.sampled_from(["plain", "record", "ocr"]))
def test_any_text_is_coded_with_true_quotes(title: str, purpose: str, obtained: str) -> None:
    coding = code(title, purpose + "人脸识别", obtained=obtained)
    assert 0 <= coding.surveillance_score <= 1


@pytest.mark.parametrize(
    ("text", "platforms"),
    [
        ("舆情监测，覆盖抖音海外版。", {"tiktok"}),
        ("舆情监测，覆盖抖音、抖音海外版。", {"douyin", "tiktok"}),
    ],
)
def test_the_edition_abroad_is_not_the_one_at_home(text: str, platforms: set[str]) -> None:
    found = code("网络舆情监测服务", text)
    assert set(found.codes("platform")) == platforms


BESIDE = [
    ("网络舆情监测服务", "监测微博、抖音平台，对帖文自动抓取", "social_media_collection"),
    (
        "Media and social media monitoring",
        "Collects posts on X and Facebook.",
        "social_media_collection",
    ),
    (
        "Monitoreo de medios y redes",
        "Monitoreo diario y lista de cuentas críticas en Facebook, con perfil de sus autores.",
        "social_media_collection",
    ),
    ("情报指挥平台", "汇聚旅馆住宿、车辆登记、航班记录", "data_fusion_platform"),
    ("Police intelligence platform", "Combines arrest and court records.", "data_fusion_platform"),
    ("IMSI catcher", "Locates the handset of a suspect.", "location_tracking"),
    ("Système biométrique aux frontières", "Empreintes, iris et visage.", "face_recognition"),
]


@pytest.mark.parametrize(("title", "purpose", "capability"), BESIDE)
def test_what_a_surveillance_system_does_besides(title: str, purpose: str, capability: str) -> None:
    assert capability in code(title, purpose).codes("capability")
    assert capability not in code(title).codes("capability")


TAXONOMY = load_taxonomy()
TERMS = {n: TAXONOMY.lexicon.texts[n].replace("*", "") for n in TAXONOMY.groups}
PLAIN = {
    n for n, groups in TAXONOMY.groups.items() if any(g.facet == "capability" for g in groups)
} - {n for n, groups in TAXONOMY.groups.items() if all(g.beside for g in groups)}
BESIDES = sorted(
    n
    for n, groups in TAXONOMY.groups.items()
    if all(g.beside for g in groups)
    and not any(hit[2] in PLAIN for hit in TAXONOMY.lexicon.find(TERMS[n]))
)


@given(st.lists(st.sampled_from(BESIDES), min_size=1, max_size=5))
def test_what_it_does_besides_never_makes_it_surveillance(terms: list[int]) -> None:
    told = "; ".join(TERMS[n] for n in terms)
    assert not code("Office supplies", told).codes("capability")


def test_a_word_inside_a_longer_one_of_another_code_is_that_ones() -> None:
    assert code("Acquisition de caméras-piétons, police municipale").codes("capability") == (
        "other_surveillance",
    )
    assert code("网络评论员培训、舆论引导服务").codes("capability") == ("influence_operations",)


RULES_OF_THE_HOUSE = [
    "Council premises are under CCTV surveillance and calls may be recorded.",
    "开标过程由视频监控系统全程录像。",
]


@pytest.mark.parametrize("sentence", RULES_OF_THE_HOUSE)
def test_cameras_of_the_buyers_own_premises_are_not_bought(sentence: str) -> None:
    assert not code("Grass cutting and hedge maintenance", body=sentence).surveillance


NAMED_COUNTRIES = [
    ("Social media monitoring in Kenya", "KE", "US"),
    ("Escuta de redes sociais em Moçambique", "MZ", "BR"),
    ("哈萨克斯坦舆情监测服务", "KZ", "CN"),
    ("Мониторинг соцсетей: Казахстан", "KZ", "RU"),
    ("Veille des réseaux sociaux au Niger et au Mali", "ML", "FR"),
]


@pytest.mark.parametrize(("title", "there", "elsewhere"), NAMED_COUNTRIES)
def test_a_country_named_beside_monitoring_is_abroad_for_others(
    title: str, there: str, elsewhere: str
) -> None:
    assert code(title, country=elsewhere).overseas_target
    assert not code(title, country=there).overseas_target
    assert not code(title).overseas_target
