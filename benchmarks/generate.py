"""Illustrative records in any number, for benchmarks: no two alike, nothing copied."""

import json
import random
from collections.abc import Iterator

PLACES = ("青溪县", "南桥市", "东澜市", "北屏县", "云岭市", "石门县", "白沙区", "临江市")
BODIES = (
    "公安局",
    "教育局",
    "卫生健康局",
    "交通运输局",
    "宣传部",
    "人民医院",
    "第一中学",
    "水务局",
)
THINGS = (
    "视频监控联网平台", "舆情监测服务", "办公家具", "医用监护设备", "校园安防改造", "道路养护",
    "人脸识别门禁", "数据机房空调", "移动终端取证设备", "污水在线监测", "网络安全等级保护服务",
)  # fmt: skip
WORDS = (
    "系统应支持多终端访问，提供分级权限管理和日志审计功能，满足全年不间断运行的要求。",
    "供应商须在合同签订后三十日内完成安装调试，并提供不少于三年的免费质保服务。",
    "平台应具备数据汇聚、检索、统计和导出能力，接口遵循采购人现有的技术规范。",
    "验收按照国家和行业现行标准进行，验收不合格的由供应商限期整改并承担相应费用。",
    "投标文件应当对招标文件提出的要求和条件作出明确响应，并提供相应的证明材料。",
    "采购标的执行国家相关标准、行业标准、地方标准或者其他标准、规范。",
)


def html_notices(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """(file name, HTML) of tender notices with about 5 KB of text each."""
    rng = random.Random(seed)
    for number in range(count):
        place, body, thing = rng.choice(PLACES), rng.choice(BODIES), rng.choice(THINGS)
        buyer, name = f"{place}{body}", f"{place}{body}{thing}采购项目"
        budget = rng.randint(10, 9_000) / 10
        month, day = rng.randint(1, 12), rng.randint(1, 28)
        need = "".join(
            f"<p>{i}、{rng.choice(WORDS)}{rng.choice(WORDS)}{rng.randint(1, 99_999)}</p>"
            for i in range(1, 41)
        )
        yield (
            f"{number // 1000:03}/{number:06}.html",
            f"""<!doctype html><html><head>
<meta charset="utf-8"><title>{name}公开招标公告</title>
<style>body{{font-size:14px}}</style><script>var a={number};</script></head><body>
<div class="nav"><a href="/">首页</a> <a href="/zb">招标公告</a> <a href="/cg">采购公告</a></div>
<div class="content"><h1>{name}公开招标公告</h1><p>示例文件，为性能测试生成，非真实公告。</p>
<p>项目概况</p><p>{name}招标项目的潜在投标人应在线上获取招标文件，并于2024年{month:02}月{day:02}日
09点30分（北京时间）前递交投标文件。</p>
<h2>一、项目基本情况</h2><p>项目编号：QX{number:06}-2024</p><p>项目名称：{name}</p>
<p>预算金额：{budget:.6f} 万元（人民币）</p><p>最高限价（如有）：{budget:.6f} 万元（人民币）</p>
<p>采购需求：</p>{need}<p>合同履行期限：一年</p><p>本项目(不接受)联合体投标。</p>
<h2>二、申请人的资格要求：</h2><p>1.满足《中华人民共和国政府采购法》第二十二条规定；</p>
<h2>四、提交投标文件截止时间、开标时间和地点</h2>
<p>提交投标文件截止时间：2024年{month:02}月{day:02}日 09点30分（北京时间）</p>
<h2>七、对本次招标提出询问，请按以下方式联系。</h2><p>1.采购人信息</p>
<p>名 称：{buyer}</p><p>地址：{place}示范路{rng.randint(1, 200)}号</p>
<p>联系方式：王示例 0{rng.randint(310, 999)}-{rng.randint(1_000_000, 9_999_999)}</p>
<p>2.采购代理机构信息</p><p>名 称：{place}示例招标代理有限公司</p></div>
<div class="footer">版权所有</div></body></html>""",
        )


def ocds_releases(count: int, seed: int = 1) -> Iterator[dict[str, object]]:
    """OCDS 1.1 award releases of about 2 KB."""
    rng = random.Random(seed)
    for number in range(count):
        buyer, supplier = f"Example Council {number % 700}", f"Example Supplier {number % 300} Ltd"
        value = {"amount": rng.randint(1_000, 9_000_000), "currency": "GBP"}
        yield {
            "ocid": f"ocds-example-{number:07}",
            "id": f"{number:07}-award",
            "date": f"20{rng.randint(15, 24)}-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}T09:00:00Z",
            "tag": ["award"],
            "initiationType": "tender",
            "language": "en",
            "buyer": {"id": f"GB-LAC-{number % 700}", "name": buyer},
            "parties": [
                {"id": f"GB-LAC-{number % 700}", "name": buyer, "roles": ["buyer"],
                 "address": {"locality": "Exampleton", "countryName": "United Kingdom"},
                 "contactPoint": {"name": "Pat Example", "email": "pat@example.org"}},
                {"id": f"GB-COH-{number % 300}", "name": supplier, "roles": ["supplier"]},
            ],
            "tender": {
                "id": f"EX-{number:07}",
                "title": f"Supply of {rng.choice(('cameras', 'chairs', 'software', 'road salt'))}",
                "description": "Illustrative release generated for a benchmark. " * 8,
                "procurementMethod": "open",
                "value": value,
                "tenderPeriod": {"endDate": "2020-03-01T12:00:00Z"},
            },
            "awards": [
                {"id": "1", "status": "active", "date": "2020-04-01T00:00:00Z", "value": value,
                 "suppliers": [{"id": f"GB-COH-{number % 300}", "name": supplier}]}
            ],
        }  # fmt: skip


def ocds_package(count: int, seed: int = 1) -> str:
    """A release package as JSON text."""
    return json.dumps(
        {
            "uri": "https://example.org/illustrative.json",
            "version": "1.1",
            "publishedDate": "2024-01-01T00:00:00Z",
            "publisher": {"name": "Illustrative records of the Sousveil project"},
            "releases": list(ocds_releases(count, seed)),
        }
    )
