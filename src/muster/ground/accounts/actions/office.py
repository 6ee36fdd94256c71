"""Opening an office: the county, the console operator and the three administrators, from the start."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from muster.core.kernel import DivisionCode
from muster.ground.accounts import queries
from muster.ground.accounts.actions.keeping import INITIAL_FOR, check_login, put_post
from muster.ground.accounts.actions.signin import check_password_is_good
from muster.ground.accounts.models import Account, Post
from muster.ground.accounts.passwords import one_time
from muster.ground.accounts.problems import AdministratorsIncomplete, OfficeAlreadyOpened
from muster.ground.accounts.roles import all_roles
from muster.ground.journal.actions import record
from muster.ground.register.actions import new_division
from muster.ground.register.queries import division_exists
from muster.ground.rows.scope import acting

CONSOLE_ROLE = "console_operator"
AUDITOR = "security_auditor"


@dataclass(frozen=True, slots=True)
class NewAdministrator:
    """One step of opening: who takes which administrator's post, with the password typed or none.

    One person may take two steps with the same login (system and security: 简化三员).
    """

    role: str
    login: str
    name: str
    password: str = ""


@dataclass(frozen=True, slots=True)
class OfficeOpened:
    """What opening made: logins with the one-time passwords to hand over on paper."""

    county: str
    name: str
    console: str
    passwords: dict[str, str]
    simplified: bool


@transaction.atomic
def open_office(county_code: str, county_name: str, steps: Sequence[NewAdministrator], *,
                today: date, at: datetime) -> OfficeOpened:  # fmt: skip
    """Open the office of a county (12 digits) in three steps by three people; there is no superuser.

    Who gives no password gets a one-time password, to be changed at the first sign-in.
    """
    code = DivisionCode(county_code)
    if code.level != "county":
        raise ValueError(f"an office is opened for a county, not for {county_code}")
    if queries.office_opened(code.county):
        raise OfficeAlreadyOpened(name=county_name)
    check_steps(steps)
    clerk = queries.clerk_of(str(code), writes=frozenset({"register"}))
    with acting(clerk):
        if not division_exists(str(code)):
            new_division(str(code), county_name)
        record("office.opened", facts={"county": code.county, "administrators": len(steps)})
        console = _console_operator(code, today=today)
        passwords: dict[str, str] = {}
        for step in steps:
            _take_step(step, code, passwords, today=today, at=at)
    people = {step.login for step in steps}
    return OfficeOpened(str(code), county_name, console.login, passwords, len(people) < 3)


def check_steps(steps: Sequence[NewAdministrator]) -> None:
    """Refuse steps that leave a post open or let the auditor be one of the other two."""
    by_role = {step.role: step.login.strip().lower() for step in steps}
    wanted = {role.code for role in all_roles().administrators}
    others = [login for role, login in by_role.items() if role != AUDITOR]
    if set(by_role) != wanted or len(steps) != len(wanted) or by_role[AUDITOR] in others:
        raise AdministratorsIncomplete


def _console_operator(code: DivisionCode, *, today: date) -> Account:
    login = queries.CONSOLE
    if Account.objects.filter(login=login).exists():
        login = f"{login}-{code.county}"
    account = Account.objects.create_account(
        login, "控制台操作员", county=code.county, console=True
    )
    Post.objects.create(
        county=code.county, account=account, role=CONSOLE_ROLE, division=str(code), valid_from=today
    )
    record("account.console_created", account, facts={"login": login})
    return account


def _take_step(step: NewAdministrator, code: DivisionCode, passwords: dict[str, str], *,
               today: date, at: datetime) -> None:  # fmt: skip
    account = Account.objects.filter(login=step.login.strip().lower(), county=code.county).first()
    if account is None:
        account = _administrator(step, code, at=at)
        if not step.password:
            passwords[account.login] = password = one_time()
            account.set_password(password)
            account.must_change_password, account.initial_until = True, at + INITIAL_FOR
            account.save()
    post = Post(
        county=code.county, account=account, role=step.role, division=str(code), valid_from=today
    )
    put_post(post)


def _administrator(step: NewAdministrator, code: DivisionCode, *, at: datetime) -> Account:
    account = Account.objects.create_account(
        check_login(step.login), step.name.strip(), county=code.county
    )
    if step.password:
        check_password_is_good(account, step.password)
        account.set_password(step.password)
        account.save()
    record("account.created", account, facts={"login": account.login, "step": step.role})
    return account
