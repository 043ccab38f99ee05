"""Names of two things, and one name with more words, fewer words or a slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.resolve.wording import says_another


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("路口监控摄像机402", "路口监控摄像机403"),
        ("surveillance cameras 402", "surveillance cameras 404"),
        ("surveillance cameras", "surveillance cameras 404"),
        ("surveillance cameras 402", "surveillance cameras 204"),
        ("智能卡口二", "智能卡口三"),
        ("一年级教室监控", "二年级教室监控"),
        ("城东区域人脸抓拍点位", "城西区域人脸抓拍点位"),
        ("北门人脸识别门禁", "南门人脸识别门禁"),
        ("图书馆3层门禁", "图书馆4层门禁"),
        ("移动取证设备甲型", "移动取证设备乙型"),
        ("警务云a系统", "警务云b系统"),
        ("人像比对系统", "车辆识别系统"),
        ("兴隆镇综治视联网", "永丰镇综治视联网"),
        ("门诊楼安防监控", "住院楼安防监控"),
        ("雪亮工程建设", "雪亮工程建设监理"),
        ("视频会议系统建设", "视频会议系统建设运维服务"),
        ("平台建设", "平台建设等保测评"),
        ("construcción del centro c4", "interventoría a la construcción del centro c4"),
        ("camera network", "camera network maintenance"),
        ("body cameras first batch", "body cameras second batch"),
        ("cctv upgrade north depot", "cctv upgrade south depot"),
        ("cctv upgrade ward iii", "cctv upgrade ward iv"),
        ("downtown camera network", "riverside camera network"),
        ("videovigilancia para el municipio de el roble", "videovigilancia municipio la cruz"),
    ],
)
def test_two_things(left: str, right: str) -> None:
    assert says_another(left, right)
    assert says_another(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("视频监控平台建设", "视频监控平台建设与运维"),
        ("智慧安防小区视频监控平台建设", "智慧安防小区视频监控平建设台"),
        ("新院区建设项目智能化", "项新院区建设目智能化"),
        ("公共安全视频图像信息平台", "公共安全视屏图像信息平台"),
        ("涉案财物智能管理", "涉案财务智能管理"),
        ("监控系统", "监控系统20台"),
        ("监控系统采购项目", "监控系统建设工程"),
        ("手术室更衣区改造", "配合手术室更衣区"),
        ("body worn video solution", "bodyworn video"),
        ("traffic camera", "traffic cameras"),
        ("surveillance radar", "survelliance radar"),
        ("cctv and its maintenance", "cctv"),
        ("aquisição de câmeras de videovigilância", "aquisicao de câmeras videovigilancia"),
        ("adquisición de cámaras", "suministro de cámaras"),
        ("obra y servicio de cámaras", "obra servicio cámaras"),
        ("系统升级决算审计330100202402", "系统升级决算审计"),
    ],
)
def test_one_thing(left: str, right: str) -> None:
    assert not says_another(left, right)
    assert not says_another(right, left)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_either_way_round(left: str, right: str) -> None:
    assert not says_another(left, left)
    assert says_another(left, right) in (True, False)


@pytest.mark.parametrize("attack", ["1", "第", "a ", "二", "与监理", "第一"])
def test_long_names_take_no_time(attack: str) -> None:
    says_another(attack * (300 // len(attack)), attack[::-1] * (290 // len(attack)))
