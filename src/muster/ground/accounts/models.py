"""Logins, the posts they act in, sessions' limits and failed sign-ins."""

import unicodedata
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from muster.core.kernel import DivisionCode
from muster.ground.rows.ids import uuid7

LONGEST_SESSION = timedelta(hours=8)


def folded_login(login: str) -> str:
    """Return a login name as it is kept: full-width as half-width, lower case, no outer blanks."""
    return unicodedata.normalize("NFKC", login).strip().lower()


def hashed(text: str) -> str:
    """Return the keyed hash under which attempts are kept: people type passwords as logins."""
    return salted_hmac("muster.attempt", text, algorithm="sha256").hexdigest()


def subject_of(login: str) -> str:
    """Return the hash that all attempts at one login name share."""
    return hashed(folded_login(login))


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; there is no superuser."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account of a login name, whatever its case."""
        return self.get(login=folded_login(username or ""))

    def create_account(
        self, login: str, name: str, password: str | None = None, **more: Any
    ) -> "Account":
        """Return a new account; it holds no post until one is granted."""
        account = self.model(login=folded_login(login), name=name, **more)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A login, bound to a person or to a named officer. Powers come from posts only."""

    class State(models.TextChoices):
        DISABLED = "disabled", "未启用"
        ACTIVE = "active", "启用"
        CLOSED = "closed", "注销"

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    county = models.CharField("县级代码", max_length=6, blank=True)
    login = models.CharField("登录名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=60)
    person = models.ForeignKey(
        "register.Person",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="人员",
        related_name="+",
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.ACTIVE)
    language = models.CharField("语言", max_length=10, blank=True)
    console = models.BooleanField("控制台账号", default=False, editable=False)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)
    initial_until = models.DateTimeField("初始密码有效至", null=True, blank=True)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)

    objects = AccountManager()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = verbose_name_plural = "账号"

    def _get_FIELD_display(self, field: Any) -> Any:  # noqa: N802 - Django's name
        """Return the label of a choice in the reader's language."""
        label: Any = super()._get_FIELD_display(field)  # type: ignore[misc]
        return gettext(label) if isinstance(label, str) else label

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Return whether the account may act."""
        return self.state == self.State.ACTIVE

    @property
    def division(self) -> str:
        """Return the code of the county, where the journal files what happens to accounts."""
        return f"{self.county}000000" if self.county else ""


class Post(models.Model):
    """A role given to an account over a division for a time (岗位授权)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    county = models.CharField("县级代码", max_length=6)
    account = models.ForeignKey(Account, models.CASCADE, related_name="posts", verbose_name="账号")
    role = models.CharField("角色", max_length=40)
    division = models.CharField("行政区划代码", max_length=12)
    organisation = models.ForeignKey(
        "register.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="单位",
        related_name="+",
    )
    valid_from = models.DateField("生效日期")
    valid_to = models.DateField("失效日期", null=True, blank=True)
    granted_by = models.UUIDField("授权人", null=True, blank=True)
    granted_at = models.DateTimeField("授权时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "岗位授权"
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(
                "county",
                "account",
                "role",
                "division",
                condition=Q(valid_to=None),
                name="post_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.division}"

    @property
    def level(self) -> str:
        """Return county, township or village: where in the tree the post stands."""
        return DivisionCode(self.division).level

    def in_force(self, day: date) -> bool:
        """Return whether the post holds on a day, both ends counted."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Session(models.Model):
    """One signed-in browser, so that its holder can see and end it (登录会话)."""

    class End(models.TextChoices):
        SIGNED_OUT = "signed_out", "本人退出"
        IDLE = "idle", "长时间未操作"
        EXPIRED = "expired", "超过最长时间"
        ENDED = "ended", "在别处结束"
        REPLACED = "replaced", "重新登录"
        PASSWORD = "password", "密码已改"
        POSTS = "posts", "岗位已变"
        CLOSED = "closed", "账号已注销"

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(
        Account, models.CASCADE, related_name="sessions", verbose_name="账号"
    )
    key = models.CharField("会话键", max_length=40, unique=True, editable=False)
    stamp = models.CharField("会话号", max_length=16, editable=False)
    post = models.ForeignKey(
        Post, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="所用岗位"
    )
    address = models.CharField("地址", max_length=45, blank=True)
    device = models.CharField("设备", max_length=80, blank=True)
    began_at = models.DateTimeField("登录时间")
    seen_at = models.DateTimeField("最近操作")
    confirmed_at = models.DateTimeField("最近确认密码")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    ended_why = models.CharField("结束原因", max_length=12, choices=End, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录会话"
        ordering = ["-began_at"]
        indexes = [models.Index("account", "ended_at", name="session_open")]

    def __str__(self) -> str:
        return f"{self.device} {self.began_at:%Y-%m-%d %H:%M}"

    def over(self, at: datetime) -> str:
        """Return which limit the session has passed at a moment (an End), or ""."""
        if at - self.began_at > LONGEST_SESSION:
            return str(self.End.EXPIRED)
        idle = at - self.seen_at > timedelta(minutes=settings.MUSTER_IDLE_MINUTES)
        return str(self.End.IDLE) if idle else ""


class SignInAttempt(models.Model):
    """Failed sign-ins by login and by address, for growing delays; never a permanent lock."""

    key = models.CharField("对象", max_length=64, primary_key=True)
    subject = models.CharField(
        "登录名（散列）", max_length=64, db_index=True, default="", editable=False
    )
    failures = models.PositiveIntegerField("连续失败", default=0)
    last_at = models.DateTimeField("最近时间")
    locked_until = models.DateTimeField("锁定至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录失败"

    def __str__(self) -> str:
        return f"{self.key}: {self.failures}"
