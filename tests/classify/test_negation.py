"""What a notice takes out of its own purchase, in its own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.classify.negation import governing, negated
from sousveil.reference.lexicon import plain

TAKEN_OUT = [
    ("Works exclude CCTV, access control and ANPR barriers, which the client buys.", "anpr"),
    ("Video surveillance and plate recognition equipment are excluded.", "video surveillance"),
    ("Locks, doors and cctv are not included in this lot.", "cctv"),
    ("The cabins are supplied without facial recognition.", "facial recognition"),
    ("Sensors count vehicles; no plates or faces are recognized and stored.", "faces"),
    ("本次采购不包括视频监控、车牌识别及人脸识别。", "人脸识别"),
    ("门锁更换，视频监控另行采购。", "视频监控"),
    ("标书须注明是否涉及闭路电视移位。", "闭路电视"),
    ("Clôture et sols. Hors lot : caméras de vidéoprotection.", "videoprotection"),
    ("La vidéosurveillance et la lecture de plaques sont exclues.", "videosurveillance"),
    ("Videoüberwachung und Kennzeichenerkennung sind ausgeschlossen.", "videouberwachung"),
    ("Lieferung ohne Gesichtserkennung.", "gesichtserkennung"),
    ("No se incluyen videovigilancia ni lectores de placas.", "lectores de placas"),
    ("Não estão incluídas nem fazem parte: o videomonitoramento não está incluído.", "videomonit"),
    ("Видеонаблюдение и распознавание номеров не входят в состав работ.", "видеонаблюден"),
    ("الأعمال لا تشمل كاميرات المراقبة.", "كاميرات المراقب"),
    ("防犯カメラの設置は別途工事とし本工事に含まない。", "防犯カメラ"),
    ("놀이시설 교체. CCTV 설치는 제외한다.", "cctv"),
    ("Auswertung der Lokalpresse. Ausländische Medien nur auf Abruf.", "auslandische medien"),
    ("Lokalpresse. Ausländische Medien; nicht Bestandteil des Auftrags.", "auslandische medien"),
    ("La veille ne porte pas sur la presse étrangère.", "presse etrangere"),
    ("Clipping local. Imprensa internacional fora do escopo.", "imprensa internacional"),
    ("El reconocimiento facial queda; fuera del alcance del contrato.", "reconocimiento facial"),
    ("Foreign media are outside the scope.", "foreign media"),
    ("The cameras do not involve facial recognition.", "facial recognition"),
    ("Аналитика лиц. Распознавание лиц не применяется.", "распознавание лиц"),
    ("الكاميرات لا تستخدم التعرف على الوجوه.", "التعرف على الوجوه"),
    ("顔認証は用いない。", "顔認証"),
    ("외국인 계정은 쓰지 않는다.", "외국인"),
    ("本系统不采用人脸识别技术。", "人脸识别"),
]
KEPT = [
    ("Software including but not limited to facial recognition.", "facial recognition"),
    ("Not only cctv but also drones.", "cctv"),
    ("包括但不限于人脸识别、车牌识别。", "人脸识别"),
    ("消除盲区，新增视频监控点位。", "视频监控"),
    ("门禁不在采购范围内，安装视频监控。", "视频监控"),
    ("Câmeras no centro com reconhecimento facial.", "reconhecimento facial"),
    ("Nicht nur Videoüberwachung, sondern auch Kennzeichen.", "videouberwachung"),
    ("The price excludes VAT. Street cctv is wanted.", "cctv"),
    ("Lot no. 5 cctv cameras.", "cctv"),
    ("Automated rather than manual review, for social media monitoring.", "social media"),
    ("Не только видеонаблюдение.", "видеонаблюден"),
    ("مدة الحفظ لا تقل عن شهر لتسجيلات كاميرات المراقبة.", "كاميرات المراقبة"),
    ("Videoüberwachung; nicht Bestandteil sind Türen.", "videouberwachung"),
    ("불시에 멈추지 않는 영상 감시.", "영상 감시"),
    ("Caméras pour l'ordre public non seulement en ville : videoprotection.", "videoprotection"),
]


def taken_out(text: str, word: str) -> bool:
    folded = plain(text)
    start = folded.index(plain(word))
    return governing(negated(folded), start, start + len(word)) is not None


@pytest.mark.parametrize(("text", "word"), TAKEN_OUT)
def test_words_are_taken_out(text: str, word: str) -> None:
    assert taken_out(text, word)


@pytest.mark.parametrize(("text", "word"), KEPT)
def test_words_stay(text: str, word: str) -> None:
    assert not taken_out(text, word)


@given(
    st.text(
        alphabet="excluding not, 不含除外另行采购。.;\nсамнеohne hors لا تشمل別途제외", max_size=120
    )
)
def test_stretches_lie_within_the_text_and_hold_their_cue(text: str) -> None:
    folded = plain(text)
    for item in negated(folded):
        assert 0 <= item.start <= item.cue_start < item.cue_end <= len(folded)
        assert item.cue_start < item.end <= len(folded)
