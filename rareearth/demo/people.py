"""Officers of the invented province, beside the named accounts."""

import random
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from core import pinyin
from organisation import roles
from organisation.models import Department, Officer
from rareearth.demo.accounts import DEMO_ACCOUNTS, PASSWORD

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
GIVEN = (
    "一鸣",
    "若溪",
    "知远",
    "书瑶",
    "景行",
    "安澜",
    "望舒",
    "怀瑾",
    "思齐",
    "清和",
    "子衿",
    "明远",
    "允中",
    "静姝",
    "星野",
    "嘉树",
)
# Departments with a team: code and the roles of its people.
TEAMS: dict[str, tuple[roles.Role, ...]] = {
    "JS-EPD": (roles.CASE_OFFICER, roles.CASE_OFFICER, roles.INSPECTOR, roles.LEGAL_REVIEWER, roles.DEPARTMENT_HEAD),
    "JS-MIIT": (roles.CASE_OFFICER, roles.CASE_OFFICER, roles.INSPECTOR, roles.LEGAL_REVIEWER, roles.DEPARTMENT_HEAD),
    "JS-COM": (roles.CASE_OFFICER, roles.DEPARTMENT_HEAD),
    "JS-AIC": (roles.CASE_OFFICER, roles.DEPARTMENT_HEAD),
    "JS-SAFE": (roles.INSPECTOR,),
    "JS-DRC": (roles.CASE_OFFICER,),
    "CUS-NJ": (roles.CASE_OFFICER, roles.INSPECTOR),
    "3204-EPD": (roles.CASE_OFFICER, roles.INSPECTOR, roles.INSPECTOR),
    "3202-EPD": (roles.CASE_OFFICER, roles.CASE_OFFICER, roles.INSPECTOR, roles.LEGAL_REVIEWER, roles.DEPARTMENT_HEAD),
    "3203-EPD": (roles.CASE_OFFICER, roles.INSPECTOR, roles.LEGAL_REVIEWER, roles.DEPARTMENT_HEAD),
    "3205-EPD": (roles.CASE_OFFICER, roles.CASE_OFFICER, roles.INSPECTOR, roles.LEGAL_REVIEWER, roles.DEPARTMENT_HEAD),
    "3209-EPD": (roles.CASE_OFFICER, roles.CASE_OFFICER, roles.INSPECTOR, roles.LEGAL_REVIEWER, roles.DEPARTMENT_HEAD),
    "3204-MIIT": (roles.CASE_OFFICER, roles.DEPARTMENT_HEAD),
    "3202-MIIT": (roles.CASE_OFFICER,),
}
POSTS = {
    roles.CASE_OFFICER.code: "主办",
    roles.INSPECTOR.code: "检查员",
    roles.LEGAL_REVIEWER.code: "法规科 审核员",
    roles.DEPARTMENT_HEAD.code: "分管负责人",
}


def make(rng: random.Random, today: date) -> list[Officer]:
    """All officers, the named accounts first. The password is hashed once: hashing fifty times would take half a minute."""
    hashed = make_password(PASSWORD)
    made = [_officer(a.username, a.name, a.post, a.role, a.department, hashed, rng, today) for a in DEMO_ACCOUNTS]
    names = [s + g for s in SURNAMES for g in GIVEN]
    rng.shuffle(names)
    taken = {officer.name for officer in made}
    free = iter([name for name in names if name not in taken])
    for code, team in TEAMS.items():
        for place, role in enumerate(team, start=1):
            username = f"{code.lower().replace('-', '')}{place}"
            made.append(_officer(username, next(free), POSTS[role.code], role, code, hashed, rng, today))
    return made


def _officer(
    username: str, name: str, post: str, role: roles.Role, department: str, hashed: str, rng: random.Random, today: date
) -> Officer:
    carries = role in {roles.CASE_OFFICER, roles.INSPECTOR, roles.DEPARTMENT_HEAD}
    officer = Officer.objects.create(
        username=username,
        name=name,
        initials=pinyin.initials(name),
        post=post,
        department=Department.objects.get(code=department),
        password=hashed,
        email=f"{username}@example.cn",
        certificate_number=f"苏{rng.randint(10, 99)}{rng.randint(100000, 999999)}" if carries else "",
        certificate_expires_on=today + timedelta(days=rng.randint(120, 1200)) if carries else None,
        legally_qualified=role is roles.LEGAL_REVIEWER,
        joined_on=today - timedelta(days=900),
    )
    officer.groups.add(Group.objects.get(name=role.code))
    return officer
