"""Logins, the posts they act in, sessions' limits and failed sign-ins."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from muster.ground.rows.ids import uuid7


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; there is no superuser."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account of a login name, whatever its case."""
        return self.get(login__iexact=username)

    def create_account(self, login: str, name: str, password: str | None = None, **more: Any) -> "Account":
        """Return a new account; it holds no post until one is granted."""
        account = self.model(login=login, name=name, **more)
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
        "register.Person", models.PROTECT, null=True, blank=True, verbose_name="人员", related_name="+"
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.ACTIVE)
    language = models.CharField("语言", max_length=10, blank=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)

    objects = AccountManager()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = verbose_name_plural = "账号"

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Return whether the account may sign in."""
        return self.state == self.State.ACTIVE


class Post(models.Model):
    """A role given to an account over a division for a time (岗位授权)."""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    county = models.CharField("县级代码", max_length=6)
    account = models.ForeignKey(Account, models.CASCADE, related_name="posts", verbose_name="账号")
    role = models.CharField("角色", max_length=40)
    division = models.CharField("行政区划代码", max_length=12)
    organisation = models.ForeignKey(
        "register.Organisation", models.PROTECT, null=True, blank=True, verbose_name="单位", related_name="+"
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
                "county", "account", "role", "division", condition=Q(valid_to=None), name="post_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.division}"


class SignInAttempt(models.Model):
    """Failed sign-ins by login and by address, for growing delays; never a permanent lock."""

    key = models.CharField("对象", max_length=64, primary_key=True)
    failures = models.PositiveIntegerField("连续失败", default=0)
    last_at = models.DateTimeField("最近时间")
    locked_until = models.DateTimeField("锁定至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录失败"

    def __str__(self) -> str:
        return f"{self.key}: {self.failures}"
