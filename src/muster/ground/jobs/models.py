"""Long work that may be left alone: progress, heartbeat, cancel, reaping."""

from django.db import models

from muster.ground.rows.models import CountyRow


class Job(CountyRow):
    """One piece of long work, asked for by an actor and done by a worker."""

    area = "imports"

    class State(models.TextChoices):
        QUEUED = "queued", "排队"
        RUNNING = "running", "进行中"
        DONE = "done", "完成"
        REFUSED = "refused", "未完成"
        CANCELLED = "cancelled", "已取消"
        DIED = "died", "中断"

    kind = models.CharField("工作类别", max_length=40)
    title = models.CharField("名称", max_length=120)
    state = models.CharField("状态", max_length=10, choices=State, default=State.QUEUED)
    parameters = models.JSONField("参数", default=dict)
    permille = models.PositiveSmallIntegerField("进度（千分）", default=0)
    doing = models.CharField("正在做", max_length=120, blank=True)
    result = models.JSONField("结果", default=dict)
    problem = models.JSONField("问题", null=True, blank=True)
    asked_by = models.UUIDField("发起账号", null=True, blank=True)
    asked_as = models.JSONField("发起岗位", default=dict)
    asked_at = models.DateTimeField("发起时间")
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    heartbeat = models.DateTimeField("心跳", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    cancel_asked = models.BooleanField("已要求取消", default=False)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    seen_at = models.DateTimeField("看过时间", null=True, blank=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "后台工作"
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.title
