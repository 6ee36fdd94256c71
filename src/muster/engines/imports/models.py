"""Imports: a job whose rows are kept, so it can be repaired, explained and undone."""

from django.db import models

from muster.ground.rows.models import CountyRow


class Import(CountyRow):
    """One file brought in: how it was read, what was found, what was written, what was undone."""

    area = "imports"

    class State(models.TextChoices):
        CHECKING = "checking", "正在核对"
        CHECKED = "checked", "已核对，待导入"
        WRITING = "writing", "正在写入"
        WRITTEN = "written", "已导入"
        UNDONE = "undone", "已撤销"
        REFUSED = "refused", "未能读取"

    class Mode(models.TextChoices):
        GOOD_NOW = "good_now", "正确的先进"
        ALL_OR_NONE = "all_or_none", "全部正确才进"

    kind = models.CharField("导入种类", max_length=40)
    file = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, related_name="+", verbose_name="原件"
    )
    file_name = models.CharField("文件名", max_length=200)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="followed_by", verbose_name="修正自"
    )
    mode = models.CharField("方式", max_length=20, choices=Mode, default=Mode.GOOD_NOW)
    state = models.CharField("状态", max_length=10, choices=State, default=State.CHECKING)
    reading = models.JSONField("读法", default=dict)
    counts = models.JSONField("计数", default=dict)
    notes = models.JSONField("说明", default=list)
    position = models.PositiveIntegerField("写到", default=0)
    asked_by = models.UUIDField("导入账号", null=True)
    work = models.UUIDField("后台工作", null=True)
    checked_at = models.DateTimeField("核对时间")
    written_at = models.DateTimeField("导入时间", null=True)
    undone_at = models.DateTimeField("撤销时间", null=True)
    undo_counts = models.JSONField("撤销结果", default=dict)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "导入"
        ordering = ["-checked_at"]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(CountyRow):
    """One row of the sheet: its outcome and its faults; its values stand sealed in an ImportPart.

    ``body`` is empty until the row is repaired on the screen; from then on it counts.
    """

    area = "imports"

    class Outcome(models.TextChoices):
        NEW = "new", "新增"
        CHANGED = "changed", "有变化"
        UNCHANGED = "unchanged", "无变化"
        REJECTED = "rejected", "有错误"
        HELD = "held", "待县级核对"

    class State(models.TextChoices):
        PLAIN = "plain", "随导入进度"
        WRITTEN = "written", "已写入"
        REPLACED = "replaced", "已在修正表中处理"
        GIVEN_UP = "given_up", "已放弃"
        REVERSED = "reversed", "已撤销"
        KEPT = "kept", "撤销时保留"
        FAILED = "failed", "未能撤销"

    # Its own index would only repeat the two below.
    of = models.ForeignKey(
        Import, models.CASCADE, related_name="rows", db_index=False, verbose_name="导入"
    )
    place = models.PositiveIntegerField("次序")
    sheet = models.CharField("工作表", max_length=80, blank=True)
    number = models.PositiveIntegerField("行号")
    origin = models.PositiveIntegerField("原行号", null=True)
    outcome = models.CharField("结果", max_length=10, choices=Outcome)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PLAIN)
    target = models.UUIDField("对应记录", null=True)
    index = models.CharField("身份证号索引", max_length=40, blank=True)
    revision = models.PositiveIntegerField("核对时版本", null=True)
    faults = models.JSONField("问题", default=list)
    why_kept = models.CharField("未撤销原因", max_length=200, blank=True)
    body = models.BinaryField("内容（密封）", default=b"")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "导入行"
        ordering = ["place"]
        constraints = [models.UniqueConstraint("of", "place", "county", name="import_row_once")]
        indexes = [models.Index("of", "outcome", name="import_row_outcome")]

    PLACE = "imports_importrow.body"

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}"


class ImportPart(CountyRow):
    """The values of 500 rows and what they replace, sealed as one: five times faster than singly."""

    area = "imports"
    SIZE = 500
    PLACE = "imports_importpart.body"

    of = models.ForeignKey(
        Import, models.CASCADE, related_name="parts", db_index=False, verbose_name="导入"
    )
    number = models.PositiveIntegerField("次序")
    body = models.BinaryField("内容（密封）", default=b"")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "导入行"
        ordering = ["number"]
        constraints = [models.UniqueConstraint("of", "number", "county", name="import_part_once")]

    def __str__(self) -> str:
        return f"{self.of_id} {self.number}"


class Layout(CountyRow):
    """How the columns of a form were matched last time, found again by its fingerprint.

    ``columns`` holds ``matched`` (header text → key) and ``chosen``: what a person decided, where
    "" leaves a column out.
    """

    area = "imports"

    kind = models.CharField("导入种类", max_length=40)
    fingerprint = models.CharField("表头指纹", max_length=64)
    columns = models.JSONField("列对应", default=dict)
    used_at = models.DateTimeField("最近使用")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "记住的表样"
        constraints = [
            models.UniqueConstraint("county", "division", "kind", "fingerprint", name="layout_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.fingerprint[:8]}"
