"""Meetings: agenda, who came from which side, minutes, and what was decided."""

from django.db import models
from django.db.models import Q

from muster.ground.rows.models import CountyRow, row_history


class Meeting(CountyRow):
    """One meeting of a kind: planned, then held or cancelled; its minutes are confirmed last."""

    area = "governance"

    class State(models.TextChoices):
        PLANNED = "planned", "拟开"
        HELD = "held", "已开"
        CANCELLED = "cancelled", "已取消"

    kind = models.CharField("类别", max_length=40)
    title = models.CharField("会议名称", max_length=200)
    organisation = models.ForeignKey(
        "register.Organisation", models.PROTECT, related_name="meetings", verbose_name="召开单位"
    )
    body = models.ForeignKey(
        "register.Body", models.PROTECT, null=True, blank=True, related_name="meetings",
        verbose_name="领导机构",
    )  # fmt: skip
    on = models.DateField("会议日期")
    starts = models.TimeField("开始时间", null=True, blank=True)
    place = models.CharField("地点", max_length=120, blank=True)
    chair = models.CharField("主持人", max_length=60, blank=True)
    chair_post = models.CharField("主持人职务", max_length=120, blank=True)
    recorder = models.CharField("记录人", max_length=60, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PLANNED)
    cancelled_why = models.CharField("取消原因", max_length=200, blank=True)
    details = models.JSONField("本类会议的内容", default=dict)
    minutes = models.TextField("会议内容", blank=True)
    minutes_file = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="记录文件",
    )  # fmt: skip
    minutes_on = models.DateField("纪要定稿日期", null=True, blank=True)
    minutes_by = models.UUIDField("纪要定稿账号", null=True)
    paper = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="印发的纪要",
    )  # fmt: skip
    history = row_history("governance")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "会议"
        ordering = ["-on", "-pk"]
        indexes = [models.Index("division", "kind", "on", name="meeting_division_kind_on")]
        constraints = [
            models.UniqueConstraint(
                "county", "organisation", "kind", "on", "title",
                condition=~Q(state="cancelled"), name="meeting_once",
            ),
            models.CheckConstraint(
                condition=Q(minutes_on=None) | Q(state="held"), name="meeting_minutes_of_held",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class AgendaItem(CountyRow):
    """One item of a meeting's agenda, with the problem it answers and what was said."""

    area = "governance"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", verbose_name="会议")
    order = models.PositiveSmallIntegerField("次序", default=0)
    title = models.CharField("议题", max_length=200)
    presenter = models.CharField("汇报人", max_length=60, blank=True)
    problem = models.CharField("对应的问题", max_length=300, blank=True)
    note = models.TextField("讨论情况", blank=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "议题"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


class Opinion(CountyRow):
    """What one side said of an agenda item before it was decided, and how it was treated."""

    area = "governance"

    class Side(models.TextChoices):
        LOCAL = "local", "地方"
        MILITARY = "military", "军队"

    class Treatment(models.TextChoices):
        OPEN = "open", "待研究"
        TAKEN = "taken", "采纳"
        PARTLY = "partly", "部分采纳"
        NOT_TAKEN = "not_taken", "未采纳"

    item = models.ForeignKey(
        AgendaItem, models.CASCADE, related_name="opinions", verbose_name="议题"
    )
    side = models.CharField("方面", max_length=10, choices=Side)
    given_by = models.CharField("提出单位", max_length=120)
    words = models.CharField("意见", max_length=500)
    treatment = models.CharField("处理", max_length=10, choices=Treatment, default=Treatment.OPEN)
    treated_note = models.CharField("处理说明", max_length=300, blank=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "双方意见"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words


class Attendance(CountyRow):
    """One name on a meeting's list: a person, or a seat or unit that somebody was to come from."""

    area = "governance"

    class Part(models.TextChoices):
        ATTEND = "attend", "出席"
        OBSERVE = "observe", "列席"
        LIVE = "live", "现场述职"
        WRITTEN = "written", "书面述职"

    class Presence(models.TextChoices):
        EXPECTED = "expected", "应到"
        PRESENT = "present", "到会"
        LEAVE = "leave", "请假"
        ABSENT = "absent", "缺席"

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="attendance", verbose_name="会议"
    )
    order = models.PositiveSmallIntegerField("次序", default=0)
    person = models.ForeignKey(
        "register.Person", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="人员",
    )  # fmt: skip
    seat = models.ForeignKey(
        "register.Seat", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="席位",
    )  # fmt: skip
    name = models.CharField("姓名", max_length=60, blank=True)
    post = models.CharField("单位和职务", max_length=120, blank=True)
    side = models.CharField("方面", max_length=10, choices=Opinion.Side, default=Opinion.Side.LOCAL)
    part = models.CharField("参会方式", max_length=10, choices=Part, default=Part.ATTEND)
    presence = models.CharField(
        "到会情况", max_length=10, choices=Presence, default=Presence.EXPECTED
    )
    stand_in = models.CharField("代会人", max_length=60, blank=True)
    listed = models.BooleanField("由名单带出", default=False)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "到会人员"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                "county", "meeting", "seat", condition=Q(seat__isnull=False),
                name="attendance_seat_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name or self.post

    @property
    def came(self) -> bool:
        """Return whether the place was filled: in person, or by somebody who stood in."""
        return self.presence == self.Presence.PRESENT or bool(self.stand_in)


class Resolution(CountyRow):
    """One thing a meeting decided: it becomes a task, gets feedback, and its effect is noted."""

    area = "governance"

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="resolutions", verbose_name="会议"
    )
    order = models.PositiveSmallIntegerField("次序", default=0)
    words = models.CharField("决议", max_length=300)
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="resolutions",
        verbose_name="议题",
    )  # fmt: skip
    owner = models.ForeignKey(
        "register.Organisation", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="责任单位",
    )  # fmt: skip
    due = models.DateField("时限", null=True, blank=True)
    task = models.ForeignKey(
        "tasks.Task", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="任务"
    )
    effect = models.CharField("成效", max_length=500, blank=True)
    effect_on = models.DateField("成效日期", null=True, blank=True)
    history = row_history("governance")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "决议"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.words
