"""Files kept: sealed originals of imports, evidence, issued documents."""

from django.db import models

from muster.ground.rows.models import CountyRow


class StoredFile(CountyRow):
    """One file: sealed on disk or in the row, with checksum; deleted when its time is over."""

    area = "register"

    class Purpose(models.TextChoices):
        IMPORT = "import", "导入原件"
        REPAIR = "repair", "待修正表"
        EVIDENCE = "evidence", "佐证材料"
        DOCUMENT = "document", "公文"
        PLAN = "plan", "上级方案"

    name = models.CharField("文件名", max_length=200)
    purpose = models.CharField("用途", max_length=20, choices=Purpose)
    holds_area = models.CharField("内容范围", max_length=20, default="register")
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("校验和", max_length=64)
    body = models.BinaryField("内容（密封）", default=b"")
    kept_at = models.DateTimeField("存入时间")
    delete_after = models.DateField("到期删除", null=True, blank=True)
    deleted_at = models.DateTimeField("删除时间", null=True, blank=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "文件"
        ordering = ["-kept_at"]

    def __str__(self) -> str:
        return self.name


class GovernanceFile(StoredFile):
    """A file of the governing work: reached by posts that see that area, with or without people."""

    area = "governance"

    class Meta(StoredFile.Meta):
        proxy = True
        verbose_name = verbose_name_plural = "工作文件"


class EducationFile(StoredFile):
    """A file of training, education and publicity: reached by posts that see that area."""

    area = "education"

    class Meta(StoredFile.Meta):
        proxy = True
        verbose_name = verbose_name_plural = "活动文件"


def of_area(area: str) -> type[StoredFile]:
    """Return the model through which files of this content are reached."""
    known: dict[str, type[StoredFile]] = {m.area: m for m in (GovernanceFile, EducationFile)}
    return known.get(area, StoredFile)
