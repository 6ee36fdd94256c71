"""Plan documents and the campaigns they become."""

from django.db import models

from muster.ground.rows.models import CountyRow, row_history


class PlanPaper(CountyRow):
    """A superior's plan as it was uploaded and read, before a person confirmed it."""

    area = "governance"

    class State(models.TextChoices):
        READ = "read", "待确认"
        CONFIRMED = "confirmed", "已确认"
        DROPPED = "dropped", "不采用"

    name = models.CharField("文件名", max_length=200)
    file = models.ForeignKey(
        "files.StoredFile", models.PROTECT, related_name="+", verbose_name="原件"
    )
    text = models.TextField("正文")
    reading = models.JSONField("读出的内容", default=dict)
    places = models.JSONField("出处", default=list)
    state = models.CharField("状态", max_length=10, choices=State, default=State.READ)
    read_at = models.DateTimeField("读取时间")
    read_by = models.UUIDField("上传账号", null=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "上级方案"
        ordering = ["-read_at"]

    def __str__(self) -> str:
        return self.name


class Campaign(CountyRow):
    """A piece of work with phases, from a plan (专项工作)."""

    area = "governance"
    reference = True

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        ACTIVE = "active", "进行中"
        CLOSED = "closed", "已结束"

    class Kind(models.TextChoices):
        MILITIA_REORGANISATION = "militia_reorganisation", "民兵整组"
        ENLISTMENT = "enlistment", "征兵"
        MUTUAL_SUPPORT = "mutual_support", "双拥"
        DEFENCE_EDUCATION = "defence_education", "国防教育"
        DRILL = "drill", "演练"
        MOBILISATION = "mobilisation", "国防动员"
        DUTY_REPORT = "duty_report", "述职"
        OTHER = "other", "其他"

    title = models.CharField("名称", max_length=200)
    kind = models.CharField("类别", max_length=30, choices=Kind)
    issuer = models.CharField("下发单位", max_length=120, blank=True)
    year = models.PositiveSmallIntegerField("年度")
    starts = models.DateField("开始日期")
    ends = models.DateField("结束日期")
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    paper = models.ForeignKey(
        PlanPaper, models.PROTECT, null=True, related_name="campaigns", verbose_name="依据方案"
    )
    confirmed_at = models.DateTimeField("确认时间")
    confirmed_by = models.UUIDField("确认账号", null=True)
    history = row_history("governance")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "专项工作"
        ordering = ["-starts"]
        constraints = [
            models.UniqueConstraint("county", "division", "year", "title", name="campaign_once")
        ]

    def __str__(self) -> str:
        return self.title


class Phase(CountyRow):
    """One phase of a campaign; phases follow one another without gap or overlap."""

    area = "governance"
    reference = True

    class State(models.TextChoices):
        OPEN = "open", "进行中"
        CLOSED = "closed", "已结束"

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="phases", verbose_name="专项工作"
    )
    order = models.PositiveSmallIntegerField("次序")
    name = models.CharField("阶段", max_length=80)
    starts = models.DateField("开始日期")
    ends = models.DateField("结束日期")
    raw = models.CharField("原文", max_length=300, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField("结束时间", null=True)
    closed_by = models.UUIDField("结束账号", null=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "阶段"
        ordering = ["order"]
        constraints = [models.UniqueConstraint("county", "campaign", "order", name="phase_once")]

    def __str__(self) -> str:
        return self.name


class Target(CountyRow):
    """A quota that the plan states, as it states it."""

    area = "governance"
    reference = True

    campaign = models.ForeignKey(
        Campaign, models.CASCADE, related_name="targets", verbose_name="专项工作"
    )
    value = models.CharField("数值", max_length=20)
    unit = models.CharField("单位", max_length=20, blank=True)
    of = models.CharField("内容", max_length=120, blank=True)
    raw = models.CharField("原文", max_length=300, blank=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "任务数"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.raw
