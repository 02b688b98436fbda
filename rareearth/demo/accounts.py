"""The accounts that a demonstration shows: one for each role, with one line on what it can do."""

from dataclasses import dataclass

from organisation import demo, roles
from organisation.roles import Role

PASSWORD = "Xitu-2026-demo"  # noqa: S105 — printed on the log-in page of the demonstration, never in production


@dataclass(frozen=True, slots=True)
class Account:
    """A person of the demonstration: user name, name, post, role, code of the department."""

    username: str
    name: str
    post: str
    role: Role
    department: str
    can: str

    def __str__(self) -> str:
        return f"{self.username:<10} {PASSWORD:<16} {self.name}  {self.can}"


DEMO_ACCOUNTS: tuple[Account, ...] = (
    Account(
        "wanglei", "王磊", "执法支队 三级主办", roles.CASE_OFFICER, "3204-EPD", "承办人：线索、立案、起草与送达文书"
    ),
    Account("lijing", "李静", "执法支队 四级主办", roles.CASE_OFFICER, "3204-EPD", "协办人：第二名执法人员，共同签字"),
    Account("chenjie", "陈杰", "执法支队 检查员", roles.INSPECTOR, "3204-EPD", "检查员：现场检查、记录问题、复查"),
    Account("zhangmin", "张敏", "法规科 科长", roles.LEGAL_REVIEWER, "3204-EPD", "法制审核人：审核案件与文书"),
    Account("zhouheng", "周衡", "副局长", roles.DEPARTMENT_HEAD, "3204-EPD", "负责人：审批、延期、中止、结案"),
    Account("wuyue", "吴越", "稀土办 副主任", roles.SUPERVISOR, "JS-MIIT", "督办：全省在办与超期情况"),
    Account(
        "zhenghe", "郑和平", "省协调机制办公室", roles.COORDINATION_OFFICER, "JS-MIIT", "协调：调度各部门、催办督办"
    ),
    Account("fengshen", "冯慎", "审计管理员", roles.AUDITOR, "JS-MIIT", "安全审计员：查看并校验操作留痕"),
    Account("chuxi", "褚希", "系统管理员", roles.SYSTEM_ADMINISTRATOR, "JS-MIIT", "系统管理员：基础数据、日历、账号"),
    Account("weian", "卫安", "安全管理员", roles.SECURITY_ADMINISTRATOR, "JS-MIIT", "安全管理员：授予角色、解锁账号"),
    Account(
        "xuwai", "徐晚", "执法支队 二级主办", roles.CASE_OFFICER, "3203-EPD", "外地承办人（徐州）：看不到常州的案件"
    ),
)


def listed() -> list[demo.DemoAccount]:
    """As the log-in page wants them."""
    return [demo.DemoAccount(a.username, PASSWORD, a.name, a.can) for a in DEMO_ACCOUNTS]
