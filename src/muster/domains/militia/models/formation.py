"""Formation runs."""

from django.db import models

from muster.domains.militia.models.units import Unit
from muster.ground.rows.models import CountyRow


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
    asked_at = models.DateTimeField("发起时间")
    asked_by = models.UUIDField("发起账号", null=True)
    confirmed_at = models.DateTimeField("确认时间", null=True)
    confirmed_by = models.UUIDField("确认账号", null=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "编组方案"
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.on} {self.way}"
