"""Rules: dated, cited values by key and place."""

from django.db import models

from muster.ground.rows.models import CountyRow, row_history


class Rule(CountyRow):
    """A value of a rule in force from a day on, in a county or a township (规则)."""

    area = "settings"
    reference = True

    class Status(models.TextChoices):
        LAW = "law", "法规"
        DIRECTIVE = "directive", "上级规定"
        PRACTICE = "practice", "本地做法"
        TARGET = "target", "目标"
        EXAMPLE = "example", "示例"
        DEFAULT = "default", "默认值"

    key = models.CharField("规则", max_length=80)
    value = models.JSONField("取值")
    status = models.CharField("性质", max_length=10, choices=Status)
    source = models.CharField("依据", max_length=200)
    clause = models.CharField("条款", max_length=80, blank=True)
    valid_from = models.DateField("生效日期")
    valid_to = models.DateField("失效日期", null=True, blank=True)
    history = row_history("settings")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "规则"
        ordering = ["key", "-valid_from"]
        constraints = [
            models.UniqueConstraint("county", "division", "key", "valid_from", name="rule_once")
        ]

    def __str__(self) -> str:
        return self.key
