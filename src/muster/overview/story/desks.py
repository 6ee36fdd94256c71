"""The demo's logins: one desk for each kind of user, all with one password that is printed."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from muster.ground.accounts.actions.keeping import put_post
from muster.ground.accounts.models import Account, Post
from muster.ground.accounts.queries import clerk_of
from muster.ground.journal.actions import record
from muster.ground.register.models import Organisation
from muster.ground.rows.scope import acting
from muster.overview.story.county import COUNTY, LAST_YEAR, TOWN, VILLAGES

PASSWORD = "qinghe-2024-yanshi"  # noqa: S105 - of the demo, printed for everybody


@dataclass(frozen=True, slots=True)
class Desk:
    """One login: who sits there, in which role, where, in which organisation."""

    login: str
    name: str
    role: str
    division: str
    organisation: str = ""


ADMINISTRATORS = (
    Desk("xitong", "曾系统", "system_administrator", COUNTY),
    Desk("baomi", "单保密", "security_administrator", COUNTY),
    Desk("shenjiyuan", "解审计", "security_auditor", COUNTY),
)
DESKS = (
    Desk("xianwu", "单朝晖", "county_armed_department", COUNTY),
    Desk("shuji", "盖云帆", "township_secretary", TOWN),
    Desk("wuzhuang", "仇砚秋", "township_armed_head", TOWN),
    Desk("ganshi", "曾翀", "armed_officer", TOWN),
    Desk("minzheng", "翟静姝", "civil_affairs_head", TOWN),
    Desk("lianzhang", "柳连长", "village_company_leader", VILLAGES[1].code),
    Desk("caizheng", "区敏行", "finance", COUNTY),
    Desk("jijian", "解若安", "audit", COUNTY),
    Desk("xuexiao", "青溪镇中学", "site_reporter", TOWN, "青溪镇中学"),
)


@transaction.atomic
def open_desks(today: date) -> int:
    """Make the demo's accounts and posts; return how many."""
    with acting(clerk_of(COUNTY, reads=frozenset({"register"}))):
        for desk in DESKS:
            _open(desk, today)
        record("demo.desks_opened", facts={"count": len(DESKS)})
    return len(DESKS)


def _open(desk: Desk, today: date) -> None:
    account = Account.objects.create_account(
        desk.login, desk.name, password=PASSWORD, county=COUNTY[:6]
    )
    organisation = Organisation.objects.filter(name=desk.organisation).first()
    put_post(Post(county=COUNTY[:6], account=account, role=desk.role, division=desk.division,
                  organisation=organisation, valid_from=min(today, LAST_YEAR)))  # fmt: skip
