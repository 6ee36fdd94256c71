"""Units, posts, transfers, absence, roll calls, formation runs, frozen rosters."""

from django.db import models
from django.db.models import Q

from muster.ground.rows.models import CountyRow, row_history


class Unit(CountyRow):
    """A militia team at a division: squad, platoon, company or battalion (label, not strength)."""

    area = "militia"
    reference = True

    class Level(models.TextChoices):
        SQUAD = "squad", "班"
        PLATOON = "platoon", "排"
        COMPANY = "company", "连"
        BATTALION = "battalion", "营"

    class Category(models.TextChoices):
        MILITIA = "militia", "民兵"
        CIVIL_AIR_DEFENCE = "civil_air_defence", "人防"
        TRANSPORT = "transport", "交通战备"
        OTHER = "other", "其他专业队伍"

    class Force(models.TextChoices):
        EMERGENCY = "emergency", "应急力量"
        PROFESSIONAL = "professional", "专业力量"
        SPECIAL = "special", "特殊力量"
        ORDINARY = "ordinary", "普通民兵"

    name = models.CharField("分队名称", max_length=80)
    level = models.CharField("编制层级", max_length=10, choices=Level)
    category = models.CharField(
        "队伍类别", max_length=20, choices=Category, default=Category.MILITIA
    )
    force = models.CharField("力量类型", max_length=20, choices=Force)
    primary = models.BooleanField("基干民兵", default=False)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级分队",
    )
    contributes_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="contributions",
        verbose_name="抽组到的上级分队",
    )  # fmt: skip
    supported_by = models.ForeignKey(
        "register.Organisation", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="依托单位",
    )  # fmt: skip
    valid_from = models.DateField("组建日期")
    valid_to = models.DateField("撤销日期", null=True, blank=True)
    history = row_history("militia")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "分队"
        ordering = ["division", "name"]
        constraints = [
            models.UniqueConstraint(
                "county", "division", "name", condition=Q(valid_to=None), name="unit_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Post(CountyRow):
    """A kind of place in a unit and how many of it there are: leader, driver, member."""

    area = "militia"
    reference = True

    class Role(models.TextChoices):
        LEADER = "leader", "主官"
        DEPUTY = "deputy", "副职"
        INSTRUCTOR = "instructor", "指导员"
        SQUAD_LEADER = "squad_leader", "班长"
        MEMBER = "member", "队员"

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="posts", verbose_name="分队")
    name = models.CharField("岗位", max_length=40)
    role = models.CharField("岗位性质", max_length=20, choices=Role, default=Role.MEMBER)
    count = models.PositiveIntegerField("编制数")
    skill = models.CharField("所需专长", max_length=40, blank=True)
    skill_required = models.BooleanField("必须具备专长", default=False)
    min_education = models.PositiveSmallIntegerField("最低文化程度", default=0)
    order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "岗位"
        ordering = ["unit", "order", "name"]
        constraints = [models.UniqueConstraint("county", "unit", "name", name="post_name_once")]

    def __str__(self) -> str:
        return self.name


class Quota(CountyRow):
    """Assigned strength (编组任务数) of a year: who must form how many in which unit."""

    area = "militia"
    reference = True

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="quotas", verbose_name="分队")
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("任务数")
    source = models.CharField("下达依据", max_length=160, blank=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "编组任务数"
        constraints = [models.UniqueConstraint("county", "unit", "year", name="quota_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}: {self.number}"


class Transfer(CountyRow):
    """The only change of membership (出入转队): dated, with reason and approver. Never edited."""

    area = "militia"

    class Kind(models.TextChoices):
        IN = "in", "入队"
        OUT = "out", "出队"
        MOVE = "move", "转队"

    class Reason(models.TextChoices):
        ELIGIBLE = "eligible", "适龄新编"
        DISCHARGED = "discharged", "退役编入"
        OPENING = "opening", "建册登记"
        OVER_AGE = "over_age", "超龄"
        ENLISTED = "enlisted", "入伍"
        RESERVE = "reserve", "转预备役"
        AWAY = "away", "长期外出"
        MOVED = "moved", "户籍迁移"
        HEALTH = "health", "健康原因"
        VETTING = "vetting", "政审结论"
        DECEASED = "deceased", "死亡"
        REORGANISED = "reorganised", "整组调整"
        OTHER = "other", "其他"

    person = models.ForeignKey(
        "register.Person", models.PROTECT, related_name="transfers", verbose_name="人员"
    )
    kind = models.CharField("类别", max_length=5, choices=Kind)
    on = models.DateField("日期")
    from_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原分队"
    )
    from_post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原岗位"
    )
    to_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="现分队"
    )
    to_post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="现岗位"
    )
    reason = models.CharField("原因", max_length=20, choices=Reason)
    approver = models.CharField("批准人", max_length=60, blank=True)
    approved_on = models.DateField("批准日期", null=True, blank=True)
    source = models.CharField("来源", max_length=20, default="hand")
    source_row = models.UUIDField("来源记录", null=True, db_index=True)
    made_at = models.DateTimeField("登记时间")
    made_by = models.UUIDField("登记账号", null=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by",
        verbose_name="冲销的记录",
    )  # fmt: skip

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "出入转队"
        ordering = ["on", "made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class Membership(CountyRow):
    """The spell a person spends in a unit, drawn from transfers and rebuildable from them."""

    area = "militia"

    person = models.ForeignKey(
        "register.Person", models.PROTECT, related_name="memberships", verbose_name="人员"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships", verbose_name="分队")
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="岗位"
    )
    valid_from = models.DateField("入队日期")
    valid_to = models.DateField("出队日期", null=True, blank=True)
    opened_by = models.ForeignKey(
        Transfer, models.PROTECT, related_name="opened", verbose_name="入队记录"
    )
    closed_by = models.ForeignKey(
        Transfer, models.PROTECT, null=True, related_name="closed", verbose_name="出队记录"
    )

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "编组关系"
        ordering = ["unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                "county", "person", condition=Q(valid_to=None), name="one_person_one_place"
            )
        ]
        indexes = [models.Index("county", "unit", "valid_to", name="membership_unit")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.unit_id}"


class Vetting(CountyRow):
    """The competent authority's result: pass, fail or pending, authority, date. Nothing else."""

    area = "militia"

    class Result(models.TextChoices):
        PASS = "pass", "合格"
        FAIL = "fail", "不合格"
        PENDING = "pending", "待审"

    person = models.ForeignKey(
        "register.Person", models.PROTECT, related_name="vettings", verbose_name="人员"
    )
    result = models.CharField("政审结论", max_length=10, choices=Result)
    authority = models.CharField("作出单位", max_length=80)
    on = models.DateField("日期")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "政审结论"
        ordering = ["-on"]

    def __str__(self) -> str:
        return self.result


class Absence(CountyRow):
    """A member away: self-declared destination to county level, reason, expected return."""

    area = "militia"

    class Reason(models.TextChoices):
        WORK = "work", "务工"
        BUSINESS = "business", "经商"
        STUDY = "study", "求学"
        OTHER = "other", "其他"

    person = models.ForeignKey(
        "register.Person", models.PROTECT, related_name="absences", verbose_name="人员"
    )
    left_on = models.DateField("外出日期")
    destination = models.CharField("去向（到县一级）", max_length=60)
    reason = models.CharField("事由", max_length=10, choices=Reason)
    expected_back = models.DateField("预计返回", null=True, blank=True)
    hours_to_return = models.PositiveSmallIntegerField("召回所需小时", null=True, blank=True)
    told_by_self = models.BooleanField("本人申报", default=True)
    back_on = models.DateField("返回日期", null=True, blank=True)
    history = row_history("militia")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "外出登记"
        ordering = ["-left_on"]
        constraints = [
            models.UniqueConstraint(
                "county", "person", condition=Q(back_on=None), name="absence_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.left_on} {self.destination}"


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
    post_name = models.CharField("岗位", max_length=40, blank=True)
    away = models.BooleanField("外出", default=False)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "封存名单"
        constraints = [
            models.UniqueConstraint("county", "roster", "person", name="frozen_member_once")
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class FormationRun(CountyRow):
    """A proposal: what went into the solver, its answer, the proof, and what people changed."""

    area = "militia"

    class Way(models.TextChoices):
        GAPS = "gaps", "沿用上年、只补缺"
        FULL = "full", "全部重新编组"

    class State(models.TextChoices):
        WORKING = "working", "正在编组"
        PROPOSED = "proposed", "方案待确认"
        CONFIRMED = "confirmed", "已确认编组"
        DROPPED = "dropped", "已放弃"

    way = models.CharField("方式", max_length=5, choices=Way)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WORKING)
    on = models.DateField("编组日期")
    root = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="编组范围"
    )
    problem = models.JSONField("输入", default=dict)
    answer = models.JSONField("方案", default=dict)
    decisions = models.JSONField("人工调整", default=dict)
    asked_at = models.DateTimeField("发起时间")
    asked_by = models.UUIDField("发起账号", null=True)
    confirmed_at = models.DateTimeField("确认时间", null=True)
    confirmed_by = models.UUIDField("确认账号", null=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "编组方案"
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.on} {self.way}"
