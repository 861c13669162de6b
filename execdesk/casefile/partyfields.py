"""The fields of a party, as registration, addition and correction ask for them."""

from __future__ import annotations

from dataclasses import replace

from execdesk.law.fields import Field

KINDS = (("natural", "自然人"), ("legal", "法人"), ("organisation", "其他组织"), ("business", "个体工商户"))
SIDES = (("debtor", "被执行人"), ("applicant", "申请执行人"), ("third", "第三人"))
_NAME = Field("name", "姓名或名称", "name", required=False)
_ID = Field("id_no", "证件号码", "identity", required=False)
_CONTACT = (Field("address", "住址", required=False), Field("phone", "电话", required=False, most=32))
_KIND = Field("kind", "类别", "choice", required=False, options=KINDS)
_PERSON = (
    Field("sex", "性别", "choice", required=False, options=(("男", "男"), ("女", "女")), beside=True), Field("ethnicity", "民族", required=False, most=16, beside=True),
    Field("occupation", "职业", required=False, most=64), Field("born_on", "出生日期", "day", required=False, most="today", beside=True),
)
_UNIT = (
    Field("representative", "法定代表人或负责人", required=False, most=64), Field("representative_post", "职务", required=False, most=32, beside=True),
    Field("agent", "委托代理人", "name", required=False, beside=True),
)
_SPECIAL = (Field("special", "特殊主体", "many", required=False, rare=True), Field("special_source", "依据", required=False, rare=True))

CHANGEABLE = (_NAME, _ID, *_CONTACT, *_PERSON, *_UNIT, replace(_KIND, rare=True))
ADDED = (_ID, *_CONTACT, replace(_KIND, rare=True), *(replace(one, rare=True) for one in (*_PERSON, *_UNIT)), *_SPECIAL)
REGISTERED = (replace(_NAME, required=True), replace(_KIND, default="natural"), _ID, *_CONTACT, *(replace(one, rare=True) for one in (*_PERSON, *_UNIT)), *_SPECIAL)
