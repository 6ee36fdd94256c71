"""Items that something requires, and the evidence that shows each one done."""

from django.db import models

from muster.ground.rows.models import CountyRow


class Item(CountyRow):
    """One required item of a thing (a phase, a room, a dossier), named by its key."""

    area = "governance"
    reference = True

    about = models.UUIDField("所属", db_index=True)
    key = models.CharField("代码", max_length=60)
    label = models.CharField("事项", max_length=160)
    required = models.BooleanField("必备", default=True)
    order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "清单事项"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint("county", "about", "key", name="item_once")]

    def __str__(self) -> str:
        return self.label


class Evidence(CountyRow):
    """One piece of evidence of an item: a file, or a record in words with its date."""

    area = "governance"
    reference = True

    item = models.ForeignKey(Item, models.CASCADE, related_name="evidence", verbose_name="清单事项")
    on = models.DateField("日期")
    note = models.CharField("说明", max_length=300, blank=True)
    file = models.ForeignKey(
        "files.StoredFile",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="附件",
    )
    added_by = models.UUIDField("登记账号", null=True)
    added_at = models.DateTimeField("登记时间")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "佐证"
        ordering = ["on", "added_at"]

    def __str__(self) -> str:
        return self.note or str(self.file_id)
