"""The register: divisions, organisations, bodies with seats, people and what is said of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from muster.ground.rows.models import CountyRow, row_history


class Division(CountyRow):
    """One node of the administrative tree. Its code is the scope; its name may change by date."""

    area = "register"
    reference = True

    class Level(models.TextChoices):
        COUNTY = "county", "县"
        TOWNSHIP = "township", "乡镇街道"
        VILLAGE = "village", "村社区"

    name = models.CharField("名称", max_length=60)
    level = models.CharField("层级", max_length=10, choices=Level)
    population = models.PositiveIntegerField("常住人口", null=True, blank=True)
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_to = models.DateField("停用日期", null=True, blank=True)
    history = row_history("register")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "行政区划"
        ordering = ["division"]
        constraints = [models.UniqueConstraint("county", "division", name="division_once")]

    def __str__(self) -> str:
        return self.name


class FormerName(CountyRow):
    """A name a division bore until a day; the present name stands with the division."""

    area = "register"
    reference = True

    place = models.ForeignKey(
        Division, models.CASCADE, related_name="former_names", verbose_name="行政区划"
    )
    name = models.CharField("名称", max_length=60)
    valid_to = models.DateField("用到")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "曾用名"
        ordering = ["valid_to"]
        constraints = [
            models.UniqueConstraint("county", "place", "valid_to", name="former_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class Organisation(CountyRow):
    """A unit of people with an address in the tree: department, company, school, enterprise."""

    area = "register"
    # Who is responsible for a task is a fact of governing work; no person stands in these rows.
    also_read_in = ("governance", "education")
    reference = True

    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("单位类别", max_length=40)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级单位",
    )
    valid_from = models.DateField("成立日期", null=True, blank=True)
    valid_to = models.DateField("撤销日期", null=True, blank=True)
    history = row_history("register")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "单位"
        ordering = ["division", "name"]
        constraints = [
            models.UniqueConstraint("county", "division", "name", name="organisation_once")
        ]

    def __str__(self) -> str:
        return self.name


class Body(CountyRow):
    """A leading group or task force: seats with dated holders, so any past day can be printed."""

    area = "register"
    reference = True

    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="设立单位")
    name = models.CharField("名称", max_length=120)
    kind = models.CharField("类别", max_length=40)
    formed_on = models.DateField("成立日期")
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "领导机构"
        ordering = ["division", "name"]
        constraints = [models.UniqueConstraint("county", "division", "name", name="body_once")]

    def __str__(self) -> str:
        return self.name


class Seat(CountyRow):
    """One place in a body: leader, deputy, member."""

    area = "register"
    reference = True

    body = models.ForeignKey(Body, models.CASCADE, related_name="seats", verbose_name="领导机构")
    role = models.CharField("席位", max_length=40)
    source = models.CharField("来自单位或职务", max_length=120, blank=True)
    order = models.PositiveSmallIntegerField("次序", default=0)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "席位"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.role


class SeatHolding(CountyRow):
    """Who holds a seat from when to when; no holder means the seat is vacant."""

    area = "register"
    reference = True

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="holdings", verbose_name="席位")
    person = models.ForeignKey(
        "register.Person", models.PROTECT, null=True, blank=True, verbose_name="人员"
    )
    holder_name = models.CharField("姓名", max_length=60)
    holder_post = models.CharField("职务", max_length=120, blank=True)
    valid_from = models.DateField("任职日期")
    valid_to = models.DateField("离任日期", null=True, blank=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "席位任职"
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(
                "county", "seat", condition=Q(valid_to=None), name="seat_one_holder"
            )
        ]

    def __str__(self) -> str:
        return self.holder_name


class Person(CountyRow):
    """One human, once. Identity number and phone are sealed and found by keyed hash only."""

    area = "register"

    class Sex(models.TextChoices):
        MALE = "M", "男"
        FEMALE = "F", "女"

    class Education(models.IntegerChoices):
        PRIMARY = 0, "小学及以下"
        JUNIOR = 1, "初中"
        SENIOR = 2, "高中（含中专、职高、技校）"
        COLLEGE = 3, "大专"
        UNIVERSITY = 4, "本科及以上"

    class Politics(models.TextChoices):
        PARTY = "party", "中共党员"
        PROBATIONARY = "probationary", "中共预备党员"
        LEAGUE = "league", "共青团员"
        MASSES = "masses", "群众"
        OTHER = "other", "其他"

    class State(models.TextChoices):
        ACTIVE = "active", "在册"
        DECEASED = "deceased", "去世"
        MOVED = "moved", "迁出"
        WITHDRAWN = "withdrawn", "撤销"

    name = models.CharField("姓名", max_length=60)
    search = models.CharField("检索键", max_length=400, blank=True, editable=False)
    sex = models.CharField("性别", max_length=1, choices=Sex, blank=True)
    birth_date = models.DateField("出生日期", null=True, blank=True)
    id_sealed = models.BinaryField("身份证号（密封）", default=b"", editable=False)
    id_index = models.CharField("身份证号索引", max_length=40, blank=True, editable=False)
    phone_sealed = models.BinaryField("联系电话（密封）", default=b"", editable=False)
    phone_index = models.CharField("联系电话索引", max_length=40, blank=True, editable=False)
    education = models.PositiveSmallIntegerField(
        "文化程度", choices=Education, null=True, blank=True
    )
    politics = models.CharField("政治面貌", max_length=20, choices=Politics, blank=True)
    employer = models.CharField("工作单位", max_length=120, blank=True)
    address = models.CharField("住址", max_length=160, blank=True)
    skills_text = models.CharField("专业特长", max_length=120, blank=True)
    veteran = models.BooleanField("退役军人", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.ACTIVE)
    withdrawn_on = models.DateField("撤销登记日期", null=True, blank=True)
    withdrawn_why = models.CharField("撤销理由", max_length=120, blank=True)
    revision = models.PositiveIntegerField("版本", default=1, editable=False)
    history = row_history("register")

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "人员"
        ordering = ["division", "name", "pk"]
        indexes = [
            models.Index("county", "id_index", name="person_id_index"),
            models.Index("county", "phone_index", name="person_phone_index"),
            models.Index("division", "state", name="person_division_state"),
            models.Index("county", "name", "birth_date", name="person_name_birth"),
        ]
        constraints = [
            models.UniqueConstraint(
                "county",
                "id_index",
                condition=~Q(id_index="") & ~Q(state="withdrawn"),
                name="person_id_once",
            )
        ]

    ID_PLACE: ClassVar[str] = "register_person.id"
    PHONE_PLACE: ClassVar[str] = "register_person.phone"

    def __str__(self) -> str:
        return self.name


class Skill(CountyRow):
    """A specialty of a person: one main, any number of secondary."""

    area = "register"

    person = models.ForeignKey(Person, models.CASCADE, related_name="skills", verbose_name="人员")
    skill = models.CharField("专业特长", max_length=40)
    main = models.BooleanField("主要专长", default=False)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "专长"
        ordering = ["-main", "skill"]
        constraints = [models.UniqueConstraint("county", "person", "skill", name="skill_once")]

    def __str__(self) -> str:
        return self.skill


class Service(CountyRow):
    """A spell of military service of a person (years only as far as the papers say)."""

    area = "register"

    person = models.ForeignKey(Person, models.CASCADE, related_name="services", verbose_name="人员")
    enlisted_on = models.DateField("入伍日期", null=True, blank=True)
    discharged_on = models.DateField("退役日期", null=True, blank=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "服役经历"

    def __str__(self) -> str:
        return f"{self.enlisted_on} – {self.discharged_on}"


class Appointment(CountyRow):
    """A person holding a post of an organisation for a time."""

    area = "register"
    reference = True

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="appointments", verbose_name="单位"
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name="人员",
    )
    holder_name = models.CharField("姓名", max_length=60)
    post = models.CharField("职务", max_length=60)
    valid_from = models.DateField("任职日期")
    valid_to = models.DateField("离任日期", null=True, blank=True)
    first_responsible = models.BooleanField("第一责任人", default=False)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "任职"
        ordering = ["organisation", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                "county",
                "division",
                condition=Q(valid_to=None) & Q(first_responsible=True),
                name="one_first_responsible",
            )
        ]

    def __str__(self) -> str:
        return f"{self.holder_name} {self.post}"


class Twin(CountyRow):
    """Two people who may be one: shown side by side, kept apart until somebody decides."""

    area = "register"

    class State(models.TextChoices):
        OPEN = "open", "待核实"
        APART = "apart", "确认是两个人"
        SAME = "same", "确认是同一人"

    first = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="人员甲")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="人员乙")
    reasons = models.JSONField("相似之处", default=list)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    decided_at = models.DateTimeField("核实时间", null=True, blank=True)
    decided_by = models.UUIDField("核实人", null=True, blank=True)

    class Meta(CountyRow.Meta):
        verbose_name = verbose_name_plural = "疑似重复"
        constraints = [models.UniqueConstraint("county", "first", "second", name="twin_once")]

    def __str__(self) -> str:
        return f"{self.first_id} / {self.second_id}"
