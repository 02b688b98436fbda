"""What the cells of a sheet may refer to, read once for a whole file."""

from dataclasses import dataclass, field
from typing import Any, Self

from core import clock
from organisation.models import Region
from registry.models import EnterpriseGroup, MaterialClass, Technique, home_ranges


@dataclass(slots=True)
class Known:
    """Regions, groups, material classes and techniques, and what an officer may write for them."""

    regions: dict[str, Region] = field(default_factory=dict)  # by code
    own_regions: frozenset[str] = frozenset()
    groups: dict[int, EnterpriseGroup] = field(default_factory=dict)
    classes: dict[str, MaterialClass] = field(default_factory=dict)  # by code
    techniques: dict[str, Technique] = field(default_factory=dict)  # by code
    _regions_by_name: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, viewer: Any) -> Self:
        known = cls(
            regions={region.code: region for region in Region.objects.valid_on(clock.today()).order_by("code")},
            groups={group.pk: group for group in EnterpriseGroup.objects.visible_to(viewer)},
            classes={row.code: row for row in MaterialClass.objects.all()},
            techniques={row.code: row for row in Technique.objects.all()},
        )
        for code, region in known.regions.items():
            known._regions_by_name.setdefault(region.name, []).append(code)
        ranges = home_ranges(viewer)
        known.own_regions = frozenset(
            code for code in known.regions if any(first <= code <= last for first, last in ranges)
        )
        return known

    @property
    def own_labels(self) -> list[str]:
        """ "320481 溧阳市" for the drop-down."""
        return [f"{code} {region.name}" for code, region in self.regions.items() if code in self.own_regions]

    @property
    def base_names(self) -> list[str]:
        return [region.name for region in self.regions.values() if region.is_industrial_base]

    @property
    def group_names(self) -> list[str]:
        return [group.name for group in self.groups.values()]

    @property
    def class_names(self) -> list[str]:
        return [row.name for row in self.classes.values()]

    @property
    def technique_names(self) -> list[str]:
        return [row.name for row in self.techniques.values()]

    def technique_called(self, text: str) -> str | None:
        return next((code for code, row in self.techniques.items() if row.name == text), None)

    def group_called(self, text: str) -> int | None:
        return next((pk for pk, group in self.groups.items() if group.name == text), None)

    def class_called(self, text: str) -> str | None:
        """By its name, with or without 稀土 before it."""
        return next(
            (code for code, row in self.classes.items() if text in {row.name, row.name.removeprefix("稀土")}), None
        )

    def regions_called(self, text: str) -> list[str]:
        """Codes meant by "320481", "320481 溧阳市", "溧阳市", "常州市溧阳市" or "江苏省常州市溧阳市"."""
        code, _blank, name = text.partition(" ")
        if code in self.regions and (not name or self.regions[code].name == name.strip()):
            return [code]
        plain = text.replace(" ", "").removeprefix("江苏省") or text
        if plain in self._regions_by_name:
            return self._regions_by_name[plain]
        return [found for found, region in self.regions.items() if plain == self._city_of(found) + region.name]

    def _city_of(self, code: str) -> str:
        """The name of the city a county belongs to; "\\0" for what is no county."""
        city = self.regions.get(code[:4] + "00")
        return city.name if city is not None and city.code != code else "\0"
