"""The sub-commands of ``law`` and what each argument means."""

from __future__ import annotations

import argparse
from typing import Any


def add_commands(parser: argparse.ArgumentParser, shared: argparse.ArgumentParser | None = None) -> None:
    """Add the sub-commands themselves, each with ``--json`` or the ``shared`` options."""
    common = shared or argparse.ArgumentParser(add_help=False)
    if shared is None:
        common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="以 JSON 输出")
    commands = parser.add_subparsers(dest="law_command", required=True, metavar="命令")

    def add(name: str, help_text: str, *arguments: tuple[str, dict[str, Any]]) -> None:
        sub = commands.add_parser(name, help=help_text, parents=[common])
        for flag, options in arguments:
            sub.add_argument(flag, **options)

    many: dict[str, Any] = {"action": "append", "default": []}
    day: dict[str, Any] = {"metavar": "日期"}
    amount: dict[str, Any] = {"metavar": "金额"}
    start = ("--from", {**day, "required": True, "dest": "start", "help": "起算日，如 2017-08-01（不计入期间）"})
    exclude = ("--exclude", {**many, "metavar": "起..止", "help": "扣除的一段期间，如 2018-03-01..2018-03-31；可以写几次"})
    on = ("--on", {**day, "help": "依哪一日的规定，如 2017-08-01；不写为今日"})
    add("authority", "谁审批：层级、法定签发人、合议、许可和理由",
        ("matter", {"metavar": "事项", "help": "事项的名称、通常叫法或者方案原文，如 终本、限高、拘留；全部名称见 law list 事项"}),
        ("--subject", {"default": "ordinary", "metavar": "主体", "help": "对象的类别，如 人大代表、乡镇人大代表、国有企业；不写为一般主体"}), on,
        ("--when", {**many, "metavar": "情形", "help": "另有的情形，如 抵债、履行完毕；可以写几次；全部情形见 law list 情形"}))
    add("article", "条文序号：某一日的法规中，一项规定在第几条",
        ("topic", {"metavar": "条文", "help": "条文的名称或者其中一段，如 终结本次执行程序；全部名称见 law list 条文"}),
        ("--on", {**day, "required": True, "help": "文书的落款日期，如 2017-08-01"}),
        ("--statute", {"default": "cpl", "metavar": "法规", "help": "民事诉讼法、民诉法解释、查扣冻规定、拍卖变卖规定、执行规定、执行程序解释；不写为民事诉讼法"}))
    add("deadline", "节点期限：一个节点的届满日和提醒日",
        ("node", {"metavar": "节点", "help": "节点的名称，如 执行期限、公告送达；全部名称见 law list 节点"}), start, exclude,
        ("--length", {"metavar": "天数", "help": "由法院指定长短的期限，指定的天数"}))
    add("period", "期间计算：任意长短的期间", start, ("--days", {"metavar": "日数", "help": "多少日"}), ("--months", {"metavar": "月数", "help": "多少个月"}),
        ("--years", {"metavar": "年数", "help": "多少年"}), ("--workdays", {"metavar": "日数", "help": "多少个工作日"}),
        ("--no-roll", {"action": "store_true", "help": "末日是休息日的不顺延（本院的期限）"}), exclude)
    add("control-end", "控制期限：查封、扣押、冻结到哪一日",
        ("kind", {"metavar": "种类", "help": "冻结银行存款、查封、扣押动产、查封不动产、冻结其他财产权"}),
        ("--from", {**day, "required": True, "dest": "start", "help": "起始日，如 2017-08-01（计入期限）"}),
        ("--months", {"metavar": "月数", "help": "期限多少个月；不写为当日法律允许的最长期限"}))
    add("fee", "申请执行费或者财产保全费", ("amount", {"nargs": "?", "default": "", "metavar": "金额", "help": "执行金额，如 1234.56 或 5.8万；没有金额的不写"}), on,
        ("--chosen", {**amount, "help": "没有执行金额的，法院在幅度内确定的数额"}),
        ("--preservation", {"action": "store_true", "help": "计算财产保全费"}))
    add("interest", "迟延履行利息：加倍部分和一般利息",
        ("--debt", {**amount, "required": True, "help": "债务数额（不含一般利息）"}),
        ("--period-end", {**day, "required": True, "help": "履行期间届满日"}),
        ("--to", {**day, "required": True, "dest": "until", "help": "计算至哪一日"}),
        ("--paid", {**many, "metavar": "日期:金额", "help": "一笔给付，如 2018-01-01:30000；可以写几次"}), exclude,
        ("--general", {"dest": "rate", "metavar": "年利率", "help": "一般利息的年利率，如 6%%，自履行期间届满日起"}),
        ("--general-from", {**many, "metavar": "日期:年利率", "help": "自某日起的一般利息年利率，如 2017-08-01:6%%；可以写几次"}),
        ("--general-due", {**amount, "help": "已经到期的一般利息"}),
        ("--instalment", {**many, "metavar": "届满日:金额", "help": "分期履行的，第二期起每期的届满日和金额，如 2018-01-31:20000；可以写几次"}),
        ("--series", {"metavar": "期限", "help": "一般利息按公布的贷款利率的，其期限：六个月以内、六个月至一年、一至三年、三至五年、五年以上"}),
        ("--times", {"metavar": "倍数", "help": "公布利率的倍数，如 1.5；不写为一倍"}),
        ("--debt-first", {"action": "store_true", "help": "给付先抵债务，后抵一般利息"}),
        ("--benchmark-series", {"metavar": "期限", "help": "2014年8月1日以前同期贷款基准利率的期限，如 一至三年"}),
        ("--benchmark", {**many, "metavar": "日期:年利率", "help": "2014年8月1日以前各段的同期贷款基准利率"}),
        ("--year-days", {"metavar": "天数", "help": "一年按多少天，365 或 360；不写为 365"}),
        ("--currency", {"metavar": "币种", "help": "债务的币种，如 美元；不写为元"}),
        ("--cny-rate", {"metavar": "中间价", "help": "折合人民币的，起算之日的中间价，如 6.5342"}))
    add("auction", "网络拍卖的起拍价、降价和保证金", ("--appraisal", {**amount, "required": True, "help": "评估价或者参考价"}),
        ("--on", {**day, "required": True, "help": "拍卖的日期"}), ("--first", {**amount, "help": "首次拍卖的起拍价；不写按最低的计算"}))
    add("distribute", "财产分配", ("--pot", {**amount, "required": True, "help": "可供分配的款项"}),
        ("--claim", {**many, "required": True, "metavar": "姓名:金额[:顺位[:加倍部分[:文书]]]", "help": "一笔债权，如 甲:30000 或 乙:50000:优先 或 丙:20000:普通:350:某判决；写几次为几笔"}), on,
        ("--costs", {**amount, "help": "执行费用（拍卖、评估、保管等）"}), ("--fee", {**amount, "help": "申请执行费"}),
        ("--exempt", {**amount, "help": "为被执行人保留的生活必需费用"}),
        ("--debtor", {"metavar": "被执行人", "help": "被执行人是 公民、其他组织、企业法人 还是 未经清算即撤销、注销或者歇业的企业法人；不写为公民"}),
        ("--co-owner", {**amount, "help": "共有人份额"}),
        ("--one-document", {"action": "store_true", "help": "债权均出自同一份文书，不足的按比例清偿"}),
        ("--control-order", {"action": "store_true", "help": "按采取控制措施的先后清偿"}))
    add("number", "案号：核对并写成规范的形式", ("text", {"metavar": "案号", "help": "案号原文，如 (2017)琼9027执字第100号"}))
    add("identity", "证件号码：核对号码", ("text", {"metavar": "号码", "help": "身份证号码、统一社会信用代码等"}))
    add("words", "大写：金额、日期、数字", ("text", {"metavar": "文字", "help": "金额、日期或者数字，如 1234.56、2017-08-01"}),
        ("--as", {"dest": "sort", "metavar": "种类", "help": "按哪一种：金额、日期、数字；看不出是哪一种的要写明"}))
    add("calc", "按名称使用任一计算", ("name", {"metavar": "计算", "help": "计算的名称，如 迟延履行利息；全部名称见 law list 计算"}),
        ("--set", {**many, "metavar": "栏目=值", "help": "填写一个栏目，如 执行金额=10000；可以写几次"}))
    add("check", "核对审批权限表：每个事项、主体、情形都有且只有一个答案")
    add("list", "各种名称一览：事项、主体、情形、节点、控制措施种类、条文、计算",
        ("section", {"nargs": "?", "default": "", "metavar": "类别", "help": "只看一类，如 事项、情形、节点、条文、计算"}))
