"""Reading accounts, posts and sessions; making the actor a request or a command runs as."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from muster.core.kernel import DivisionCode
from muster.ground.accounts.models import (
    Account,
    Post,
    Session,
    SignInAttempt,
    folded_login,
    subject_of,
)
from muster.ground.accounts.problems import LoginUnknown, OfficeNotOpened, PostNotInForce
from muster.ground.accounts.roles import all_roles
from muster.ground.register.queries import division_name, division_names, organisations
from muster.ground.rows.actor import Actor
from muster.ground.rows.clock import today as business_day
from muster.ground.rows.problems import NotInScope
from muster.ground.rows.scope import acting
from muster.web.said import beside

CONSOLE = "console"
STATES = Account.State.choices


SYSTEM = "system"
"""The role of the program itself, before anybody acts: it is in no list and cannot be granted."""


def posts_of(account: Account, *, today: date) -> list[Post]:
    """Return the posts in force on a day, oldest first; roles the catalogue dropped count no more."""
    rows = account.posts.filter(_in_force(today)).order_by("valid_from", "granted_at")
    return [post for post in rows if post.role in all_roles().roles]


def _in_force(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))


def actor_for(
    account: Account, post: Post, *, today: date, session: str = "", address: str = ""
) -> Actor:
    """Return who acts in a post; refuse a post of somebody else or not in force on the day."""
    role = all_roles().roles.get(post.role)
    if role is None or post.account_id != account.pk or not post.in_force(today):
        raise PostNotInForce
    return Actor(
        account=account.pk,
        name=account.name,
        role=role.code,
        post_label=role.label,
        division=post.division,
        division_name=place_name(post.division),
        person=account.person_id,
        reads=role.reads,
        writes=role.writes,
        acts=role.acts,
        reach=role.reach,
        organisations=(post.organisation_id,) if post.organisation_id else (),
        read_only=role.read_only,
        language=account.language,
        session=session,
        address=address,
    )


def place_name(code: str) -> str:
    """Return the name of a division, read as a clerk of that very place with no other rights."""
    with acting(clerk_of(code, reads=frozenset({"register"}))):
        return division_name(code)


def clerk_of(
    division: str, *, reads: frozenset[str] = frozenset(), writes: frozenset[str] = frozenset()
) -> Actor:
    """Return an actor without account for what must be read or written before anybody acts."""
    return Actor(
        account=None, name="系统", role=SYSTEM, post_label="系统", division=division,
        reads=reads | writes, writes=writes,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PostInWords:
    """A post as a page shows it."""

    row: Post
    role: str
    place: str
    limit: str
    in_force: bool


def posts_in_words(posts: Iterable[Post], *, today: date | None = None) -> list[PostInWords]:
    """Return posts with role and place in words; in force on ``today``, or all of them without."""
    rows = list(posts)
    names: dict[str, str] = {}
    for code in sorted({post.division for post in rows}):
        names[code] = place_name(code)
    return [_in_words(post, names[post.division], today) for post in rows]


def _in_words(post: Post, place: str, today: date | None) -> PostInWords:
    role = all_roles().roles.get(post.role)
    label, limit = (role.label, role.limit) if role else (post.role, "")
    return PostInWords(post, label, place, limit, today is None or post.in_force(today))


def all_posts_of(account: Account) -> list[Post]:
    """Return every post an account holds or held, newest first."""
    return list(account.posts.order_by("-valid_from", "-granted_at"))


def roles_held(accounts: Iterable[Account], *, today: date) -> dict[UUID, list[str]]:
    """Return account key → roles in force in words, for a list."""
    found: dict[UUID, list[str]] = {}
    rows = Post.objects.filter(_in_force(today), account__in=list(accounts))
    for post in rows.order_by("valid_from"):
        role = all_roles().roles.get(post.role)
        found.setdefault(post.account_id, []).append(role.label if role else post.role)
    return found


def delays_of(login: str, *, at: datetime) -> int:
    """Return from how many sources sign-in to a login is delayed now."""
    rows = SignInAttempt.objects.filter(subject=subject_of(login), locked_until__gt=at)
    return rows.count()


def places_of(actor: Actor) -> list[tuple[str, str]]:
    """Return (code, name) of the divisions of the actor's county, for granting posts there."""
    with acting(clerk_of(actor.division, reads=frozenset({"register"}))):
        names = division_names()
    indent = {"county": "", "township": "　", "village": "　　"}
    return [(c, indent[DivisionCode(c).level] + names[c]) for c in sorted(names)]


def organisations_of(actor: Actor) -> list[tuple[str, str]]:
    """Return (key, name) of the organisations of the actor's county, for granting posts there."""
    with acting(clerk_of(actor.division, reads=frozenset({"register"}))):
        names = division_names()
        rows = list(organisations().values_list("pk", "name", "division"))
    return [(str(key), beside(name, names.get(code, code))) for key, name, code in rows]


def holder_of(account: Account, *, session: str, address: str) -> Actor:
    """Return the account itself as an actor without any right, to be named in the journal."""
    nobody = clerk_of(account.division or "0" * 12)
    return replace(
        nobody, account=account.pk, name=account.name, role="", post_label="",
        person=account.person_id, session=session, address=address,
    )  # fmt: skip


def account_name(account: UUID | None) -> str:
    """Return the name behind an account key, for row history; "" where there is none."""
    return names_of([account]).get(account, "") if account else ""


def same_human(one: UUID | None, other: UUID | None) -> bool:
    """Return whether two accounts are one account, or logins of one person."""
    if one is None or other is None:
        return False
    if one == other:
        return True
    logins = Account.objects.filter(pk__in=[one, other], person__isnull=False)
    people = list(logins.values_list("person", flat=True))
    return len(people) == 2 and people[0] == people[1]


def names_of(accounts: Iterable[UUID | None]) -> dict[UUID, str]:
    """Return account key → name."""
    wanted = {key for key in accounts if key}
    return dict(Account.objects.filter(pk__in=wanted).values_list("pk", "name"))


def console_actor(login: str | None = None, *, today: date | None = None) -> Actor:
    """Return who a command runs as: the account of ``--as LOGIN``, else the console operator."""
    day = today or business_day()
    account = _account_of_command(login)
    posts = posts_of(account, today=day) if account and account.is_active else []
    if account is None or not posts:
        raise LoginUnknown(login=login or CONSOLE)
    return actor_for(account, posts[0], today=day, session=CONSOLE, address=CONSOLE)


def _account_of_command(login: str | None) -> Account | None:
    if not Account.objects.exists():
        raise OfficeNotOpened
    if login:
        return Account.objects.filter(login=folded_login(login)).first()
    return Account.objects.filter(console=True).order_by("created_at").first()


def office_opened(county: str) -> bool:
    """Return whether a county (six digits) has its administrators."""
    return Account.objects.filter(county=county).exists()


def accounts_of(actor: Actor) -> QuerySet[Account]:
    """Return the accounts of the actor's county, for those who keep them."""
    return Account.objects.filter(county=actor.division[:6]).order_by("login")


def accounts_found(actor: Actor, *, words: str = "", state: str = "") -> QuerySet[Account]:
    """Return the accounts of the county that match a login or name, and a state."""
    rows = accounts_of(actor)
    if words:
        rows = rows.filter(Q(login__icontains=words) | Q(name__icontains=words))
    return rows.filter(state=state) if state else rows


def choices_of_accounts(actor: Actor) -> list[tuple[str, str]]:
    """Return (key, name and login) of every account of the county, for a filter."""
    rows = accounts_of(actor).values_list("pk", "name", "login")
    return [(str(key), beside(name, login)) for key, name, login in rows]


def account_of(actor: Actor, key: UUID) -> Account:
    """Return one account of the county; refuse with the constant answer otherwise."""
    found = accounts_of(actor).filter(pk=key).first()
    if found is None:
        raise NotInScope
    return found


def post_of(actor: Actor, key: UUID) -> Post:
    """Return one post of the county; refuse with the constant answer otherwise."""
    found = Post.objects.filter(pk=key, account__in=accounts_of(actor)).first()
    if found is None:
        raise NotInScope
    return found


def holders(county: str, role: str, *, today: date) -> QuerySet[Post]:
    """Return the posts in force of a role in a county whose accounts are active."""
    active = Post.objects.filter(account__state=Account.State.ACTIVE)
    return active.filter(_in_force(today), county=county, role=role)


def posts_held_beside(post: Post) -> list[tuple[Post, bool]]:
    """Return (post, whether of the same account) that overlap a post, over all accounts of a person."""
    account = post.account
    same = Q(account=account)
    if account.person_id:
        same |= Q(account__person=account.person_id)
    rows = Post.objects.filter(same).exclude(pk=post.pk).exclude(account__state="closed")
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=post.valid_from))
    if post.valid_to:
        rows = rows.filter(valid_from__lte=post.valid_to)
    return [(held, held.account_id == account.pk) for held in rows]


def open_session(key: str | None) -> Session | None:
    """Return the open session behind a browser's key."""
    return Session.objects.filter(key=key or "", ended_at=None).first()


def sessions_of(account: UUID, *, at: datetime) -> list[Session]:
    """Return the sessions of an account: open ones, then what ended in the last thirty days."""
    rows = Session.objects.filter(account=account)
    rows = rows.filter(Q(ended_at=None) | Q(ended_at__gte=at - timedelta(days=30)))
    found = list(rows.order_by("-seen_at")[:50])
    for session in found:
        # A browser that never came back is out all the same.
        if session.ended_at is None and session.over(at):
            session.ended_at, session.ended_why = session.seen_at, session.over(at)
    return found


def sessions_over(*, at: datetime) -> list[Session]:
    """Return the open sessions that have passed a limit, for tidying up."""
    return [session for session in Session.objects.filter(ended_at=None) if session.over(at)]
