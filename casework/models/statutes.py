"""The statute book: instruments and provisions with their days of validity, periods, violations, document forms.

Policy source and legal basis are kept apart: a policy document explains why an authority acts, but cannot itself found a
penalty (行政处罚法第十六条).
"""

from datetime import date
from typing import Final, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.labels import in_print


class Dated(models.Model):
    """Valid from one day to another, both included; empty means without limit."""

    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    confidence = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def is_verified(self) -> bool:
        """Rows that are not high in confidence in every part carry the mark 待核实 wherever they are shown."""
        return all(part.strip().startswith("high") for part in self.confidence.split("/"))

    def is_valid_on(self, day: date) -> bool:
        return self.is_valid_between(day, day)

    def is_valid_between(self, first: date, last: date) -> bool:
        """In force on one day at least of those from first to last (`DatedQuerySet.valid_between`)."""
        return (self.valid_from or date.min) <= last and first <= (self.valid_to or date.max)


M = TypeVar("M", bound=models.Model, covariant=True)
FRAME: Final = ("序言", "抬头", "结尾")  # parts of a policy document around its articles


class DatedQuerySet(models.QuerySet[M]):
    def valid_on(self, day: date) -> Self:
        return self.valid_between(day, day)

    def valid_between(self, first: date, last: date) -> Self:
        """In force on one day at least of those from first to last."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=last), Q(valid_to=None) | Q(valid_to__gte=first))


class InstrumentNature(models.TextChoices):
    LAW = "law", _("Law")
    REGULATION = "regulation", _("Administrative regulation")
    RULE = "rule", _("Departmental rule")
    STANDARD = "standard", _("Standard")
    POLICY = "policy", _("Policy document")  # 规范性文件


class Instrument(Dated):
    """A law, regulation, rule, standard or policy document in one version."""

    title = models.CharField(max_length=120)
    full_title = models.CharField(max_length=120, blank=True)  # as documents cite it
    document_number = models.CharField(max_length=80, blank=True)
    nature = models.CharField(max_length=12, choices=InstrumentNature)
    status = models.CharField(max_length=120, blank=True)
    suspended_from = models.DateField(null=True, blank=True)
    suspended_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["title", "valid_from"], name="casework_instrument_once_per_version")
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"

    @property
    def founds_penalties(self) -> bool:
        """A policy document says why an authority acts; only law, regulation or rule can found an order or a penalty."""
        return self.nature in {InstrumentNature.LAW, InstrumentNature.REGULATION, InstrumentNature.RULE}

    @property
    def needs_check(self) -> bool:
        """Confidence or status leaves something for a person to verify."""
        return not self.is_verified or "核对" in self.status or "核实" in self.status

    def is_in_force(self, on: date) -> bool:
        return self.is_valid_on(on) and not (
            self.suspended_from and self.suspended_from <= on <= (self.suspended_to or date.max)
        )


class ProvisionQuerySet(DatedQuerySet["Provision"]):
    def that_say_something(self) -> Self:
        """Without the parts of a document that frame it: they found nothing."""
        return self.exclude(article__in=FRAME)


class Provision(Dated):
    """An article of an instrument. May found a penalty only when the instrument is not a policy document."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="provisions")
    article = models.CharField(max_length=60)
    text = models.TextField(blank=True)

    objects = ProvisionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instrument", "article"], name="casework_provision_once")]

    def __str__(self) -> str:
        return f"{self.instrument}{in_print(self.article)}"

    @property
    def is_legal_basis(self) -> bool:
        return self.instrument.founds_penalties


class Unit(models.TextChoices):
    CALENDAR_DAY = "calendar_day", _("calendar days")
    WORKING_DAY = "working_day", _("working days")
    MONTH = "month", _("months")
    YEAR = "year", _("years")


class Actor(models.TextChoices):
    AGENCY = "agency", _("The authority")
    PARTY = "party", _("The party")
    OTHER = "other", _("Another body")


# What a row of the file may be instead of a period: an amount, a rate by the day, a count of days that have passed.
NO_PERIODS: Final = ("CNY", "per_day", "days_counted")


class PeriodRuleQuerySet(DatedQuerySet["PeriodRule"]):
    def periods(self) -> Self:
        return self.exclude(unit__in=NO_PERIODS)

    def amounts(self) -> Self:
        """Amounts, rates and counts: rules, and no periods."""
        return self.filter(unit__in=NO_PERIODS)

    def called(self, *codes: str) -> Self:
        """The rules of these codes, each with the versions added to it since."""
        return self.filter(Q(code__in=codes) | Q(version_of__code__in=codes)).select_related("version_of")


class PeriodRule(Dated):
    """A statutory period in one version: how long, in what, for whom, by which article. Loaded from period_rules.csv;
    a later version is added to it in the browser (casework.rule_versions)."""

    code = models.CharField(max_length=10, unique=True)  # D01 …; D01-2 for the next version of D01
    version_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="later_versions")
    # Kept in the browser since: loading the files again leaves the row alone.
    is_edited = models.BooleanField(default=False, editable=False)
    stage = models.CharField(max_length=40)
    trigger = models.CharField(max_length=80)
    action = models.CharField(max_length=120)
    actor = models.CharField(max_length=60)
    actor_side = models.CharField(max_length=8, choices=Actor)
    period = models.CharField(max_length=60)  # as printed; not every row is a plain length
    length = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=20)
    counts_back = models.BooleanField(default=False)  # so long *before* the event: 举行听证的七个工作日前
    start_rule = models.CharField(max_length=40, blank=True)
    extension = models.CharField(max_length=200, blank=True)
    excluded_time = models.CharField(max_length=200, blank=True)
    on_breach = models.CharField(max_length=200, blank=True)
    legal_basis = models.CharField(max_length=200)

    objects = PeriodRuleQuerySet.as_manager()

    class Meta:
        permissions = [("keep_statute_book", "May add versions of statutory periods")]

    def __str__(self) -> str:
        return f"{self.code} {self.action}"

    @property
    def first_version(self) -> "PeriodRule":
        """The version by whose code kinds of deadlines name the rule."""
        return self.version_of or self

    @property
    def is_period(self) -> bool:
        return self.unit not in NO_PERIODS

    @property
    def is_computable(self) -> bool:
        return self.length is not None and self.unit in Unit.values


class Violation(Dated):
    """A violation with its legal basis and fine band in one version. Loaded from penalty_bases.csv."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    cause = models.CharField(max_length=120, blank=True)  # 案由: what a matter about it is called
    legal_basis = models.CharField(max_length=120)  # the article that punishes it
    duty_article = models.CharField(max_length=120, blank=True)  # the article that is violated, where it is known
    duty_source = models.CharField(max_length=200, blank=True)
    agency = models.CharField(max_length=60, blank=True)
    order_measure = models.CharField(max_length=120, blank=True)
    fine_min_cny = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    fine_max_cny = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    formula = models.CharField(max_length=200, blank=True)
    extra = models.CharField(max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def cause_of_matter(self) -> str:
        """涉嫌……案; made of its name where the table has no words for it."""
        return self.cause or f"涉嫌{self.name.replace('/', '、').replace('；', '、')}案"

    @property
    def act(self) -> str:
        """What was done, as an official text says it; the name is the short word of the lists to choose from."""
        return self.cause_of_matter.removeprefix("涉嫌").removesuffix("案")


class DocumentForm(models.Model):
    """An official form: name, number word, what it must contain, who approves. Loaded from documents.csv."""

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=80)
    stage = models.CharField(max_length=40)
    audience = models.CharField(max_length=40)
    number_word = models.CharField(max_length=20, blank=True)
    needs_seal = models.BooleanField()
    approval = models.CharField(max_length=80, blank=True)
    needs_service_receipt = models.CharField(max_length=40, blank=True)
    required_content = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    confidence = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name
