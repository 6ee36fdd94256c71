"""The journal: what was done and looked at, by whom, why; append-only and chained twice."""

from django.db import models


class Entry(models.Model):
    """One act. Holds keyed hashes, never personal values; never changed, never deleted.

    ``mac`` chains under a key the database does not have; ``digest`` chains without a key, so that
    anchors can be verified by somebody who must not hold the key.
    """

    sequence = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    county = models.CharField("县级代码", max_length=6, blank=True, default="")
    division = models.CharField("行政区划代码", max_length=12, blank=True, default="")
    account = models.UUIDField("账号", null=True)
    person = models.UUIDField("人员", null=True)
    role = models.CharField("岗位", max_length=40, blank=True)
    session = models.CharField("会话", max_length=16, blank=True)
    address = models.CharField("地址", max_length=45, blank=True)
    action = models.CharField("操作", max_length=60, db_index=True)
    kind = models.CharField("对象类别", max_length=60, blank=True)
    object = models.CharField("对象", max_length=40, blank=True, db_index=True)
    facts = models.JSONField("要点", default=dict)
    reason = models.CharField("理由", max_length=200, blank=True)
    result = models.CharField("结果", max_length=20, default="done")
    previous_mac = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "操作日志"
        db_table = "journal_entry"
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"


class Anchor(models.Model):
    """A signed point of the chain, to be kept away from this machine too."""

    sequence = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    count = models.BigIntegerField("条数")
    digest = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)
    epoch = models.PositiveIntegerField("世代", default=1)
    public_key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        verbose_name = verbose_name_plural = "日志锚点"

    def __str__(self) -> str:
        return f"{self.sequence} {self.at:%Y-%m-%d}"
