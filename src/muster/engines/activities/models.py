"""Activities: what was planned and done, who came by name or by number, what was put up or sent."""

from django.db import models
from django.db.models import F, Q

from muster.ground.rows.models import CountyRow, row_history


class Activity(CountyRow):
    """One activity of a kind of the catalogue; cancelled when it falls through, never overwritten."""

    area = "education"
    reference = True
    organisation_arm = "organiser_id"

    class State(models.TextChoices):
        PLANNED = "planned", "计划中"
        DONE = "done", "已举办"
        CANCELLED = "cancelled", "已取消"

    class Mode(models.TextChoices):
        NORMAL = "normal", "平时服务"
        EMERGENCY = "emergency", "急时应急"
        WARTIME = "wartime", "战时应战"

    kind = models.CharField("活动种类", max_length=40)
    organiser = models.ForeignKey(
        "register.Organisation", models.PROTECT, related_name="activities", verbose_name="组织单位"
    )
    title = models.CharField("名称", max_length=160)
    on = models.DateField("日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)
    hours = models.DecimalField("人均小时数", max_digits=5, decimal_places=1, null=True, blank=True)
    place = models.CharField("地点", max_length=120, blank=True)
    place_kind = models.CharField("场所类别", max_length=20, blank=True)
    subject = models.CharField("课目", max_length=40, blank=True)
    form = models.CharField("形式", max_length=40, blank=True)
    level = models.CharField("组织层级", max_length=20, blank=True)
    lead = models.CharField("负责人", max_length=80, blank=True)
    result = models.CharField("结果", max_length=500, blank=True)
    cost_fen = models.PositiveBigIntegerField("经费（分）", null=True, blank=True)
    mode = models.CharField("用兵方式", max_length=10, choices=Mode, blank=True)
    applicant = models.CharField("申请单位", max_length=80, blank=True)
    approver = models.CharField("批准单位", max_length=80, blank=True)
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)
    approval_number = models.CharField("批准文号", max_length=60, blank=True)
    notified_at = models.DateTimeField("通知时间", null=True, blank=True)
    assembled_at = models.DateTimeField("集结完毕时间", null=True, blank=True)
    expected = models.PositiveIntegerField("应到人数", null=True, blank=True)
    # Audience → [came, expected] of those recorded by name: a number, for posts that see no names.
    named = models.JSONField("按姓名登记人数", default=dict)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PLANNED)
    recorded_at = models.DateTimeField("登记时间", null=True)
    recorded_by = models.UUIDField("登记账号", null=True)
    history = row_history("education")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "活动"
        ordering = ["-on", "pk"]
        indexes = [models.Index("county", "kind", "on", name="activity_kind_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("on")), name="activity_ends_after"
            )
        ]

    def __str__(self) -> str:
        return self.title


# A unit that works on its own activity writes its past too, wherever the activity stands.
Activity.history.model.organisation_arm = Activity.organisation_arm


class Participation(CountyRow):
    """One person at one activity: expected, came or not. It stands where the person lives."""

    area = "militia"

    class Role(models.TextChoices):
        MEMBER = "member", "参加"
        INSTRUCTOR = "instructor", "教官"

    class Result(models.TextChoices):
        PASS = "pass", "合格"
        FAIL = "fail", "不合格"

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="participations", verbose_name="活动"
    )
    person = models.ForeignKey(
        "register.Person", models.PROTECT, related_name="participations", verbose_name="人员"
    )
    audience = models.CharField("对象类别", max_length=20)
    unit = models.UUIDField("所在分队", null=True, db_index=True)
    unit_name = models.CharField("分队名称", max_length=80, blank=True)
    present = models.BooleanField("到场", default=True)
    role = models.CharField("身份", max_length=12, choices=Role, default=Role.MEMBER)
    result = models.CharField("训练结果", max_length=8, choices=Result, blank=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "参加人员"
        constraints = [
            models.UniqueConstraint("county", "activity", "person", name="participation_once")
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class HeadCount(CountyRow):
    """How many of an audience class came, where they are not named."""

    area = "education"
    reference = True
    organisation_arm = "organiser_id"

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="counts", verbose_name="活动"
    )
    organiser = models.ForeignKey(
        "register.Organisation", models.PROTECT, related_name="+", verbose_name="组织单位"
    )
    audience = models.CharField("对象类别", max_length=20)
    number = models.PositiveIntegerField("人数")
    first_time = models.PositiveIntegerField("其中今年首次参加", null=True, blank=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "人数"
        constraints = [
            models.UniqueConstraint("county", "activity", "audience", name="head_count_once"),
            models.CheckConstraint(
                condition=Q(first_time=None) | Q(first_time__lte=F("number")),
                name="head_count_first_time_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audience} {self.number}"


class Measure(CountyRow):
    """So much through one channel at one kind of place."""

    area = "education"
    reference = True
    organisation_arm = "organiser_id"

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="measures", verbose_name="活动"
    )
    organiser = models.ForeignKey(
        "register.Organisation", models.PROTECT, related_name="+", verbose_name="组织单位"
    )
    channel = models.CharField("宣传方式", max_length=20)
    place_kind = models.CharField("场所类别", max_length=20, blank=True)
    quantity = models.PositiveIntegerField("数量")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "宣传数量"
        constraints = [
            models.UniqueConstraint(
                "county", "activity", "channel", "place_kind", name="measure_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.quantity}"


class Photo(CountyRow):
    """One photo of an activity, made anew without place, time or device."""

    area = "education"

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="photos", verbose_name="活动"
    )
    file = models.ForeignKey(
        "files.StoredFile", models.PROTECT, related_name="+", verbose_name="文件"
    )
    caption = models.CharField("说明", max_length=120, blank=True)
    added_at = models.DateTimeField("登记时间")
    added_by = models.UUIDField("登记账号", null=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "活动照片"
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.caption


class YearBase(CountyRow):
    """A number of a year that shares are taken of: people in a class, or sessions planned of a kind."""

    area = "education"
    reference = True

    class Purpose(models.TextChoices):
        SIZE = "size", "应受教育人数"
        PLANNED = "planned", "计划次数"

    year = models.PositiveSmallIntegerField("年度")
    purpose = models.CharField("用途", max_length=10, choices=Purpose)
    code = models.CharField("代码", max_length=40)
    number = models.PositiveIntegerField("数")
    source = models.CharField("来源", max_length=120, blank=True)
    history = row_history("education")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "年度基数"
        constraints = [
            models.UniqueConstraint(
                "county", "division", "year", "purpose", "code", name="year_base_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.code} {self.number}"
