"""Roll calls and the rosters frozen from them."""

from django.db import models

from muster.domains.militia.models.units import Unit
from muster.ground.rows.models import CountyRow


class RollCall(CountyRow):
    """A muster inspection (点验): who was expected, who came, who was absent and why."""

    area = "militia"

    class Kind(models.TextChoices):
        ASSEMBLY = "assembly", "集结点验"
        SURPRISE = "surprise", "突击点验"
        CENSUS = "census", "普查点验"

    class State(models.TextChoices):
        OPEN = "open", "进行中"
        CLOSED = "closed", "已归档"

    title = models.CharField("名称", max_length=120)
    kind = models.CharField("点验类型", max_length=10, choices=Kind)
    on = models.DateField("日期")
    place = models.CharField("地点", max_length=120, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField("归档时间", null=True)
    closed_by = models.UUIDField("归档账号", null=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "点验"
        ordering = ["-on"]

    def __str__(self) -> str:
        return self.title


class RollCallLine(CountyRow):
    """One expected person of a roll call."""

    area = "militia"

    class Presence(models.TextChoices):
        UNMARKED = "unmarked", "未点"
        PRESENT = "present", "到"
        LEAVE = "leave", "请假"
        ABSENT = "absent", "缺席"

    class Means(models.TextChoices):
        HAND = "hand", "人工"
        CODE = "code", "扫码"
        PHONE = "phone", "电话"
        PAPER = "paper", "签到表"

    call = models.ForeignKey(RollCall, models.CASCADE, related_name="lines", verbose_name="点验")
    person = models.ForeignKey(
        "register.Person", models.PROTECT, related_name="roll_call_lines", verbose_name="人员"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="分队")
    order = models.PositiveIntegerField("次序")
    code = models.CharField("签到码", max_length=8)
    presence = models.CharField("到场", max_length=10, choices=Presence, default=Presence.UNMARKED)
    means = models.CharField("核验方式", max_length=10, choices=Means, blank=True)
    reason = models.CharField("未到原因", max_length=80, blank=True)
    marked_at = models.DateTimeField("登记时间", null=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "点验人员"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint("county", "call", "person", name="roll_call_person_once"),
            models.UniqueConstraint("county", "call", "code", name="roll_call_code_once"),
        ]

    def __str__(self) -> str:
        return self.code


class FrozenRoster(CountyRow):
    """The roster as it stood when frozen: what the year's strength figures are counted from."""

    area = "militia"

    title = models.CharField("名称", max_length=120)
    year = models.PositiveSmallIntegerField("年度")
    as_of = models.DateField("截至日期")
    frozen_at = models.DateTimeField("封存时间")
    frozen_by = models.UUIDField("封存账号", null=True)
    call = models.ForeignKey(
        RollCall, models.PROTECT, null=True, related_name="rosters", verbose_name="点验"
    )
    members = models.PositiveIntegerField("人数")
    sha256 = models.CharField("校验和", max_length=64)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "封存花名册"
        ordering = ["-as_of"]

    def __str__(self) -> str:
        return self.title


class FrozenMember(CountyRow):
    """One line of a frozen roster."""

    area = "militia"

    roster = models.ForeignKey(
        FrozenRoster, models.CASCADE, related_name="lines", verbose_name="封存花名册"
    )
    person = models.ForeignKey(
        "register.Person", models.PROTECT, related_name="+", verbose_name="人员"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="分队")
    person_name = models.CharField("姓名", max_length=60)
    unit_name = models.CharField("分队名称", max_length=80)
    primary = models.BooleanField("基干民兵")
    force = models.CharField("力量类型", max_length=20)
    contributed = models.BooleanField("抽组", default=False)
    post_name = models.CharField("岗位", max_length=40, blank=True)
    away = models.BooleanField("外出", default=False)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "封存名单"
        constraints = [
            models.UniqueConstraint("county", "roster", "person", name="frozen_member_once")
        ]

    def __str__(self) -> str:
        return str(self.person_id)
