"""Forms of signing in and of keeping accounts; refusals of the act appear above the fields."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from muster.core.kernel import Problem
from muster.ground.accounts import queries
from muster.ground.accounts.models import Post
from muster.ground.accounts.passwords import LONGEST, SHORTEST
from muster.ground.accounts.roles import all_roles
from muster.ground.rows.actor import Actor
from muster.web.forms import Form
from muster.web.wording import sentence

Result = TypeVar("Result")


class ActForm(Form):
    """A form whose act may be refused."""

    status = 422

    def attempt(self, act: Callable[[], Result]) -> Result | None:
        """Return what the act gives; where it is refused, show why and give the page its status."""
        try:
            return act()
        except Problem as problem:
            self.add_error(None, sentence(problem))
            self.status = problem.status
            return None


def _password(label: Any, *, new: bool = False, help_text: Any = "") -> forms.CharField:
    kind = "new-password" if new else "current-password"
    return forms.CharField(
        label=label, max_length=LONGEST, strip=False, help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": kind}),
    )  # fmt: skip


class SignInForm(ActForm):
    """Login and password."""

    login = forms.CharField(
        label=_("登录名"), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True,
                                      "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    password = _password(_("密码"))


class ConfirmForm(ActForm):
    """The password again, before a weighty step."""

    password = _password(_("密码"))


class PasswordForm(ActForm):
    """The present password and a new one, twice."""

    present = _password(_("现在的密码"))
    new = _password(
        _("新密码"), new=True,
        help_text=format_lazy(
            _("至少 {n} 位，越长越好。不必混用大小写和符号；不要用常见密码、登录名或姓名。"), n=SHORTEST
        ),
    )  # fmt: skip
    again = _password(_("再输一遍新密码"), new=True)

    def clean(self) -> dict[str, Any]:
        """Refuse two different new passwords."""
        given = super().clean() or {}
        if given.get("new") != given.get("again"):
            self.add_error("again", _("两次输入的新密码不一样。"))
        return given


class AccountForm(ActForm):
    """A new account: nothing but who it is for."""

    login = forms.CharField(
        label=_("登录名"), max_length=40,
        help_text=_("3 到 40 个字母、数字、汉字、点或横线，例如 zhangmin。不区分大小写。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    name = forms.CharField(
        label=_("姓名"), max_length=60, help_text=_("一人一号，不要建公用账号。")
    )


class GrantForm(ActForm):
    """A post: role, place, organisation where the role needs one, and for how long."""

    role = forms.ChoiceField(label=_("角色"))
    division = forms.ChoiceField(label=_("区划"))
    organisation = forms.ChoiceField(
        label=_("所属单位"), required=False, help_text=_("成员单位、学校、驻军等角色要选。")
    )
    valid_from = forms.DateField(
        label=_("生效日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    valid_to = forms.DateField(
        label=_("失效日期"), required=False, help_text=_("不填表示一直有效；检查人员要填。"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )  # fmt: skip

    def __init__(self, actor: Actor, *args: Any, today: date, **kwargs: Any) -> None:
        """Offer the roles granted on screen and the places of the actor's county."""
        super().__init__(*args, **kwargs)
        offered = [r for r in all_roles().roles.values() if r.grantable]
        self._choose("role", [(r.code, r.label) for r in offered])
        self._choose("division", queries.places_of(actor))
        self._choose("organisation", queries.organisations_of(actor))
        self.initial.setdefault("valid_from", today)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("请选择")), *choices]

    def clean(self) -> dict[str, Any]:
        """Refuse a post that ends before it begins."""
        given = super().clean() or {}
        start, end = given.get("valid_from"), given.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", _("失效日期要晚于生效日期。"))
        return given

    def post(self) -> Post:
        """Return the post as an unsaved row."""
        given = self.cleaned_data
        return Post(
            role=given["role"], division=given["division"],
            organisation_id=given["organisation"] or None,
            valid_from=given["valid_from"], valid_to=given["valid_to"],
        )  # fmt: skip
