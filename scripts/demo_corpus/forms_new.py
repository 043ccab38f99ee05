# ruff: noqa: E501  (lines of Chinese text count double)
"""Chinese notices in the forms of the ministry's rules in force since July 2020."""

from demo_corpus.notice import Authored
from demo_corpus.recorder import Recorder

KINDS = {
    "tender": ("公开招标", "招标", "投标", "招标公告"),
    "prequalification": ("公开招标", "资格预审", "资格预审申请", "资格预审公告"),
    "negotiation": ("竞争性谈判", "采购", "响应", "竞争性谈判公告"),
    "consultation": ("竞争性磋商", "采购", "响应", "竞争性磋商公告"),
    "inquiry": ("询价", "采购", "响应", "询价公告"),
}
"""Notice type → method, what the documents are called, what is handed in, title suffix."""

NUMERALS = "一二三四五六七八九十"


def shown_text(n: Authored, key: str, fallback: str) -> str:
    """The project's wording if this notice prints it, else the usual evasion."""
    return str(n.fields[key]) if key in (n.shows or []) else fallback


def solicitation(n: Authored, r: Recorder) -> str:
    """招标, 资格预审, 谈判, 磋商 and 询价 notices."""
    method, papers, handed, suffix = KINDS[n.type]
    at, v = n.deadline_at, n.variant
    place = n.place or f"{n.agency or n.buyer}"
    r.head("项目概况")
    object_ = n.name if str(n.name).endswith(("项目", "采购")) else f"{n.name}{papers}项目"
    opening = (
        f"{object_}的潜在{'投标人' if papers == '招标' else '供应商'}应在{place}获取{papers}文件"
    )
    r.para(
        f"{opening}，并于{r.when(at, v)}（北京时间）前{'递交投标文件' if handed == '投标' else '提交' + handed + '文件'}。"
    )
    r.head("一、项目基本情况")
    r.label("项目编号", r.note("project_id", n.project_id))
    if n.plan_id:
        r.label("采购计划备案号", r.note("plan_id", n.plan_id))
    r.label("项目名称", r.note("project_name", n.name))
    if n.type != "tender" or v % 2:
        r.label("采购方式", r.note("method", n.method or method))
    _amounts(n, r)
    r.para("采购需求：")
    r.para(shown_text(n, "need", f"详见{papers}文件。"))
    lots_table(n, r)
    r.label("合同履行期限", str(n.period or "自合同签订之日起一年"))
    joint = (
        "本项目（不接受）联合体投标。",
        "本项目(否)接受联合体投标。",
        "本项目是否接受联合体：0",
    )
    r.para(joint[v % 3])
    r.head("二、申请人的资格要求：")
    r.para("1.满足《中华人民共和国政府采购法》第二十二条规定；")
    r.para(f"2.落实政府采购政策需满足的资格要求：{n.policy or '本项目面向中小企业采购。'}")
    r.para(f"3.本项目的特定资格要求：{n.qualification or '无。'}")
    r.head(f"三、获取{papers}文件")
    r.para(
        f"时间：{n.day:%Y年%m月%d日}至{n.doc_until or '公告期满之日'}，每天上午9:00至11:30，下午13:30至17:00。（北京时间，法定节假日除外）"
    )
    r.para(
        f"地点：{place}\n方式：{n.obtain or '现场领取或邮件申请'}\n售价：￥{n.doc_price or '0.0'} 元"
    )
    r.head(
        f"四、提交{handed}文件截止时间、开标时间和地点"
        if handed == "投标"
        else f"四、{handed}文件提交"
    )
    r.label(
        f"提交{handed}文件截止时间" if handed == "投标" else "截止时间",
        r.when(at, v) + "（北京时间）",
    )
    r.para(f"地点：{n.open_place or place}")
    step = 4
    if handed == "响应":
        r.head("五、开启")
        r.para(f"时间：{r.when(at, v)}（北京时间）")
        step = 5
    r.head(f"{NUMERALS[step]}、公告期限")
    r.para("自本公告发布之日起5个工作日。" if handed == "投标" else "自本公告发布之日起3个工作日。")
    r.head(f"{NUMERALS[step + 1]}、其他补充事宜")
    r.para(str(n.extra or "本项目采用线下方式进行，请供应商随时关注发布媒体的更正信息。"))
    contacts(n, r, f"{NUMERALS[step + 2]}、对本次{papers}提出询问，请按以下方式联系。")
    if n.type == "tender" and v % 2 == 0:
        r.note("method", n.method or method)  # the title says it
        suffix = "公开招标公告"
    return f"{n.name}{suffix}"


def _amounts(n: Authored, r: Recorder) -> None:
    style = str(n.money or "wan6")
    if style == "label":
        _labelled_wan(n, r)
        return
    if n.budget is not None:
        tail = str(n.conversion or "")
        r.label("预算金额", r.money("budget", n.budget, style) + tail)
    elif n.no_price:
        r.label("预算金额", "详见采购文件")
    if n.ceiling is not None:
        r.label("最高限价（如有）", r.money("ceiling", n.ceiling, style))


def _labelled_wan(n: Authored, r: Recorder) -> None:
    if n.budget is not None:
        r.label("预算金额（万元）", r.money("budget", n.budget, "bare_wan"))
    if n.ceiling is not None:
        r.label("最高限价（万元）", r.money("ceiling", n.ceiling, "bare_wan"))


def lots_table(n: Authored, r: Recorder) -> None:
    """Lots with their own budgets."""
    if not n.lots:
        return
    rows = [["包号", "标的名称", "预算金额（元）"]]
    rows += [[str(x["no"]), x["title"], f"{x['budget']:.2f}"] for x in n.lots]
    r.table(rows)
    r.note("lots", len(n.lots))


def contacts(n: Authored, r: Recorder, heading: str) -> None:
    """Buyer, agency and contact persons."""
    r.head(heading)
    r.para("1.采购人信息")
    r.label("名称", r.note("buyer", n.buyer))
    r.label("地址", str(n.buyer_addr))
    r.label("联系方式", f"{r.who('person', n.buyer_person)} {r.who('phone', n.buyer_phone)}")
    if n.agency:
        r.para("2.采购代理机构信息")
        r.label("名称", r.note("agency", n.agency))
        r.label("地址", str(n.agency_addr))
        mail = f"，邮箱：{r.who('email', n.agency_email)}" if n.agency_email else ""
        r.label("联系方式", r.who("phone", n.agency_phone) + mail)
    r.para("3.项目联系方式" if n.agency else "2.项目联系方式")
    r.label("项目联系人", r.who("person", n.contact_person or n.buyer_person))
    r.label("电话", r.who("phone", n.contact_phone or n.agency_phone or n.buyer_phone))


def award(n: Authored, r: Recorder) -> str:
    """中标（成交）结果公告."""
    r.para(f"一、项目编号：{r.note('project_id', n.project_id)}")
    number = 1
    if n.plan_id:
        number += 1
        r.para(f"二、采购计划备案号：{r.note('plan_id', n.plan_id)}")
    r.para(f"{NUMERALS[number]}、项目名称：{r.note('project_name', n.name)}")
    word = "成交" if n.method in ("竞争性磋商", "竞争性谈判", "询价", "单一来源") else "中标"
    r.head(f"{NUMERALS[number + 1]}、{word if n.variant % 2 else '中标（成交）'}信息")
    winners(n, r, word)
    r.head(f"{NUMERALS[number + 2]}、主要标的信息")
    _goods(n, r)
    number += 3
    r.head(f"{NUMERALS[number]}、评审专家（单一来源采购人员）名单：")
    if n.experts:
        r.para(r.who("person", n.experts))
    r.head(f"{NUMERALS[number + 1]}、代理服务收费标准及金额：")
    if n.agency:
        r.para("本项目代理费收费标准：参照国家有关规定下浮后由中标人支付")
        r.para(f"本项目代理费总金额：{n.fee or '1.200000'} 万元（人民币）")
    else:
        r.para("本项目由采购人自行组织，不收取代理费。")
    r.head(f"{NUMERALS[number + 2]}、公告期限")
    r.para("自本公告发布之日起1个工作日。")
    r.head(f"{NUMERALS[number + 3]}、其他补充事宜")
    r.para(str(n.extra or "无"))
    contacts(n, r, f"{NUMERALS[number + 4]}、凡对本次公告内容提出询问，请按以下方式联系。")
    return f"{n.name}{word}公告" if n.variant % 3 else f"{n.name}{word}结果公告"


def winners(n: Authored, r: Recorder, word: str) -> None:
    """The winners: a table for lots, labelled lines otherwise; rates stay as written."""
    if n.lots:
        rows = [["包号", "标的名称", f"{word}供应商名称", "供应商地址", f"{word}金额（元）"]]
        for lot in n.lots:
            if lot.get("void"):
                rows.append([str(lot["no"]), lot["title"], "废标", "/", "/"])
                continue
            r.also("suppliers", lot["supplier"])
            rows.append(
                [str(lot["no"]), lot["title"], lot["supplier"], lot["addr"], f"{lot['award']:.2f}"]
            )
        r.table(rows)
        r.note("lots", len(n.lots))
        total = sum(x["award"] for x in n.lots if not x.get("void"))
        if n.total_shown:
            r.label(f"总{word}金额", r.money("award", total, str(n.money or "yuan")))
        else:
            r.note("award", total)
        for lot in n.lots:
            if lot.get("void"):
                r.para(f"第{lot['no']}包废标理由：{lot['void']}")
        return
    r.label("供应商名称", r.also("suppliers", n.supplier))
    r.label("供应商地址", str(n.supplier_addr))
    if n.rate:
        r.label(f"{word}（成交）折扣率", str(n.rate))
    else:
        r.label("中标（成交）金额", r.money("award", n.award, str(n.money or "wanp")))


def _goods(n: Authored, r: Recorder) -> None:
    scope = shown_text(n, "goods", "详见采购文件")
    if n.goods_table:
        r.table(n.goods_table)
    else:
        r.table(
            [
                ["序号", "服务名称", "服务范围", "服务时间", "服务标准"],
                ["1", str(n.name), scope, str(n.period or "一年"), "满足采购文件要求"],
            ]
        )


def correction(n: Authored, r: Recorder) -> str:
    """更正公告: old and new values side by side, the new ones count."""
    r.head("一、项目基本情况")
    r.label("原公告的采购项目编号", r.note("project_id", n.project_id))
    r.label("原公告的采购项目名称", r.note("project_name", n.name))
    first = str(n.first_published)
    r.note("first_published", first)
    r.label("首次公告日期", f"{first[:4]}年{first[5:7]}月{first[8:10]}日")
    r.head("二、更正信息")
    r.label("更正事项", "采购文件")
    r.para("更正内容：")
    rows = [["序号", "更正项", "更正前内容", "更正后内容"]]
    if n.old_ceiling:
        style = str(n.money or "yuan")
        old = Recorder().money("x", n.old_ceiling, style)
        rows.append([str(len(rows)), "最高限价", old, r.money("ceiling", n.ceiling, style)])
    if n.old_deadline:
        before = Authored({"deadline": n.old_deadline}).deadline_at
        old = Recorder().when(before, n.variant)
        rows.append(
            [
                str(len(rows)),
                "提交响应文件截止时间" if n.method != "公开招标" else "投标截止时间",
                old,
                r.when(n.deadline_at, n.variant),
            ]
        )
    rows += [[str(len(rows)), *change] for change in n.changes or []]
    r.table(rows)
    r.para(f"更正日期：{n.day:%Y年%m月%d日}")
    r.head("三、其他补充事宜")
    r.para("其他内容不变，以本次更正公告为准。")
    contacts(n, r, "四、凡对本次公告内容提出询问，请按以下方式联系。")
    return f"{n.name}更正公告" if n.variant % 2 else f"{n.name}变更公告（第一次）"


def termination(n: Authored, r: Recorder) -> str:
    """终止公告."""
    r.head("一、项目基本情况")
    r.label("采购项目编号", r.note("project_id", n.project_id))
    r.label("采购项目名称", r.note("project_name", n.name))
    r.head("二、项目终止的原因")
    r.para(str(n.reason))
    r.head("三、其他补充事宜")
    r.para(str(n.extra or "无"))
    contacts(n, r, "四、凡对本次公告内容提出询问，请按以下方式联系。")
    return f"{n.name}{'终止' if n.variant % 2 else '废标'}公告"


def contract(n: Authored, r: Recorder) -> str:
    """合同公告."""
    r.para(f"一、合同编号：{n.contract_id}\n二、合同名称：{n.contract_name or n.name + '合同'}")
    r.para(f"三、项目编号：{r.note('project_id', n.project_id)}")
    r.para(f"四、项目名称：{r.note('project_name', n.name)}")
    r.head("五、合同主体")
    r.label("采购人（甲方）", r.note("buyer", n.buyer))
    r.para(
        f"地址：{n.buyer_addr}\n联系方式：{r.who('person', n.buyer_person)} {r.who('phone', n.buyer_phone)}"
    )
    r.label("供应商（乙方）", r.also("suppliers", n.supplier))
    r.para(f"地址：{n.supplier_addr}\n联系方式：{r.who('phone', n.supplier_phone)}")
    if n.legal_person:
        r.para(
            f"法定代表人：{r.who('person', n.legal_person)}　身份证号：{r.who('id_number', n.id_number)}"
        )
    if n.account:
        r.para(f"开户银行：示例银行股份有限公司营业部　账号：{r.who('account', n.account)}")
    r.head("六、合同主要信息")
    r.label("主要标的名称", str(n.name))
    r.label("规格型号（或服务要求）", shown_text(n, "goods", "详见合同附件"))
    r.label("主要标的数量", str(n.quantity or "1项"))
    r.label("合同金额", r.money("award", n.award, str(n.money or "wan6")))
    r.label("履约期限、地点等简要信息", f"{n.period or '一年'}，采购人指定地点")
    r.label("采购方式", r.note("method", n.method))
    r.para(
        f"七、合同签订日期：{n.signed}\n八、合同公告日期：{n.day:%Y-%m-%d}\n九、其他补充事宜：{n.extra or '无'}"
    )
    return f"{n.name}合同公告"


def acceptance(n: Authored, r: Recorder) -> str:
    """验收结果公告."""
    r.label("一、合同编号", str(n.contract_id))
    r.label("二、项目编号", r.note("project_id", n.project_id))
    r.label("三、项目名称", r.note("project_name", n.name))
    r.label("四、采购人", r.note("buyer", n.buyer))
    r.label("五、供应商", r.also("suppliers", n.supplier))
    r.label("六、合同金额", r.money("award", n.award, str(n.money or "yuanc")))
    r.label("七、验收日期", str(n.accepted))
    r.label("八、验收小组成员", r.who("person", n.experts))
    r.label("九、验收内容", shown_text(n, "goods", "按合同约定全部内容"))
    r.label("十、验收结论", str(n.verdict or "合格"))
    r.para(f"联系人：{r.who('person', n.buyer_person)}　电话：{r.who('phone', n.buyer_phone)}")
    return f"{n.name}验收结果公告"


def single_source(n: Authored, r: Recorder) -> str:
    """单一来源公示."""
    r.head("一、项目信息")
    r.label("采购人", r.note("buyer", n.buyer))
    if n.project_id:
        r.label("项目编号", r.note("project_id", n.project_id))
    r.label("项目名称", r.note("project_name", n.name))
    r.para("拟采购的货物或服务的说明：")
    r.para(shown_text(n, "need", "详见论证意见"))
    r.label("拟采购的货物或服务的预算金额", r.money("budget", n.budget, str(n.money or "wan6")))
    r.para("采用单一来源采购方式的原因及说明：")
    r.para(str(n.reason))
    r.head("二、拟定供应商信息")
    r.label("名称", r.also("suppliers", n.supplier))
    r.label("地址", str(n.supplier_addr))
    r.head("三、公示期限")
    r.para(str(n.window))
    r.head("四、其他补充事宜")
    r.para(f"论证专家：{r.who('person', n.experts)}")
    r.head("五、联系方式")
    r.para(
        f"1.采购人\n联系人：{r.who('person', n.buyer_person)}\n联系地址：{n.buyer_addr}\n联系电话：{r.who('phone', n.buyer_phone)}"
    )
    r.para(f"2.财政部门\n联系人：政府采购管理处\n联系地址：{n.province}财政部门")
    if n.agency:
        r.para(
            f"3.采购代理机构\n名称：{r.note('agency', n.agency)}\n联系电话：{r.who('phone', n.agency_phone)}"
        )
    if n.variant % 2:
        return f"{n.name}{r.note('method', '单一来源采购')}公示"
    return f"{n.buyer}{n.name}{r.note('method', '单一来源')}公示"


def intention(n: Authored, r: Recorder) -> str:
    """采购意向: one row a project."""
    r.para(
        f"为便于供应商及时了解政府采购信息，根据有关规定，现将{r.note('buyer', n.buyer)}{n.months}采购意向公开如下："
    )
    rows = [["序号", "采购项目名称", "采购需求概况", "预算金额(万元)", "预计采购时间", "备注"]]
    rows.append(
        [
            "1",
            r.note("project_name", n.name),
            shown_text(n, "need", "详见采购文件").replace("\n", ""),
            r.money("budget", n.budget, "bare_wan"),
            str(n.expected),
            str(n.remark or ""),
        ]
    )
    r.table(rows)
    r.para(
        "本次公开的采购意向是本单位政府采购工作的初步安排，具体采购项目情况以相关采购公告和采购文件为准。"
    )
    r.para(f"{n.buyer}\n{n.day.year}年{n.day.month}月{n.day.day}日")
    return f"{n.buyer}{n.months}政府采购意向"


def candidate(n: Authored, r: Recorder) -> str:
    """中标候选人公示 of the bidding law: ranked offers, nobody has won yet."""
    r.label("招标项目编号", r.note("project_id", n.project_id))
    r.label("招标项目名称", r.note("project_name", n.name))
    r.label("招标人", r.note("buyer", n.buyer))
    if n.agency:
        r.label("招标代理机构", r.note("agency", n.agency))
    r.para(f"{n.opened}在公共资源交易中心开标，经评标委员会评审，现将中标候选人公示如下：")
    rows = [["排名", "中标候选人名称", "投标报价（元）", "综合得分", "项目负责人"]]
    for rank, (name, price, score, person) in enumerate(n.candidates, 1):
        r.also("bidders", name)
        rows.append(
            [f"第{NUMERALS[rank - 1]}名", name, f"{price:.2f}", score, r.who("person", person)]
        )
    r.table(rows)
    r.label("公示期", str(n.window))
    r.para(
        f"联系人：{r.who('person', n.contact_person)}　联系电话：{r.who('phone', n.contact_phone or n.agency_phone)}"
    )
    return f"{n.name}中标候选人公示"


FORMS = {
    **dict.fromkeys(KINDS, solicitation),
    "award": award,
    "correction": correction,
    "termination": termination,
    "contract": contract,
    "acceptance": acceptance,
    "single_source": single_source,
    "intention": intention,
    "candidate": candidate,
}
"""Notice type → the function that writes its form and returns its title."""
