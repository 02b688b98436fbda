"""Invented enterprises in the five bases and some other places. Names are made of rare pairs of characters."""

import random
from datetime import date, timedelta
from decimal import Decimal

from organisation.models import Region
from registry import credit_code
from registry.models import Enterprise, EnterpriseGroup, Facility, MaterialClass, ProcessLine, Technique

# (county, place in names, how many, longitude, latitude)
PLACES = (
    ("320282", "宜兴市", 9, "119.82", "31.34"),
    ("320581", "常熟市", 7, "120.75", "31.65"),
    ("320481", "溧阳市", 9, "119.48", "31.42"),
    ("320322", "沛县", 6, "116.94", "34.72"),
    ("320923", "阜宁县", 7, "119.80", "33.76"),
    ("320281", "江阴市", 3, "120.28", "31.92"),
    ("320413", "常州市金坛区", 3, "119.60", "31.72"),
)
NAMES = [
    "霁桐",
    "沅栎",
    "衡桦",
    "澜岫",
    "砚秋",
    "蓼汀",
    "苇澄",
    "樾野",
    "泠川",
    "穗安",
    "珩屿",
    "鹭洲",
    "榷山",
    "苓泽",
    "岚垣",
    "汀樾",
    "渟岳",
    "檀溪",
    "峤云",
    "湛垚",
    "榆关野",
    "芷沅",
    "砺戈",
    "浔樾",
    "榛岭",
    "昀泽",
    "溟石",
    "珞川",
    "埠澄",
    "菁垣",
    "栩野",
    "沚兰",
    "峥桦",
    "漪岚",
    "庭榆",
    "璞砚",
    "濯玉",
    "屿宁",
    "榉城",
    "泮水",
    "茗岫",
    "稷原",
    "沣和",
    "篁里",
    "荻川",
    "砼亭",
]
KINDS = (
    ("稀土有限公司", ["separation"]),
    ("稀土冶炼分离有限公司", ["separation"]),
    ("稀土金属材料有限公司", ["metals"]),
    ("磁性材料有限公司", ["materials"]),
    ("发光材料有限公司", ["materials"]),
    ("资源循环利用有限公司", ["recycling"]),
    ("稀土国际贸易有限公司", ["trade", "export"]),
)
PEOPLE = [
    "钱屿",
    "孙澄",
    "李砚",
    "周岚",
    "吴樾",
    "郑沅",
    "王珩",
    "冯苇",
    "陈汀",
    "褚湛",
    "卫霁",
    "蒋栩",
    "沈漪",
    "韩庭",
    "杨璞",
    "朱䶮",
    "秦濯",
    "许穗",
    "何泮",
    "吕蓼",
]


def make(rng: random.Random, today: date) -> list[Enterprise]:
    """At least forty enterprises with valid codes that belong to nobody, their plants and lines."""
    groups = [EnterpriseGroup.objects.create(name=name) for name in ("岫云稀土（演示）集团", "沅澧新材（演示）集团")]
    classes, techniques = list(MaterialClass.objects.all()), list(Technique.objects.all())
    names = iter(NAMES)
    made: list[Enterprise] = []
    for code, place, count, longitude, latitude in PLACES:
        region = Region.objects.get(code=code)
        for _ in range(count):
            suffix, kinds = KINDS[len(made) % len(KINDS)]
            serial = len(made) + 1
            enterprise = Enterprise(
                credit_code=credit_code.build("9", "1", code, f"MADE{serial:04d}"),
                name=f"{place}{next(names)}{suffix}",
                kinds=kinds,
                group=rng.choice([None, None, *groups]),
                region=region,
                base=region if region.is_industrial_base else None,
                address=f"江苏省{place}演示路{rng.randint(1, 300)}号",
                legal_representative=rng.choice(PEOPLE),
                contact_name=rng.choice(PEOPLE),
                contact_phone=f"0510-5550{serial:04d}",
                registered_capital_10k_cny=Decimal(rng.randrange(500, 30000, 100)),
                founded_on=today - timedelta(days=rng.randint(1500, 9000)),
            )
            enterprise.save()
            if "materials" in kinds:
                enterprise.material_classes.add(rng.choice(classes))
            _plant(rng, enterprise, region, techniques, Decimal(longitude), Decimal(latitude), today)
            made.append(enterprise)
    return made


def _plant(
    rng: random.Random, enterprise: Enterprise, region: Region, techniques: list[Technique], longitude: Decimal,
    latitude: Decimal, today: date,
) -> None:  # fmt: skip
    facility = Facility.objects.create(
        enterprise=enterprise,
        name="主厂区",
        region=region,
        address=enterprise.address,
        longitude_deg=longitude + Decimal(rng.randint(-900, 900)) / 10000,
        latitude_deg=latitude + Decimal(rng.randint(-900, 900)) / 10000,
        accuracy_m=rng.choice([5, 12, 30]),
        coordinate_source="survey",
    )
    if {"separation", "metals"} & set(enterprise.kinds):
        for number in range(1, rng.randint(2, 4)):
            ProcessLine.objects.create(
                facility=facility,
                name=f"{number}号线",
                technique=rng.choice(techniques),
                capacity_t_reo_per_year=Decimal(rng.randrange(500, 4000, 50)),
                commissioned_on=today - timedelta(days=rng.randint(800, 4000)),
            )
