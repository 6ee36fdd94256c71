"""Official documents: drafts, issued papers with their bound figures, an office's own templates."""

from django.db import models

from muster.ground.rows.models import CountyRow, row_history


class Document(CountyRow):
    """One paper of a kind: a draft until it is issued, and then unchanged."""

    area = "documents"

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        ISSUED = "issued", "已印发"
        DROPPED = "dropped", "不采用"

    kind = models.CharField("文种", max_length=40)
    title = models.CharField("标题", max_length=200)
    year = models.PositiveSmallIntegerField("年度")
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    number = models.CharField("发文字号", max_length=60, blank=True)
    serial = models.PositiveIntegerField("发文顺序号", null=True)
    agency = models.CharField("机关代字", max_length=20, blank=True)
    issuer = models.CharField("发文机关", max_length=120)
    addressee = models.CharField("主送机关", max_length=200, blank=True)
    signer = models.CharField("署名人", max_length=60, blank=True)
    post = models.CharField("署名人职务", max_length=60, blank=True)
    copies_to = models.CharField("抄送", max_length=200, blank=True)
    paragraphs = models.JSONField("各部分补充的文字", default=dict)
    day = models.DateField("成文日期", null=True)
    made_at = models.DateTimeField("起草时间")
    made_by = models.UUIDField("起草账号", null=True)
    issued_at = models.DateTimeField("印发时间", null=True)
    issued_by = models.UUIDField("印发账号", null=True)
    absent = models.JSONField("略去的部分", default=list)
    template_sha256 = models.CharField("模板校验和", max_length=64, blank=True)
    digest = models.CharField("文件校验和", max_length=64, blank=True)
    history = row_history("documents")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "公文"
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                "county", "division", "kind", "year", "serial",
                condition=models.Q(serial__isnull=False), name="document_serial_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class DocumentFigure(CountyRow):
    """A stored figure as one document prints it."""

    area = "documents"

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="figures", verbose_name="公文"
    )
    figure = models.ForeignKey(
        "figures.Figure", models.PROTECT, related_name="uses", verbose_name="指标值"
    )
    printed = models.CharField("印出的内容", max_length=30)
    section = models.CharField("部分", max_length=40, blank=True)
    order = models.PositiveSmallIntegerField("次序")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "公文中的指标值"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint("county", "document", "figure", name="document_figure_once")
        ]

    def __str__(self) -> str:
        return self.printed


class DocumentFile(CountyRow):
    """The file of an issued document, sealed; who issues documents need not write other files."""

    area = "documents"

    class Form(models.TextChoices):
        DOCX = "docx", "Word"
        PDF = "pdf", "PDF"

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="files", verbose_name="公文"
    )
    form = models.CharField("格式", max_length=4, choices=Form)
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("校验和", max_length=64)
    body = models.BinaryField("内容（密封）", editable=False)
    kept_at = models.DateTimeField("存入时间")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "公文文件"
        constraints = [
            models.UniqueConstraint("county", "document", "form", name="document_file_once")
        ]

    def __str__(self) -> str:
        return self.name


class OfficeTemplate(CountyRow):
    """An office's own copy of a template; the newest in use serves its subtree."""

    area = "documents"
    reference = True

    kind = models.CharField("文种", max_length=40)
    in_use = models.BooleanField("使用中", default=True)
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("校验和", max_length=64)
    body = models.BinaryField("内容（密封）", editable=False)
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = models.UUIDField("上传账号", null=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "公文模板"
        ordering = ["-uploaded_at"]
        constraints = [
            models.UniqueConstraint(
                "county", "division", "kind", condition=models.Q(in_use=True),
                name="office_template_once",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.kind
