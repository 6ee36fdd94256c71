"""Where units assemble, what a unit asks of its members, and formation runs."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from muster.domains.militia.models.units import Unit
from muster.ground.rows.models import CountyRow, row_history

PERCENT = [MaxValueValidator(100)]


class AssemblyPlace(CountyRow):
    """A place where units assemble (集结点) and the minutes that each village needs to reach it.

    ``minutes`` maps division codes to whole minutes. A village that is not in it is *unknown*:
    nothing is guessed from distances.
    """

    area = "militia"
    reference = True

    name = models.CharField("集结点", max_length=60)
    minutes = models.JSONField("各村到达分钟数", default=dict)
    history = row_history("militia")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "集结点"
        ordering = ["division", "name"]
        constraints = [
            models.UniqueConstraint("county", "division", "name", name="assembly_place_once")
        ]

    def __str__(self) -> str:
        return self.name


class UnitCondition(CountyRow):
    """What formation asks of one unit (编组条件). An empty limit is no limit; 0 % asks nothing.

    ``own_area``: newcomers live in the division of the unit (a village company takes villagers);
    members who moved nearby may stay.

    Ages left empty come from the rules of the place. The Party share counts only where a dated
    rule of the county lets membership count at all.
    """

    area = "militia"
    reference = True

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="condition", verbose_name="分队")
    assembly_place = models.ForeignKey(
        AssemblyPlace, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="集结点",
    )  # fmt: skip
    max_assembly_min = models.PositiveSmallIntegerField(
        "集结时限（分钟）", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    age_min = models.PositiveSmallIntegerField("最低年龄", null=True, blank=True)
    age_max = models.PositiveSmallIntegerField("最高年龄", null=True, blank=True)
    age_max_skilled = models.PositiveSmallIntegerField(
        "最高年龄（退役军人、专业对口）", null=True, blank=True
    )
    veteran_min_pct = models.PositiveSmallIntegerField(
        "退役军人至少（%）", default=0, validators=PERCENT
    )
    party_min_pct = models.PositiveSmallIntegerField("党员至少（%）", default=0, validators=PERCENT)
    skill_min_pct = models.PositiveSmallIntegerField(
        "专业对口至少（%）", default=0, validators=PERCENT
    )
    keep_min_pct = models.PositiveSmallIntegerField(
        "原成员至少留用（%）", default=0, validators=PERCENT
    )
    employer_max = models.PositiveSmallIntegerField("同一工作单位至多（人）", null=True, blank=True)
    vetting_required = models.BooleanField("须有政审合格结论", default=False)
    own_area = models.BooleanField("只编本地人员", default=True)
    history = row_history("militia")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "编组条件"

    def __str__(self) -> str:
        return str(self.unit_id)


class FormationRun(CountyRow):
    """A proposal: what went into the solver, its answer, the proof, and what people changed."""

    area = "militia"

    class Way(models.TextChoices):
        GAPS = "gaps", "沿用上年、只补缺"
        FULL = "full", "全部重新编组"

    class State(models.TextChoices):
        WORKING = "working", "正在编组"
        PROPOSED = "proposed", "方案待确认"
        CONFIRMED = "confirmed", "已确认编组"
        UNDONE = "undone", "已撤销编组"
        DROPPED = "dropped", "已放弃"

    way = models.CharField("方式", max_length=5, choices=Way)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WORKING)
    on = models.DateField("编组日期")
    root = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="编组范围"
    )
    problem = models.JSONField("输入", default=dict)
    answer = models.JSONField("方案", default=dict)
    decisions = models.JSONField("人工调整", default=dict)
    summary = models.JSONField("办理结果", default=dict)
    work = models.UUIDField("后台工作", null=True)
    asked_at = models.DateTimeField("发起时间")
    asked_by = models.UUIDField("发起账号", null=True)
    confirmed_at = models.DateTimeField("确认时间", null=True)
    confirmed_by = models.UUIDField("确认账号", null=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "编组方案"
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.on} {self.way}"
