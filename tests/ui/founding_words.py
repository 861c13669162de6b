"""Who founds a court in the tests and pictures, and what each of them types."""

from __future__ import annotations

PEOPLE = """姓名\t职务\t编制\t执行组\t登录名
院长甲\t院长\t政法编\t\tyuanzhang
局长乙\t局长\t政法编\t\tjuzhang
管理丙\t系统管理员\t事业编\t\tguanli
法官丁\t执行法官\t政法编\t山区组\tfaguan
印章戊\t印章管理员、书记员\t政法编\t山区组\tyinzhang
法官己\t执行法官\t政法编\t沿海组\tyanhai
书记员庚\t书记员\t聘用制\t沿海组\tshuji"""
TEAMS = "团队\t执行组\t执行法官\t执行员\n丁团队\t山区组\t法官丁\t印章戊\n己团队\t沿海组\t法官己\t书记员庚"
PRESENT = ("yuanzhang", "juzhang", "guanli", "faguan", "yinzhang")
WORDS = dict(zip((*PRESENT, "yanhai", "shuji"), (
    "fenghuang mu xia yu", "zhangchao shouwang le", "mumian luo wuyan", "haifeng chui xiangjiao", "matou shai yuwang", "shanlu wan you wan", "denghuo ru xinghe",
), strict=True))
PHRASE = "guche zai yulin li zou"
