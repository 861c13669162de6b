"""Sample contents with fictional parties, as the documents room will hand them over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from execdesk.documents.content import (
    Content,
    ContentTable,
    CutLine,
    Paragraph,
    Signatory,
    SignatureBlock,
    TableCell,
    WritingLines,
)

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
COURT = "海南省乐东黎族自治县人民法院"
DAY = date(2017, 8, 1)
NAMES = "䶮㛃𠅤𬭚堃喆昇祎犇玥珺赟翀垚淼韫頔芃婳禤"

PARTIES = (
    Paragraph("申请执行人：海南椰风小额贷款有限公司，住所地海南省海口市龙华区椰风路18号，统一社会信用代码91460000MA5RC00A1X。", "party"),
    Paragraph("法定代表人：符堃喆，该公司总经理。", "party"),
    Paragraph("被执行人：李犇，男，1980年3月5日出生，黎族，住海南省乐东黎族自治县九所镇椰林村12号，公民身份号码460033198003050005。", "party"),
    Paragraph("被执行人：买买提·吐尔逊，男，1979年12月30日出生，维吾尔族，住三亚市吉阳区月川街〇五号。", "party"),
    Paragraph("被执行人：符䶮，女，1985年7月1日出生，汉族，住三亚市。", "party"),
)
FACTS = (
    Paragraph(
        "本院在执行海南椰风小额贷款有限公司与李犇、买买提·吐尔逊、符䶮小额借款合同纠纷一案中，于2017年3月20日向被执行人发出执行通知书，"
        "责令被执行人立即履行（2016）琼9027民初456号民事判决书确定的义务，即偿还借款本金人民币1,234,567.89元、利息98,765.43元及迟延履行期间的债务利息，"
        "但被执行人至今未履行生效法律文书确定的义务。"
    ),
    Paragraph(
        "本院认为，被执行人应当履行生效法律文书确定的义务。依照《中华人民共和国民事诉讼法》第二百四十二条、《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第四百八十七条规定，裁定如下："
    ),
)
FREEZE = Paragraph("冻结被执行人李犇在中国工商银行股份有限公司乐东支行的存款人民币1234567.89元（账号6222020000000000000），冻结期限为一年。", "item")
EFFECT = Paragraph("本裁定立即执行。", "remedy")
MORE = Paragraph("需要续行冻结的，申请执行人应当在冻结期限届满前十五日内向本院提出书面申请；逾期未申请的，冻结期限届满后冻结的效力消灭，由此产生的后果由申请执行人自行承担。", "item")


def judge(**more: object) -> SignatureBlock:
    """One judge and a clerk."""
    return SignatureBlock("judge", (Signatory("审判员", "李明", "01J0JUDGE1", "Judge1"),), clerk="王小丫", **more)  # type: ignore[arg-type]


def ruling(body: tuple[Paragraph | ContentTable | CutLine, ...], block: SignatureBlock | None = None, **more: object) -> Content:
    """An execution ruling of 2017-08-01."""
    given = {"number": "（2017）琼9027执123号之一", "signed_on": DAY, **more}
    return Content("ruling_freeze_deposit", "ruling", COURT, "执行裁定书", body, block or judge(), **given)  # type: ignore[arg-type]


def one_page() -> Content:
    """Fits on one page."""
    return ruling((Paragraph("被执行人：李犇，男。", "party"), FREEZE, EFFECT))


def two_pages() -> Content:
    """The ruling that is measured: two pages."""
    return ruling((*PARTIES, *FACTS, FREEZE, EFFECT))


def three_pages() -> Content:
    """Long enough for three pages."""
    return ruling((*PARTIES, *FACTS, FREEZE, *[MORE] * 6, EFFECT))


def panel() -> Content:
    """审判长 and two 审判员, one of them with a long name, an invisible signer besides."""
    lines = (
        Signatory("审判长", "李明", "01J0JUDGE1", "Judge1"),
        Signatory("审判员", "买买提·吐尔逊", "01J0JUDGE2", "Judge2"),
        Signatory("人民陪审员", "王小丫", "01J0JUDGE3", "Judge3"),
    )
    block = SignatureBlock("panel", lines, clerk="符䶮", check_mark=True)
    return ruling((*PARTIES[:3], *FACTS, FREEZE, EFFECT), block)


def order() -> Content:
    """限制消费令, signed by 院长; the judge signs unseen."""
    block = SignatureBlock(
        "president", (Signatory("院长", "陈国栋", "01J0PRES", "President"),), invisible=(Signatory("", "", "01J0JUDGE1", "Judge1"),)
    )
    body = (
        Paragraph("李犇：", "addressee"),
        Paragraph("本院于2017年3月15日立案执行海南椰风小额贷款有限公司申请执行你小额借款合同纠纷一案，因你未按执行通知书指定的期间履行生效法律文书确定的给付义务，本院依照《最高人民法院关于限制被执行人高消费及有关消费的若干规定》第一条、第三条的规定，对你采取限制消费措施，限制你不得实施以下高消费及非生活和工作必需的消费行为："),
        *(Paragraph(f"（{n}）{text}", "item") for n, text in (("一", "乘坐交通工具时，选择飞机、列车软卧、轮船二等以上舱位；"), ("二", "在星级以上宾馆、酒店、夜总会、高尔夫球场等场所进行高消费；"), ("三", "购买不动产或者新建、扩建、高档装修房屋。"))),
        Paragraph("此令"),
    )
    return Content("order_consumption", "order", COURT, "限制消费令", body, block, "（2017）琼9027执123号", DAY)


def notice() -> Content:
    """协助冻结存款通知书: date and seal only, contact lines, return slip with a table."""
    block = SignatureBlock("seal_only", invisible=(Signatory("", "", "01J0JUDGE1", "Judge1"),))
    body = (
        Paragraph("中国工商银行股份有限公司乐东支行：", "addressee"),
        Paragraph("关于海南椰风小额贷款有限公司与李犇小额借款合同纠纷一案，本院作出的（2017）琼9027执123号之一执行裁定书已经发生法律效力。依照《中华人民共和国民事诉讼法》第二百四十二条的规定，请协助执行以下事项："),
        Paragraph("请冻结被执行人李犇（证件号：460033198003050005）在你单位的存款：账号6222020000000000000，金额人民币壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分（¥1234567.89），冻结期限自2017年8月1日起至2018年7月31日止。逾期或解除冻结前，不得自行解冻。", "item"),
    )
    label, value = (lambda t: TableCell(t, label=True)), TableCell("")
    slip = (
        CutLine("此联由协助执行单位填写后退回"),
        Paragraph("回执", "heading"),
        Paragraph(f"{COURT}：", "addressee"),
        Paragraph("你院（2017）琼9027执123号协助冻结存款通知书收悉，办理结果如下："),
        ContentTable((0.22, 0.28, 0.22, 0.28), (
            (label("户名"), TableCell("李犇"), label("账号"), TableCell("6222020000000000000")),
            (label("应冻结金额"), TableCell("1234567.89元"), label("实际冻结金额"), value),
            (label("冻结起止"), TableCell("", span=3)),
            (label("是否轮候及在先冻结情况"), TableCell("", span=3, height_mm=20)),
        )),
        Paragraph("协助单位（印章）", "closing"),
        Paragraph("年　　月　　日", "closing"),
    )  # fmt: skip
    return Content(
        "notice_assist_deposit", "notice", COURT, "协助冻结存款通知书", body, block, "（2017）琼9027执123号", DAY, slip=slip,
        contact=("联系人：王小丫", "联系电话：0898-00000000", "本院地址：海南省乐东黎族自治县抱由镇法院路1号"),
        attachments=("附：（2017）琼9027执123号之一执行裁定书",),
    )  # fmt: skip


def receipt() -> Content:
    """送达回证."""
    label = lambda t: TableCell(t, label=True)  # noqa: E731
    rows = (
        (label("案号"), TableCell("（2017）琼9027执123号"), label("案由"), TableCell("小额借款合同纠纷")),
        (label("送达文书名称和件数"), TableCell("（2017）琼9027执123号之一执行裁定书一份；协助冻结存款通知书一份；报告财产令一份；执行通知书一份；限制消费令一份；传票一份", span=3)),
        (label("受送达人"), TableCell("符䶮㛃𠅤"), label("送达方式"), TableCell("直接送达")),
        (label("送达地址"), TableCell("三亚市吉阳区月川街〇五号", span=3)),
        (label("受送达人签名或盖章"), TableCell("", span=3, height_mm=18)),
        (label("代收人及与受送达人的关系、代收理由"), TableCell("", span=3, height_mm=18)),
        (label("拒收事由和日期"), TableCell("", span=3, height_mm=18)),
        (label("见证人签名"), TableCell(""), label("送达人签名"), TableCell("")),
        (label("备注"), TableCell("", span=3, height_mm=15)),
    )
    body = (ContentTable((0.22, 0.28, 0.22, 0.28), rows), Paragraph("注：收件人不在时，交与他同住的成年家属签收。", "note"))
    return Content("receipt_service", "table", COURT, "送达回证", body, SignatureBlock("officers", seal=False))


def approval(reason: str = "被执行人名下存款可能转移，需立即冻结。") -> Content:
    """审批单 with a reason of any length."""
    label = lambda t: TableCell(t, label=True)  # noqa: E731
    rows = (
        (label("案号"), TableCell("（2017）琼9027执123号"), label("承办法官"), TableCell("李明")),
        (label("拟采取措施"), TableCell("冻结被执行人李犇银行存款1234567.89元", span=3)),
        (label("事实理由"), TableCell(reason, span=3, height_mm=40)),
        (label("审批依据"), TableCell("《执行局改革方案》第六条：由承办法官署名的裁定书、决定书", span=3)),
        (label("承办人意见"), TableCell("拟冻结。李明　2017年8月1日", span=3, height_mm=25)),
        (label("局长意见"), TableCell("", span=3, height_mm=25)),
    )
    body = (ContentTable((0.2, 0.3, 0.2, 0.3), rows), Paragraph("留痕：HQ.1/000123 9f86d081884c7d65", "note"))
    return Content("approval_sheet", "table", COURT, "执行措施审批表", body, SignatureBlock("approval", seal=False))


def label_cells(*words: str) -> tuple[TableCell, ...]:
    """Labels and values by turns."""
    return tuple(TableCell(text, label=number % 2 == 0) for number, text in enumerate(words))


def red_head() -> Content:
    """司法建议书 in the letter form, with an enclosure and 抄送."""
    block = SignatureBlock("seal_only", invisible=(Signatory("", "", "01J0JUDGE1", "Judge1"),))
    body = (
        Paragraph("海南某某建设工程有限公司：", "addressee"),
        Paragraph("本院在执行海南椰风小额贷款有限公司与李犇小额借款合同纠纷一案（案号：（2017）琼9027执123号）中发现，你单位于2017年7月12日向被执行人支付工程款98765.43元。"),
        Paragraph("为此，特建议：", keep_with_next=True),
        Paragraph("一、指定专人办理协助执行事项。", "item"),
        Paragraph("二、支付工程款以前核对有无协助执行通知书。", "item"),
        Paragraph("抄送：乐东黎族自治县住房和城乡建设局，海南省第二中级人民法院。", "foot"),
    )
    return Content(
        "letter_judicial_advice", "red_head", COURT, "司法建议书", body, block, "乐法建〔2017〕3号", DAY,
        contact=("联系人：王小丫，联系电话：0898-00000000",), attachments=("附：（2017）琼9027执123号之一执行裁定书",),
    )  # fmt: skip


def record() -> Content:
    """询问笔录 to write on, signed at the foot of every page by who is asked and by the interpreter."""
    body = (
        ContentTable((0.19, 0.31, 0.19, 0.31), (label_cells("案号", "（2017）琼9027执123号", "案由", "小额借款合同纠纷"), label_cells("询问人", "", "翻译人员", ""))),
        Paragraph("告知：你有如实回答的义务，有使用本民族语言文字的权利。"), WritingLines(1),
        ContentTable((0.19, 0.81), (label_cells("核对", "以上笔录已由翻译人员向我翻译，与我说的一致。"),)),
        Paragraph("被询问人签名：", "foot"), Paragraph("翻译人员签名：", "foot"),
    )  # fmt: skip
    return Content("record_inquiry", "record", COURT, "询问笔录", body, SignatureBlock("none", seal=False), "")


def listed(things: int = 3) -> Content:
    """查封、扣押财产清单 of so many things, and rows to write in."""
    heads = tuple(TableCell(text, label=True) for text in ("编号", "名称", "数量", "备注"))
    rows = tuple(
        (TableCell(str(n), align="center"), TableCell(f"位于乐东黎族自治县黄流镇椰风路{n}号的房屋（不动产权证号：琼（2016）乐东县不动产权第{n:07d}号）"), TableCell("1"), TableCell("查封"))
        for n in range(1, things + 1)
    )
    body = (
        ContentTable((0.14, 0.36, 0.14, 0.36), (label_cells("案号", "（2017）琼9027执123号", "案由", "小额借款合同纠纷"),)),
        ContentTable((0.1, 0.6, 0.15, 0.15), (heads, *rows)), WritingLines(),
        Paragraph("没有用到的空行划去。", "note"), Paragraph("在场人：", "foot"), Paragraph("执行人员：", "foot"),
    )  # fmt: skip
    return Content("list_seized", "list", COURT, "查封、扣押财产清单", body, SignatureBlock("none", seal=False), "")


def voucher() -> Content:
    """传票: stub and original on one sheet."""
    rows = tuple(label_cells(*pair) for pair in (("案号", "（2017）琼9027执123号"), ("被传唤人", "李犇"), ("应到时间", "2017年8月8日9时30分"), ("应到处所", "本院执行局谈话室")))
    table = ContentTable((0.25, 0.75), rows)
    body = (Paragraph("（存根）", "heading"), table, Paragraph("本联存卷。", "note"), CutLine("（2017）琼9027执123号"), table, Paragraph("本联送达被传唤人。", "note"))
    block = SignatureBlock("judge", (Signatory("审判员（执行员）", "李明", "01J0JUDGE1", "Judge1"),), clerk="王小丫")
    return Content("summons", "voucher", COURT, "传票", body, block, "", DAY)


def labels(count: int = 3) -> Content:
    """Labels for letters to so many receivers."""
    body = tuple(Paragraph(f"符䶮{n}　收\n地址：三亚市吉阳区月川街〇五号{n}室\n电话：0898-88000000\n（2017）琼9027执123号\n寄件人：{COURT}") for n in range(count))
    return Content("label_service", "label", COURT, "邮寄送达标签", body, SignatureBlock("none", seal=False), "")


ALL = {f.__name__: f for f in (one_page, two_pages, three_pages, panel, order, notice, receipt, approval)}
OTHERS = {f.__name__: f for f in (red_head, record, listed, voucher, labels)}  # of forms that are set otherwise
