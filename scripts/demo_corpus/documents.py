# ruff: noqa: E501  (lines of Chinese text count double)
"""Bidding documents as PDF with a real text layer: announcement, instructions, specification."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from demo_corpus.notice import Authored
from demo_corpus.recorder import Recorder
from demo_corpus.skins import marker

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

BODY = ParagraphStyle("body", fontName=FONT, fontSize=11, leading=19, wordWrap="CJK")
COVER = ParagraphStyle("cover", parent=BODY, fontSize=22, leading=36, alignment=1)
CHAPTER = ParagraphStyle("chapter", parent=BODY, fontSize=15, leading=28, alignment=1)
HEAD = ParagraphStyle("head", parent=BODY, fontSize=12.5, leading=24)
STYLES = {"cover": COVER, "chapter": CHAPTER, "h": HEAD, "p": BODY}


def bidding_document(n: Authored, r: Recorder) -> str:
    """The chapters of a bidding document; gives back its title."""
    add = r.blocks.append
    add(("cover", str(n.heading or "公开招标文件")))
    r.label("项目名称", r.note("project_name", n.name))
    r.label("项目编号", r.note("project_id", n.project_id))
    r.label("采购人", r.note("buyer", n.buyer))
    r.label("采购代理机构", r.note("agency", n.agency))
    r.para(f"发布日期：{n.day.year}年{n.day.month}月{n.day.day}日")
    r.note("published", n.day.isoformat())
    add(("break", None))
    add(("chapter", "第一章 投标邀请"))
    r.para(
        f"{n.agency}受{n.buyer}委托，对{n.name}进行国内{r.note('method', n.method or '公开招标')}，现邀请合格的投标人参加投标。"
    )
    r.para(f"1.采购预算：{r.money('budget', n.budget, str(n.money or 'yuanc'))}")
    if n.ceiling is not None:
        r.para(
            f"2.最高限价：{r.money('ceiling', n.ceiling, str(n.money or 'yuanc'))}，超过最高限价的投标无效。"
        )
    r.para(f"3.投标截止时间：{r.when(n.deadline_at, n.variant)}，逾期送达的投标文件恕不接受。")
    r.para(
        f"4.开标地点：{n.agency_addr}\n5.采购人联系方式：{r.who('person', n.buyer_person)}，{r.who('phone', n.buyer_phone)}"
    )
    r.para(
        f"6.代理机构联系人：{r.who('person', n.contact_person)}，电话{r.who('phone', n.agency_phone)}"
        + (f"，电子邮箱{r.who('email', n.agency_email)}" if n.agency_email else "")
    )
    add(("break", None))
    add(("chapter", "第二章 投标人须知"))
    r.para(
        "1.投标人应仔细阅读招标文件的全部内容，未对招标文件作出实质性响应的，投标无效。\n2.投标文件一式五份，正本一份，副本四份，另附电子文档一份。\n3.投标有效期为自开标之日起九十日。\n4.投标人不得相互串通投标，不得以他人名义投标或者以其他方式弄虚作假。\n5.本项目不收取投标保证金。中标人应在收到中标通知书之日起三十日内与采购人签订合同。"
    )
    add(("break", None))
    add(("chapter", "第三章 采购需求"))
    r.head("一、项目背景与目标")
    r.para(str(n.need))
    r.head("二、技术规格要求")
    r.para(str(n.spec))
    if n.items:
        r.head("三、采购清单")
        r.table(n.items)
    add(("break", None))
    add(("chapter", "第四章 评标办法"))
    r.para("本项目采用综合评分法，评分因素如下：")
    r.table(
        [
            ["评分因素", "分值"],
            ["投标报价", "15"],
            ["技术方案", "45"],
            ["同类业绩", "20"],
            ["售后服务", "20"],
        ]
    )
    r.para("评标委员会按得分由高到低推荐三名中标候选人；得分相同的，报价低者优先。")
    return str(n.name) + str(n.heading or "公开招标文件")


def pdf(n: Authored, title: str, r: Recorder) -> bytes:
    """The blocks as a PDF; the same bytes every time."""
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer, pagesize=A4, invariant=1, title=title, author="Sousveil (illustrative)"
    )
    line = marker(n)

    def footer(canvas, doc):
        canvas.saveState()
        canvas.setFont(FONT, 7)
        canvas.drawString(72, 40, line)
        canvas.drawString(500, 40, f"第{doc.page}页")
        canvas.restoreState()

    document.build([_flowable(*b) for b in r.blocks], onFirstPage=footer, onLaterPages=footer)
    return buffer.getvalue()


def _flowable(kind, content):
    if kind == "break":
        return PageBreak()
    if kind == "table":
        rows = [[Paragraph(cell, BODY) for cell in row] for row in content]
        grid = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        return Table(rows, style=grid, hAlign="LEFT")
    if not content:
        return Spacer(1, 12)
    return Paragraph(str(content), STYLES[kind])
