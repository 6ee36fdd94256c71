"""Transfers, the memberships they open and close, and vetting results."""

from django.db import models
from django.db.models import Q

from muster.domains.militia.models.units import Post, Unit
from muster.ground.rows.models import CountyRow


class Transfer(CountyRow):
    """The only change of membership (出入转队): dated, with reason and approver. Never edited."""

    area = "militia"

    class Kind(models.TextChoices):
        IN = "in", "入队"
        OUT = "out", "出队"
        MOVE = "move", "转队"

    class Reason(models.TextChoices):
        ELIGIBLE = "eligible", "适龄新编"
        DISCHARGED = "discharged", "退役编入"
        OPENING = "opening", "建册登记"
        OVER_AGE = "over_age", "超龄"
        ENLISTED = "enlisted", "入伍"
        RESERVE = "reserve", "转预备役"
        AWAY = "away", "长期外出"
        MOVED = "moved", "户籍迁移"
        HEALTH = "health", "健康原因"
        VETTING = "vetting", "政审结论"
        DECEASED = "deceased", "死亡"
        REORGANISED = "reorganised", "整组调整"
        REVERSED = "reversed", "冲销"
        OTHER = "other", "其他"

    person = models.ForeignKey(
        "register.Person", models.PROTECT, related_name="transfers", verbose_name="人员"
    )
    number = models.PositiveSmallIntegerField("本人次序")
    kind = models.CharField("类别", max_length=5, choices=Kind)
    on = models.DateField("日期")
    from_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原分队"
    )
    from_post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原岗位"
    )
    to_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="现分队"
    )
    to_post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="现岗位"
    )
    reason = models.CharField("原因", max_length=20, choices=Reason)
    approver = models.CharField("批准人", max_length=60, blank=True)
    approved_on = models.DateField("批准日期", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    source = models.CharField("来源", max_length=20, default="hand")
    source_row = models.UUIDField("来源记录", null=True, db_index=True)
    made_at = models.DateTimeField("登记时间")
    made_by = models.UUIDField("登记账号", null=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by",
        verbose_name="冲销的记录",
    )  # fmt: skip

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "出入转队"
        ordering = ["on", "made_at", "pk"]
        constraints = [
            models.UniqueConstraint("county", "person", "number", name="transfer_in_turn")
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class Membership(CountyRow):
    """The spell a person spends in a unit, drawn from transfers and rebuildable from them.

    On the roster of a day d where ``valid_from <= d`` and (``valid_to`` is empty or later than d);
    a spell that ends the day it begins was reversed and stands on no roster. It carries how it
    began and ended, so that a unit's sums never need the other unit's rows.
    """

    area = "militia"

    class Way(models.TextChoices):
        IN = "in", "入队"
        OUT = "out", "出队"
        MOVE = "move", "转队"
        POST = "post", "调整岗位"

    person = models.ForeignKey(
        "register.Person", models.PROTECT, related_name="memberships", verbose_name="人员"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships", verbose_name="分队")
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="岗位"
    )
    valid_from = models.DateField("入队日期")
    valid_to = models.DateField("出队日期", null=True, blank=True)
    entered_as = models.CharField("编入方式", max_length=5, choices=Way)
    left_as = models.CharField("离开方式", max_length=5, choices=Way, blank=True)
    opened_by = models.ForeignKey(
        Transfer, models.PROTECT, related_name="opened", verbose_name="入队记录"
    )
    closed_by = models.ForeignKey(
        Transfer, models.PROTECT, null=True, related_name="closed", verbose_name="出队记录"
    )

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "编组关系"
        ordering = ["unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                "county", "person", condition=Q(valid_to=None), name="one_person_one_place"
            )
        ]
        indexes = [models.Index("county", "unit", "valid_to", name="membership_unit")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.unit_id}"


class Vetting(CountyRow):
    """The competent authority's result: pass, fail or pending, authority, date. Nothing else."""

    area = "militia"

    class Result(models.TextChoices):
        PASS = "pass", "合格"
        FAIL = "fail", "不合格"
        PENDING = "pending", "待审"

    person = models.ForeignKey(
        "register.Person", models.PROTECT, related_name="vettings", verbose_name="人员"
    )
    result = models.CharField("政审结论", max_length=10, choices=Result)
    authority = models.CharField("作出单位", max_length=80)
    on = models.DateField("日期")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "政审结论"
        ordering = ["-on"]

    def __str__(self) -> str:
        return self.result
