# ruff: noqa: E501  (lines of Chinese text count double)
"""Dresses blocks as files: several kinds of web page in several encodings, and plain text."""

from html import escape

from demo_corpus.notice import Authored
from demo_corpus.recorder import Recorder

MARKERS = (
    "示例文件：为 Sousveil 项目演示编写，非真实公告 / Illustrative record written for the Sousveil project; not a real notice",
    "演示用示例文件，内容为 Sousveil 项目虚构，并非真实公告 / Illustrative record made for the Sousveil project; not a real notice",
)
MARKERS_HANT = (
    "示例文件：為 Sousveil 專案示範編寫，並非真實公告 / Illustrative record written for the Sousveil project; not a real notice",
)


def marker(n: Authored) -> str:
    """The line that says a file is illustrative."""
    if n.script == "hant":
        return MARKERS_HANT[0]
    return MARKERS[n.variant % len(MARKERS)]


def text_of(blocks: list) -> str:
    """Blocks as plain text, cells parted by tabs."""
    lines: list[str] = []
    for kind, content in blocks:
        if kind == "table":
            lines += ["\t".join(row) for row in content]
        else:
            lines.append(content)
    return "\n".join(lines)


def plain(n: Authored, title: str, r: Recorder) -> str:
    """A text file: title, date, body, marker."""
    word = "發布日期" if n.script == "hant" else "发布时间"
    dated = "" if n.undated else f"\n{word}：{r.note('published', n.day.isoformat())}"
    return f"{title}{dated}\n{text_of(r.blocks)}\n\n{marker(n)}\n"


def portal(n: Authored, title: str, r: Recorder) -> str:
    """A page like the national portal's: header, summary table, body."""
    r.note("published", n.day.isoformat())
    clock = f"{9 + n.variant % 8:02d}:{n.variant % 60:02d}"
    stamp = f"{n.day:%Y年%m月%d日} {clock}"
    body = "".join(_portal_block(*b) for b in r.blocks)
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="{n.charset or "utf-8"}">
<title>{escape(title)}</title>
<meta name="PubDate" content="{n.day.isoformat()} {clock}">
<style>.sum td{{border:1px solid #ccc}} .t{{text-align:center}}</style>
<script>var tk={n.variant}; function dy(){{window.print();}}</script>
</head>
<body>
<div class="topbar"><a href="#">首页</a>|<a href="#">政采法规</a>|<a href="#">购买服务</a>|<a href="#">监督检查</a>|<a href="#">信息公告</a></div>
<div class="where">当前位置：<a href="#">首页</a>&nbsp;&raquo;&nbsp;<a href="#">政采公告</a></div>
<div class="detail">
<h2 class="t">{escape(title)}</h2>
<p class="t"><span id="pub">{stamp}</span>&nbsp;&nbsp;来源：<span>示例采购网</span>&nbsp;【<span onclick="dy()">打印</span>】</p>
{summary(n, r, stamp)}
<div class="content">
{body}
</div></div>
<div class="foot"><p>{escape(marker(n))}</p></div>
</body></html>
"""


def summary(n: Authored, r: Recorder, stamp: str) -> str:
    """The table 公告概要 that repeats the main fields above the body."""
    if n.summary is False:
        return ""
    rows = [("采购项目名称", r.truth.get("project_name")), ("品目", n.item), ("采购单位", n.buyer)]
    rows += [("行政区域", n.area), ("公告时间", stamp)]
    r.note("buyer", n.buyer)
    if n.type in ("tender", "consultation", "negotiation", "inquiry"):
        rows.append(("开标时间", f"{n.deadline_at:%Y年%m月%d日 %H:%M}"))
        if "budget" in r.truth:
            rows.append(("预算金额", r.money("budget", r.truth["budget"], "symwan")))
    if n.type == "award" and "award" in r.truth:
        rows.append(("评审专家名单", r.who("person", n.experts or "") if n.experts else None))
        rows.append(("总中标金额", r.money("award", r.truth["award"], "symwan")))
    rows += [("项目联系人", r.who("person", n.contact_person) if n.contact_person else None)]
    cells = "\n".join(
        f'<tr><td class="title" width="128">{k}</td><td colspan="3">{escape(str(v))}</td></tr>'
        for k, v in rows
        if v
    )
    return f'<div class="table"><h5>公告概要：</h5><table class="sum" width="600"><tr><td colspan="4"><b>公告信息：</b></td></tr>\n{cells}\n</table></div>'


def _portal_block(kind: str, content: object) -> str:
    if kind == "h":
        return f"<p><strong>{escape(str(content))}</strong></p>\n"
    if kind == "p":
        return f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{_split_label(str(content))}</p>\n"
    rows = "".join(
        "<tr>" + "".join(f"<td>&nbsp;{escape(c)}&nbsp;</td>" for c in row) + "</tr>\n"
        for row in content
    )
    return f'<table border="1" cellspacing="0"><tbody>\n{rows}</tbody></table>\n'


def _split_label(line: str) -> str:
    label, colon, value = line.partition("：")
    if colon and len(label) < 16 and value:
        return f"<span>{escape(label)}：</span><span style='text-decoration:underline'>{escape(value)}</span>"
    return escape(line)


def provincial(n: Authored, title: str, r: Recorder) -> str:
    """A page like a provincial trading centre's: nested divisions, values in their own element."""
    r.note("published", n.day.isoformat())
    body = "".join(_provincial_block(*b) for b in r.blocks)
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={n.charset or "utf-8"}">'
    if n.charset == "none":
        head = ""
    return f"""<html><head>{head}
<title>{escape(title)}_公共资源交易平台（示例）</title></head>
<body><div id="nav"><ul><li>首页</li><li>交易公告</li><li>成交公示</li><li>政策法规</li></ul></div>
<div class="ewb-main"><div class="ewb-title"><h1>{escape(title)}</h1></div>
<div class="info">信息时间：{n.day.isoformat()}&nbsp;&nbsp;阅读次数：<i>{n.variant}</i></div>
<div class="ewb-con">
{body}
</div></div>
<!-- footer --><div class="bottom">{escape(marker(n))}</div></body></html>
"""


def _provincial_block(kind: str, content: object) -> str:
    if kind == "h":
        return f'<div class="tit"><b>{escape(str(content))}</b></div>\n'
    if kind == "p":
        label, colon, value = str(content).partition("：")
        if colon and len(label) < 14 and value:
            return (
                f'<div class="row"><label>{escape(label)}：</label><u>{escape(value)}</u></div>\n'
            )
        return f'<div class="row">{escape(str(content))}</div>\n'
    head, *rest = content
    top = "".join(f"<th>{escape(c)}</th>" for c in head)
    rows = "".join(
        "<tr>" + "".join(f"<td><p><span>{escape(c)}</span></p></td>" for c in row) + "</tr>\n"
        for row in rest
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>\n{rows}</tbody></table>\n"


def oldpage(n: Authored, title: str, r: Recorder) -> str:
    """A page of the 2000s and early 2010s: layout tables, font elements, line breaks."""
    dated = "" if n.undated else f"发布时间：{r.note('published', n.day.isoformat())}"
    lines = []
    for kind, content in r.blocks:
        if kind == "table":
            rows = "".join(
                "<TR>" + "".join(f"<TD>{escape(c)}</TD>" for c in row) + "</TR>" for row in content
            )
            lines.append(f"<TABLE border=1>{rows}</TABLE>")
        else:
            lines.append(f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(str(content))}<BR>")
    body = "\n".join(lines)
    return f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset={n.charset or "gb2312"}">
<TITLE>{escape(title)}</TITLE></HEAD>
<BODY bgcolor=#ffffff><CENTER><TABLE width=760><TR><TD align=center><FONT size=4 color=#003366><B>{escape(title)}</B></FONT></TD></TR>
<TR><TD align=center><FONT size=2>{dated}　浏览次数：{n.variant}</FONT></TD></TR>
<TR><TD><FONT size=3>
{body}
</FONT></TD></TR>
<TR><TD align=right><FONT size=1>{escape(marker(n))}</FONT></TD></TR></TABLE></CENTER></BODY></HTML>
"""


SKINS = {"portal": portal, "provincial": provincial, "oldpage": oldpage, "txt": plain}
"""Skin name → the function that makes the file's text."""
