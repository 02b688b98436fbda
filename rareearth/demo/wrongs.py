"""What inspections of the invented province find, and what the law demands there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something an inspection finds: facts, place, what is demanded, and the violation before and under the code of 2026."""

    fact: str
    place: str
    wanted: str
    before: str
    since: str


WRONGS = (
    Wrong(
        "萃取车间废水收集池液位计故障，废水经溢流口进入雨水沟，现场快速检测氨氮浓度偏高。",
        "萃取车间",
        "停止废水溢流排放，修复收集池液位控制系统\n清理雨水沟受污染底泥并妥善处置",
        "OLD-W83",
        "EC1107",
    ),
    Wrong(
        "原料台账与库存实物不符，账面结存碳酸稀土少于实物存量。",
        "原料仓库",
        "查明台账与实物差额原因，补录全部流向信息\n建立台账逐日核对制度",
        "RE25",
        "RE25",
    ),
    Wrong(
        "酸溶工序废气处理设施喷淋塔未开启，氯化氢废气未经处理直接排放。",
        "酸溶工段",
        "立即恢复废气处理设施正常运行\n完善设施运行记录并每日留存",
        "OLD-A99",
        "EC1104",
    ),
    Wrong(
        "放射性废渣暂存间防渗层破损，未设置放射性警示标志。",
        "废渣暂存间",
        "修复防渗层并设置规范的警示标志\n委托有资质单位对暂存废渣进行监测",
        "OLD-R56",
        "EC1202",
    ),
    Wrong(
        "新增一条分离线已投入生产，未取得竣工环境保护验收意见。",
        "二期车间",
        "停止新增分离线生产\n完成竣工环境保护验收并报送验收材料",
        "OLD-XM23",
        "EC1100",
    ),
    Wrong(
        "当月产品流向信息未在次月10日前录入稀土产品追溯信息系统。",
        "销售部",
        "补录逾期未报的流向信息\n明确专人负责按月录入",
        "RE25",
        "RE25",
    ),
)
# What the law demands where the reference data do not know the article.
DUTIES = {
    "OLD-W83": "排放水污染物不得超过国家或者地方规定的水污染物排放标准",
    "EC1107": "排放污染物不得超过污染物排放标准",
    "OLD-A99": "排放大气污染物不得超过大气污染物排放标准",
    "EC1104": "按照排污许可证规定运行污染防治设施",
    "OLD-R56": "按照规定处理、处置放射性固体废物",
    "EC1202": "按照规定处理、处置放射性固体废物",
    "OLD-XM23": "环境保护设施经验收合格后方可投入生产或者使用",
    "EC1100": "环境保护设施经验收合格后方可投入生产或者使用",
}
