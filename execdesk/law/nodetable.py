"""What each node of the book is called, what starts it and whose term it is; the figures stand in the book."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Node:
    """``side``: ``court`` (never rolled) or ``party`` (rolled); ``way``: ``term``, ``before`` (counted back) or ``after``
    (something may be done only once the term has passed). ``name`` is the key without ``deadline.``."""

    name: str
    title: str
    starts: str
    side: str = "court"
    way: str = "term"

    @property
    def result(self) -> str:
        """The words before the day in the sheet's result."""
        return {"term": "届满日", "before": "推算日", "after": "期满可办"}[self.way]


_ROWS = (
    Node("filing", "立案审查期限", "收到执行申请之日"),
    Node("assign_undertaker", "确定承办人", "立案之日"),
    Node("execution_notice.statutory", "发出执行通知（法定）", "收到申请执行书或移交执行书之日"),
    Node("execution_notice.internal", "发出执行通知（承办人）", "承办人收到案卷之日"),
    Node("execution_notice.after_immediate_measure", "立即执行后补发执行通知", "采取强制执行措施之日"),
    Node("property_report_order", "发出报告财产令", "发出执行通知之日"),
    Node("property_report.period", "报告财产期限", "收到报告财产令之日", "party"),
    Node("property_report.lookback", "报告财产的起算日", "收到执行通知之日", way="before"),
    Node("property_report.supplement", "补充报告财产", "财产变动之日", "party"),
    Node("clue_verify", "核实财产线索", "收到明确线索之日"),
    Node("clue_verify_urgent", "核实紧急财产线索", "收到紧急线索之日"),
    Node("property_investigation", "一般财产调查", "承办人收到案卷之日"),
    Node("network_query_first", "首次网络查控", "立案之日"),
    Node("control_after_found", "发现财产后控制", "发现财产之日"),
    Node("audit_or_reward_decision", "决定是否审计、悬赏", "收到书面申请之日"),
    Node("dishonest_application_review", "审查纳入失信申请", "收到申请之日"),
    Node("reference_price_start", "启动确定参考价程序", "查封、扣押、冻结之日"),
    Node("online_inquiry_report", "网络询价平台出具报告", "平台收到委托之日"),
    Node("appraisal_report", "评估机构出具报告", "评估机构收到委托之日"),
    Node("price_report_send", "发送参考价报告", "收到报告之日"),
    Node("price_report_objection", "对评估、询价报告提出异议", "收到报告之日", "party"),
    Node("price_validity_max", "参考价有效期最长", "参考价确定之日"),
    Node("start_disposal_after_price", "参考价确定后启动处置", "参考价确定之日"),
    Node("payment_distribution", "发放执行款", "收到到账通知之日"),
    Node("payment_resume", "延缓事由消除后发放执行款", "延缓事由消除之日"),
    Node("closing.money", "执行期限", "立案之日"),
    Node("closing.non_litigation", "非诉执行期限", "立案之日"),
    Node("closing.extension", "延长后的执行期限", "原执行期限届满日"),
    Node("closing.extension_apply_lead", "申请延长执行期限", "执行期限届满日", way="before"),
    Node("closing.excluded", "不计入执行期限的期间", "立案之日"),
    Node("upper_court_after", "向上一级法院申请执行", "法院收到申请执行书之日", way="after"),
    Node("tnr.min_age", "终结本次执行程序的最短期限", "立案之日", way="after"),
    Node("tnr.approval", "终结本次执行程序的审批", "拟终本之日"),
    Node("tnr.hear_applicant", "终本前听取申请执行人意见", "拟终本之日"),
    Node("tnr.requery", "终本后再次查询财产", "终结本次执行程序之日"),
    Node("tnr.requery_years", "终本后定期查询的年限", "终结本次执行程序之日"),
    Node("tnr.publish_internet", "终本裁定上网", "终结本次执行程序之日"),
    Node("objection.file", "执行异议立案", "收到书面异议之日"),
    Node("objection.conduct.decide", "审查执行行为异议", "收到书面异议之日"),
    Node("objection.conduct.reconsider", "对异议裁定申请复议", "裁定送达之日", "party"),
    Node("reconsider.decide", "审查复议申请", "收到复议申请之日"),
    Node("objection.third_party.decide", "审查案外人异议", "收到书面异议之日"),
    Node("objection.third_party.suit", "提起执行异议之诉", "裁定送达之日", "party"),
    Node("objection.not_accepted_reconsider", "对不予受理、驳回申请裁定申请复议", "裁定送达之日", "party"),
    Node("objection.termination", "对终结执行提出异议", "收到终结执行法律文书之日", "party"),
    Node("jurisdiction_objection", "提出管辖异议", "收到执行通知之日", "party"),
    Node("arbitration_nonenforcement", "申请不予执行仲裁裁决", "执行通知送达之日", "party"),
    Node("notarial_nonenforcement", "申请不予执行公证债权文书", "执行通知送达之日", "party"),
    Node("notarial_reject_reconsider", "对驳回不予执行公证债权文书申请复议", "裁定送达之日", "party"),
    Node("fine_detention_reconsider", "对罚款、拘留申请复议", "收到决定书之日", "party"),
    Node("fine_detention_reconsider_decide", "罚款、拘留复议决定", "上级法院收到复议申请之日"),
    Node("exit_reconsider", "对限制出境申请复议", "收到决定之日", "party"),
    Node("exit_reconsider_decide", "限制出境复议决定", "上级法院收到复议申请之日"),
    Node("dishonest_correction_review", "审查失信纠正申请", "收到纠正申请之日"),
    Node("dishonest_correction_reconsider", "对驳回失信纠正申请复议", "决定送达之日", "party"),
    Node("dishonest_delete", "删除、撤销、更正失信信息", "应予删除、撤销、更正之日"),
    Node("change_party_decide", "审查变更、追加当事人申请", "收到书面申请之日"),
    Node("change_party_reconsider", "对变更、追加裁定申请复议", "裁定书送达之日", "party"),
    Node("change_party_suit", "对变更、追加裁定提起执行异议之诉", "裁定书送达之日", "party"),
    Node("plan_objection", "对分配方案提出书面异议", "收到分配方案之日", "party"),
    Node("plan_counter", "对分配方案异议提出反对意见", "收到通知之日", "party"),
    Node("plan_suit", "提起分配方案异议之诉", "收到反对意见通知之日", "party"),
    Node("due_debt_perform", "第三人履行到期债务或者提出异议", "收到履行通知之日", "party"),
    Node("suspend_decide", "决定是否暂缓执行", "收到暂缓执行申请之日"),
    Node("suspend_max", "暂缓执行最长期限", "暂缓执行决定之日"),
    Node("suspend_by_guarantee_max", "因担保暂缓执行最长期限", "暂缓执行决定之日"),
    Node("guarantee_period_default", "担保书未写明时的担保期间", "暂缓执行期限届满日", "party"),
    Node("entrusted_start", "受托法院开始执行", "收到委托函件之日"),
    Node("entrusted_file", "受托法院立案", "收到委托执行材料之日"),
    Node("recusal_decide", "决定是否回避", "提出回避申请之日"),
    Node("application_period", "申请执行期间", "履行期间的最后一日", "party"),
    Node("public_notice_service", "公告送达", "发出公告之日", "party", way="after"),
    Node("admin_immediate_enforcement", "立即执行行政决定", "作出执行裁定之日"),
    Node("eviction_notice_period", "强制迁出公告指定期间", "公告之日", "party"),
    Node("housing_grace", "交付房屋宽限期", "收到执行通知之日", "party"),
    Node("auction_ruling_service", "送达成交裁定", "价款全额支付之日"),
    Node("auction_handover", "移交拍卖财产", "成交或者抵债裁定送达之日"),
    Node("detention_family", "拘留后通知家属", "拘留之时"),
    Node("post_end_obstruction", "执行终结后排除妨害", "执行终结之日"),
    Node("bankruptcy_reply", "破产法院裁定是否受理", "收到执行案件相关材料之日"),
    # terms that stand under keys of their own
    Node("auction.announce.first.movable", "首次拍卖公告（动产）", "拍卖日", way="before"),
    Node("auction.announce.first.immovable", "首次拍卖公告（不动产、其他财产权）", "拍卖日", way="before"),
    Node("auction.announce.second.movable", "再次拍卖公告（动产）", "拍卖日", way="before"),
    Node("auction.announce.second.immovable", "再次拍卖公告（不动产、其他财产权）", "拍卖日", way="before"),
    Node("auction.notify_parties", "拍卖公告前通知当事人", "发布拍卖公告之日", way="before"),
    Node("auction.second.within", "再次拍卖", "首次拍卖流拍之日"),
    Node("auction.resume_after_pause", "暂缓、中止后恢复拍卖", "暂缓、中止事由消失之日"),
    Node("auction.data_retention", "拍卖数据保存", "拍卖程序结束之日"),
    Node("sale.after_second.ask_in_kind", "询问是否以物抵债", "二拍流拍之日"),
    Node("sale.after_second.announce", "发布变卖公告", "二拍流拍之日"),
    Node("sale.period", "网络变卖期", "变卖公告之日"),
    Node("control.renewal.preservation_application_lead", "申请续行保全", "保全期限届满日", way="before"),
    Node("control.handover_to_priority_creditor.wait", "优先债权执行法院要求移送", "首先查封之日", way="after"),
    Node("control.handover_to_priority_creditor.reply", "答复商请移送执行函", "收到商请移送执行函之日"),
    Node("control.preservation_handover.wait", "轮候法院商请移送保全财产", "保全之日", way="after"),
    Node("dishonest.relist_bar", "再次申请纳入失信名单", "删除失信信息之日", way="after"),
)
NODES: dict[str, Node] = {node.name: node for node in _ROWS}
