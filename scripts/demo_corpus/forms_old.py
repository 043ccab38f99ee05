# ruff: noqa: E501  (lines of Chinese text count double)
"""Chinese notices as they were written before the forms of 2020: free layouts."""

from demo_corpus.forms_new import shown_text
from demo_corpus.notice import Authored
from demo_corpus.recorder import Recorder

METHOD = {
    "tender": "公开招标",
    "prequalification": "公开招标",
    "negotiation": "竞争性谈判",
    "consultation": "竞争性磋商",
    "inquiry": "询价采购",
}


def solicitation(n: Authored, r: Recorder) -> str:
    """Invitations of every kind, as prose followed by numbered points."""
    method = n.method or METHOD[n.type]
    agency = f"{r.note('agency', n.agency)}受{n.buyer}的委托，" if n.agency else f"{n.buyer}"
    r.para(
        f"{agency}就{n.name}进行{r.note('method', method)}{'资格预审' if n.type == 'prequalification' else ''}，欢迎符合条件的供应商参加。"
    )
    r.para(f"一、项目名称：{r.note('project_name', n.name)}")
    r.para(f"二、{'采购' if n.variant % 2 else '招标'}编号：{r.note('project_id', n.project_id)}")
    r.para("三、采购内容：")
    r.para(shown_text(n, "need", "详见招标文件。"))
    if n.lots:
        for lot in n.lots:
            r.para(f"第{lot['no']}包：{lot['title']}，预算{lot['budget'] / 10000:g}万元；")
        r.note("lots", len(n.lots))
        r.note("budget", sum(x["budget"] for x in n.lots))
    elif n.budget is not None:
        r.para(
            f"四、采购预算：{r.money('budget', n.budget, str(n.money or 'wan'))}{n.conversion or ''}"
        )
    r.para("五、供应商资格条件：具有独立承担民事责任的能力，近三年内在经营活动中没有重大违法记录。")
    if n.type == "prequalification":
        r.para("资格预审申请文件按资格预审文件规定的格式编制，通过资格预审的申请人方可参加投标。")
    r.para(
        f"六、报名及获取文件：{n.day.year}年{n.day.month}月{n.day.day}日起，在{n.place or n.agency_addr or n.buyer_addr}。"
    )
    moment = r.when(n.deadline_at, n.variant)
    if n.type == "prequalification":
        r.para(f"七、资格预审申请文件递交截止时间：{moment}")
    elif n.type in ("negotiation", "consultation", "inquiry"):
        r.para(f"七、响应文件递交截止时间：{moment}，逾期不予受理。")
    else:
        r.para(
            f"七、投标截止时间及开标时间：{moment}，开标地点：{n.open_place or n.agency_addr or n.buyer_addr}"
        )
    r.para(
        f"八、采购单位：{r.note('buyer', n.buyer)}\n地址：{n.buyer_addr}\n联系人：{r.who('person', n.buyer_person)}　电话：{r.who('phone', n.buyer_phone)}"
    )
    _agency(n, r)
    return f"{n.name}{METHOD[n.type]}{'资格预审' if n.type == 'prequalification' else ''}公告"


def _agency(n: Authored, r: Recorder) -> None:
    if not n.agency:
        return
    r.para(f"采购代理机构：{r.note('agency', n.agency)}\n地址：{n.agency_addr}")
    mail = f"　E-mail：{r.who('email', n.agency_email)}" if n.agency_email else ""
    r.para(
        f"联系人：{r.who('person', n.contact_person)}　联系电话/传真：{r.who('phone', n.agency_phone)}{mail}"
    )


def award(n: Authored, r: Recorder) -> str:
    """中标公告 and 成交公告 of the years before 2020."""
    word = (
        "成交"
        if n.method in ("竞争性磋商", "竞争性谈判", "询价采购", "询价", "单一来源")
        else "中标"
    )
    if n.agency:
        r.para(
            f"{r.note('agency', n.agency)}于{n.opened or n.day.isoformat()}就{n.name}（项目编号：{n.project_id}）组织{r.note('method', n.method)}采购，经评审，现将结果公布如下："
        )
    r.para(
        f"1、采购项目名称：{r.note('project_name', n.name)}\n2、采购项目编号：{r.note('project_id', n.project_id)}"
    )
    r.para(f"3、采购人：{r.note('buyer', n.buyer)}")
    r.para(f"4、采购内容：{shown_text(n, 'goods', '见招标文件')}")
    number = 5
    if n.budget is not None:
        r.para(f"5、采购预算：{r.money('budget', n.budget, str(n.money or 'wan'))}")
        number = 6
    r.para(f"{number}、{word}结果：")
    if n.lots:
        for lot in n.lots:
            if lot.get("void"):
                r.para(f"第{lot['no']}包 {lot['title']}：流标，{lot['void']}")
                continue
            r.para(
                f"第{lot['no']}包 {lot['title']}：{word}供应商 {r.also('suppliers', lot['supplier'])}，{word}金额 {lot['award']:.2f}元"
            )
        r.note("lots", len(n.lots))
        r.note("award", sum(x["award"] for x in n.lots if not x.get("void")))
    else:
        r.para(f"{word}供应商：{r.also('suppliers', n.supplier)}\n供应商地址：{n.supplier_addr}")
        r.para(f"{word}金额：{r.money('award', n.award, str(n.money or 'yuanc'))}")
    r.para(f"{number + 1}、评标委员会成员：{r.who('person', n.experts)}")
    r.para(
        f"{number + 2}、采购人联系人：{r.who('person', n.buyer_person)}　联系电话：{r.who('phone', n.buyer_phone)}\n地址：{n.buyer_addr}"
    )
    _agency(n, r)
    r.para(
        f"各有关当事人对{word}结果有异议的，可以在公告发布之日起七个工作日内以书面形式提出质疑。"
    )
    return f"{n.name}{word}公告"


def correction(n: Authored, r: Recorder) -> str:
    """变更公告 as prose."""
    first = str(n.first_published)
    r.note("first_published", first)
    r.para(
        f"{r.note('agency', n.agency)}于{int(first[:4])}年{int(first[5:7])}月{int(first[8:10])}日发布的{r.note('project_name', n.name)}（采购编号：{r.note('project_id', n.project_id)}）公告，现更正如下："
    )
    if n.old_deadline:
        old = Recorder().when(Authored({"deadline": n.old_deadline}).deadline_at, n.variant)
        r.para(f"原投标截止时间：{old}，现更正为：{r.when(n.deadline_at, n.variant)}。")
    for item, before, after in n.changes or []:
        r.para(f"{item}：原为“{before}”，现更正为“{after}”。")
    r.para("其余内容不变，给各投标人带来的不便敬请谅解。")
    r.para(
        f"采购人：{r.note('buyer', n.buyer)}\n地址：{n.buyer_addr}\n联系人：{r.who('person', n.buyer_person)}　电话：{r.who('phone', n.buyer_phone)}"
    )
    return f"关于{n.name}的更正公告"


def termination(n: Authored, r: Recorder) -> str:
    """废标公告 as prose."""
    r.para(
        f"采购项目名称：{r.note('project_name', n.name)}\n采购项目编号：{r.note('project_id', n.project_id)}\n采购方式：{r.note('method', n.method)}"
    )
    r.para(
        f"采购人名称：{r.note('buyer', n.buyer)}\n采购代理机构名称：{r.note('agency', n.agency)}"
    )
    r.para(f"废标原因：{n.reason}")
    r.para(f"联系人：{r.who('person', n.buyer_person)}　联系电话：{r.who('phone', n.buyer_phone)}")
    return f"{n.name}废标公告"


def single_source(n: Authored, r: Recorder) -> str:
    """单一来源采购征求意见公示 of the older kind."""
    r.para(f"采购人：{r.note('buyer', n.buyer)}\n项目名称：{r.note('project_name', n.name)}")
    r.para(f"拟采购内容：{shown_text(n, 'need', '见附件')}")
    r.para(f"采购预算：{r.money('budget', n.budget, str(n.money or 'wan'))}")
    r.para(f"拟采用的采购方式：{r.note('method', '单一来源')}")
    r.para(f"申请理由：{n.reason}")
    r.para(f"拟定的唯一供应商名称：{r.also('suppliers', n.supplier)}\n地址：{n.supplier_addr}")
    r.para(f"论证专家姓名：{r.who('person', n.experts)}\n公示期限：{n.window}")
    r.para(
        f"采购人联系人：{r.who('person', n.buyer_person)}　电话：{r.who('phone', n.buyer_phone)}"
    )
    return f"{n.name}拟采用单一来源方式采购的公示"


def contract(n: Authored, r: Recorder) -> str:
    """政府采购合同公示 of the older kind."""
    r.para(
        f"合同编号：{n.contract_id}\n采购项目编号：{r.note('project_id', n.project_id)}\n采购项目名称：{r.note('project_name', n.name)}"
    )
    r.para(f"甲方：{r.note('buyer', n.buyer)}\n乙方：{r.also('suppliers', n.supplier)}")
    r.para(f"合同标的：{shown_text(n, 'goods', '见合同正文')}")
    r.para(f"合同总价：{r.money('award', n.award, str(n.money or 'cap'))}")
    r.para(
        f"甲方代表：{r.who('person', n.buyer_person)}　电话：{r.who('phone', n.buyer_phone)}\n签订日期：{n.signed}"
    )
    return f"{n.name}采购合同公示"


def acceptance(n: Authored, r: Recorder) -> str:
    """验收公示 of the older kind."""
    r.para(
        f"项目名称：{r.note('project_name', n.name)}\n项目编号：{r.note('project_id', n.project_id)}\n采购单位：{r.note('buyer', n.buyer)}\n中标单位：{r.also('suppliers', n.supplier)}"
    )
    r.para(f"合同金额：{r.money('award', n.award, str(n.money or 'yuan'))}")
    r.para(
        f"验收内容：{shown_text(n, 'goods', '见验收单')}\n验收意见：{n.verdict or '经现场查验，同意通过验收。'}"
    )
    r.para(f"验收人员：{r.who('person', n.experts)}\n联系电话：{r.who('phone', n.buyer_phone)}")
    return f"{n.name}验收公示"


FORMS = {
    **dict.fromkeys(METHOD, solicitation),
    "award": award,
    "correction": correction,
    "termination": termination,
    "single_source": single_source,
    "contract": contract,
    "acceptance": acceptance,
}
"""Notice type → the function that writes its older form and returns its title."""
