"""Units, their posts and their assigned strength."""

from django.db import models
from django.db.models import Q

from muster.ground.rows.models import CountyRow, row_history


class Unit(CountyRow):
    """A militia team at a division: squad, platoon, company or battalion (label, not strength)."""

    area = "militia"
    reference = True

    class Level(models.TextChoices):
        SQUAD = "squad", "班"
        PLATOON = "platoon", "排"
        COMPANY = "company", "连"
        BATTALION = "battalion", "营"

    class Category(models.TextChoices):
        MILITIA = "militia", "民兵"
        CIVIL_AIR_DEFENCE = "civil_air_defence", "人防"
        TRANSPORT = "transport", "交通战备"
        OTHER = "other", "其他专业队伍"

    class Force(models.TextChoices):
        EMERGENCY = "emergency", "应急力量"
        PROFESSIONAL = "professional", "专业力量"
        SPECIAL = "special", "特殊力量"
        ORDINARY = "ordinary", "普通民兵"

    name = models.CharField("分队名称", max_length=80)
    level = models.CharField("编制层级", max_length=10, choices=Level)
    category = models.CharField(
        "队伍类别", max_length=20, choices=Category, default=Category.MILITIA
    )
    force = models.CharField("力量类型", max_length=20, choices=Force)
    primary = models.BooleanField("基干民兵", default=False)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级分队",
    )
    contributes_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="contributions",
        verbose_name="抽组到的上级分队",
    )  # fmt: skip
    contributes_to_name = models.CharField("抽组到（县以上）", max_length=80, blank=True)
    supported_by = models.ForeignKey(
        "register.Organisation", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="依托单位",
    )  # fmt: skip
    valid_from = models.DateField("组建日期")
    valid_to = models.DateField("撤销日期", null=True, blank=True)
    history = row_history("militia")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "分队"
        ordering = ["division", "name"]
        constraints = [
            models.UniqueConstraint(
                "county", "division", "name", condition=Q(valid_to=None), name="unit_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def contributed(self) -> bool:
        """Return whether the members fill a unit that a higher level owns."""
        return bool(self.contributes_to_id or self.contributes_to_name)


class Post(CountyRow):
    """A kind of place in a unit and how many of it there are: leader, driver, member."""

    area = "militia"
    reference = True

    class Role(models.TextChoices):
        LEADER = "leader", "主官"
        DEPUTY = "deputy", "副职"
        INSTRUCTOR = "instructor", "指导员"
        SQUAD_LEADER = "squad_leader", "班长"
        MEMBER = "member", "队员"

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="posts", verbose_name="分队")
    name = models.CharField("岗位", max_length=40)
    duty = models.CharField("民兵职务", max_length=20, blank=True)
    role = models.CharField("岗位性质", max_length=20, choices=Role, default=Role.MEMBER)
    count = models.PositiveIntegerField("编制数")
    skill = models.CharField("所需专长", max_length=40, blank=True)
    skill_required = models.BooleanField("必须具备专长", default=False)
    min_education = models.PositiveSmallIntegerField("最低文化程度", default=0)
    order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "岗位"
        ordering = ["unit", "order", "name"]
        constraints = [models.UniqueConstraint("county", "unit", "name", name="post_name_once")]

    def __str__(self) -> str:
        return self.name


class Quota(CountyRow):
    """Assigned strength (编组任务数) of a year: who must form how many in which unit."""

    area = "militia"
    reference = True

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="quotas", verbose_name="分队")
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("任务数")
    source = models.CharField("下达依据", max_length=160, blank=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "编组任务数"
        constraints = [models.UniqueConstraint("county", "unit", "year", name="quota_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}: {self.number}"
