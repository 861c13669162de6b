"""Tables and their fields as a person knows them: for sentences that must say where something stands.

A table says its own words (``WORDS``). A field bears those of its name here; one whose name is not here says them itself, as its
``verbose_name``.
"""

from __future__ import annotations

from typing import Any

from execdesk.records.tables import JOURNALED

SHARED: dict[str, str] = {
    "enforcement_no": "执行公务证号", "hotline": "举报电话", "letters": "函件代字", "names": "别的叫法", "near": "比照的镇", "short": "简称", "telephone": "联系电话",  # of the court, its towns and its people
    "account": "账户或登录名", "account_bank": "开户银行", "account_name": "户名", "account_no": "账号", "address": "住址", "addressee": "受文者", "agent": "代理人", "amount_fen": "金额（分）",
    "applicant": "提请人", "approved_by": "批准人", "approved_on": "批准日期", "arrival_notice_on": "到账通知日期", "article": "条文", "assisting_unit": "协助单位", "at": "时间", "basis_effective_on": "依据生效日期",
    "basis_kind": "依据种类", "basis_no": "执行依据", "basis_organ": "依据作出机关", "bank_ref": "银行流水号", "before": "此前文件", "binding": "凭证绑定", "booked_on": "登记日期", "born_on": "出生日期", "by_debtor": "付款的被执行人",
    "case": "案件", "case_no": "案号", "cause": "案由或事由", "certificate": "证书", "certificate_no": "工作证号", "chain_head": "链尾", "circumstances": "情形",
    "claim_fen": "申请标的（分）", "claimed_on": "认领日期", "closed_on": "结案日期", "closing_mode": "结案方式", "closing_source": "结案来源", "code": "代码", "conflict": "回避情形",
    "content": "内容", "content_hash": "内容校验值", "controlled_fen": "已控制金额（分）", "copies": "份数", "corrects": "被补正文书", "costs_fen": "诉讼费（分）",
    "appointment": "任命文件", "root_signature": "证书根的签名", "countersigned_by": "会签人", "counts": "件数", "data_hash": "权限表校验值", "delegation": "授权书", "demo": "演示", "designated_by": "指定人",
    "designated_on": "指定日期", "disposed_on": "处分日期", "document": "文书", "due_on": "期限", "effective_on": "生效日期", "end_printed": "文书载明的末日",
    "end_told": "回执载明的末日", "ends_on": "终止日期", "ethnicity": "民族", "evidence": "证据", "exempt": "豁免事由", "fee_fen": "执行费（分）", "fields": "填写项", "file": "文件", "file_name": "文件名",
    "file_sha256": "文件校验值", "filed_on": "立案日期", "fingerprint": "行校验值", "found_by": "发现方式", "found_on": "发现日期", "found_at": "发现时间", "granted_on": "许可日期", "ground": "认定依据", "group": "执行组",
    "group_reason": "分组理由", "handler": "经办人", "held_by": "所在办公点", "home": "必需住房", "id_kind": "证件种类", "id_no": "证件号码", "identifiers": "识别信息", "inputs": "填写内容", "interest_fen": "利息（分）", "interest_stop_on": "停息日", "issued_at": "签发时间", "key": "公钥或参数", "kind": "种类", "last_paper_suffix": "纸上最后文号", "law_hash": "法规数据校验值",
    "letter": "授权书号", "level": "层级", "matter": "事项", "matters": "授权事项", "measure": "措施", "medium": "到账方式", "members": "成员", "method": "方式", "minutes": "笔录",
    "months": "月数", "name": "名称", "natural_key": "识别号", "note": "备注", "number": "号码", "obligation": "义务", "occupation": "职业", "on": "日期", "on_paper": "书面批准",
    "opened_at": "登录时间", "opinion": "意见", "ordered_on": "裁定日期", "ordinal": "序次", "opening_recovered_fen": "开账前已到位（分）", "origin": "来源", "other": "另一记录", "outcome": "结果", "outsider": "案外人", "pages": "页数", "paper": "依据文书", "party": "当事人", "payer_account": "付款账号", "payer_name": "付款人",
    "pem": "证书内容", "person": "人员", "phone": "电话", "phrase": "方案原文", "place": "位置", "police_no": "警号", "position": "顺序", "post": "职务",
    "principal_fen": "本金（分）", "problems": "问题", "property": "财产", "proposed_by": "准备人", "provisional": "暂定", "public": "公钥", "purpose": "用途",
    "rank": "轮候顺位", "raw": "原文", "reason": "理由", "receipt_no": "回执号", "received_on": "收到日期", "receipt": "到账", "recipient": "受送达人",
    "released_on": "解除日期", "remarks": "备注", "renewed_from": "续自", "representative": "法定代表人", "representative_post": "代表人职务", "request": "报批事项",
    "result": "结果", "reverses": "冲正对象", "revoked_at": "吊销时间", "revoked_on": "撤销日期", "role": "角色", "root_certificate": "根证书", "root_fingerprint": "根指纹", "row": "行",
    "rule": "规则", "rule_id": "规则编号", "run": "导入批次", "scan": "扫描件", "seat": "驻地", "sequence": "序号", "serial": "序列号", "series": "编号系列",
    "served_by": "送达人", "served_on": "送达日期", "settled_by": "办结人", "settled_note": "办结说明", "sex": "性别", "sha256": "校验值", "share": "份额", "sheet": "工作表", "side": "诉讼地位",
    "signature": "签名", "signed_on": "签署日期", "signer": "署名人", "site": "办公点", "size": "大小", "source": "出处", "special": "特殊主体", "special_source": "特殊主体依据",
    "staffing": "编制", "started_on": "启用日期", "starts_on": "起始日期", "state": "状态", "statute_item": "行为种类", "statement": "签名内容", "step": "步骤", "struck": "划去", "subject": "对象",
    "submitted_at": "提交时间", "suffix": "文号序次", "team": "团队", "term_kind": "期限类别", "text": "文字", "text_version": "文本版本", "title": "标题", "town": "乡镇", "type_code": "类型代字",
    "type_id": "文书种类", "unconfirmed": "未经核实的内容", "unit": "单位", "upper": "上级法院", "upward": "呈报去向", "valid_from": "起用日期", "value": "数值", "value_fen": "价值（分）", "value_from": "价值来源", "warnings": "提示", "words": "写法",
    "year": "年度",
}
TABLES: dict[str, str] = {model.__name__: model.WORDS for model in JOURNALED}
FIELDS: dict[str, str] = {field.name: SHARED.get(field.name) or field.verbose_name or field.name for model in JOURNALED for field in model.journal_fields()}


def value_words(value: Any) -> str:
    """A journaled value in a sentence."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "空" if value in (None, "") else f"「{value}」"
