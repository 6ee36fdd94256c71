"""Tasks: who does what by when, what was reported, what was checked."""

from django.db import models

from muster.ground.rows.models import CountyRow, row_history


class Task(CountyRow):
    """One thing to do, owned by an organisation or a person; closed by one line."""

    area = "governance"
    organisation_arm = "owner_id"

    class State(models.TextChoices):
        OPEN = "open", "未办"
        REPORTED = "reported", "已报，待核查"
        DONE = "done", "已办结"
        RETURNED = "returned", "退回重办"
        CANCELLED = "cancelled", "已取消"

    title = models.CharField("任务", max_length=300)
    group = models.UUIDField("所属阶段", null=True, db_index=True)
    campaign = models.UUIDField("所属专项", null=True, db_index=True)
    owner = models.ForeignKey(
        "register.Organisation", models.PROTECT, null=True, blank=True, related_name="tasks",
        verbose_name="责任单位",
    )  # fmt: skip
    starts = models.DateField("开始日期", null=True, blank=True)
    due = models.DateField("截止日期", null=True, blank=True)
    needs_check = models.BooleanField("需核查", default=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    report = models.CharField("办理情况", max_length=500, blank=True)
    reported_on = models.DateField("报告日期", null=True, blank=True)
    reported_by = models.UUIDField("报告账号", null=True)
    checked_on = models.DateField("核查日期", null=True, blank=True)
    checked_by = models.UUIDField("核查账号", null=True)
    check_note = models.CharField("核查意见", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField("次序", default=0)
    history = row_history("governance")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "任务"
        ordering = ["due", "order", "pk"]

    def __str__(self) -> str:
        return self.title


# A unit that works on its own task writes the task's past too, wherever the task stands.
Task.history.model.organisation_arm = Task.organisation_arm
