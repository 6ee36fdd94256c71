"""Members away."""

from django.db import models
from django.db.models import Q

from muster.ground.rows.models import CountyRow, row_history


class Absence(CountyRow):
    """A member away: self-declared destination to county level, reason, expected return."""

    area = "militia"

    class Reason(models.TextChoices):
        WORK = "work", "务工"
        BUSINESS = "business", "经商"
        STUDY = "study", "求学"
        OTHER = "other", "其他"

    person = models.ForeignKey(
        "register.Person", models.PROTECT, related_name="absences", verbose_name="人员"
    )
    left_on = models.DateField("外出日期")
    destination = models.CharField("去向（到县一级）", max_length=60)
    reason = models.CharField("事由", max_length=10, choices=Reason)
    expected_back = models.DateField("预计返回", null=True, blank=True)
    hours_to_return = models.PositiveSmallIntegerField("召回所需小时", null=True, blank=True)
    told_by_self = models.BooleanField("本人申报", default=True)
    source = models.CharField("来源", max_length=20, default="hand")
    source_row = models.UUIDField("来源记录", null=True, db_index=True)
    back_on = models.DateField("返回日期", null=True, blank=True)
    history = row_history("militia")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "外出登记"
        ordering = ["-left_on"]
        constraints = [
            models.UniqueConstraint(
                "county", "person", condition=Q(back_on=None), name="absence_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.left_on} {self.destination}"
