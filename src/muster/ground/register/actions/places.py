"""Writing divisions, organisations and who holds their posts."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from muster.core.kernel import DivisionCode
from muster.ground.journal.actions import record
from muster.ground.register import places, queries
from muster.ground.register.models import Appointment, Division, FormerName, Organisation, Person
from muster.ground.register.problems import (
    AppointmentTaken,
    DatesReversed,
    DivisionCodeRefused,
    DivisionExists,
    FirstResponsibleMisplaced,
    FirstResponsibleTaken,
    HoldingEnded,
    OrganisationExists,
    OrganisationInUse,
    ParentLoop,
    said,
)
from muster.ground.rows.ids import uuid7

ONE_DAY = timedelta(days=1)


@transaction.atomic
def new_division(
    code: str, name: str, *, population: int | None = None, pk: UUID | None = None
) -> Division:
    """Return a new node of the tree; refuse a code that stands already or hangs on nothing."""
    parsed = _parsed(code)
    known = Division.objects.filter(division=code).first()
    if known:
        raise DivisionExists(code=code, name=known.name)
    above = parsed.ancestors
    if above and not queries.division_exists(str(above[0])):
        raise DivisionCodeRefused(code=code, why=f"上级 {above[0]} 还没有登记")
    division = Division.objects.create(
        pk=pk or uuid7(), division=code, name=name, level=parsed.level, population=population
    )
    record("division.created", division, facts={"name": name})
    return division  # type: ignore[no-any-return]


def _parsed(code: str) -> DivisionCode:
    try:
        return DivisionCode(code)
    except ValueError as error:
        raise DivisionCodeRefused(code=code, why="不是 12 位数字") from error


@transaction.atomic
def rename_division(place: Division, *, name: str, since: date) -> Division:
    """Give a division a new name from a day on; the old one stands for every day before."""
    last = place.former_names.order_by("-valid_to").first()
    until = since - ONE_DAY
    if last and until <= last.valid_to:
        raise DatesReversed(
            what="更名", day=said(since), before="上一次更名", since=said(last.valid_to + ONE_DAY)
        )
    FormerName.objects.create(division=place.division, place=place, name=place.name, valid_to=until)
    facts = {"from": place.name, "to": name, "since": since.isoformat()}
    place.name = name
    place.save(update_fields=["name"])
    record("division.renamed", place, facts=facts)
    return place


@transaction.atomic
def count_population(place: Division, population: int | None) -> Division:
    """Note the resident population of a division; None where it is not known."""
    place.population = population
    place.save(update_fields=["population"])
    record("division.counted", place, facts={"population": population})
    return place


@transaction.atomic
def new_organisation(division: str, name: str, *, kind: str, short_name: str = "",
                     parent: Organisation | None = None,
                     valid_from: date | None = None) -> Organisation:  # fmt: skip
    """Return a new organisation at a division; refuse a name that stands there already."""
    queries.division(division)
    _refuse_known(division, name)
    row = Organisation.objects.create(
        division=division, name=name, kind=kind, short_name=short_name, parent=parent,
        valid_from=valid_from,
    )  # fmt: skip
    record("organisation.created", row, facts={"name": name, "kind": kind})
    return row  # type: ignore[no-any-return]


def _refuse_known(division: str, name: str) -> None:
    if Organisation.objects.filter(division=division, name=name).exists():
        raise OrganisationExists(name=name, division=queries.division_name(division))


@transaction.atomic
def change_organisation(row: Organisation, *, name: str, kind: str, short_name: str = "",
                        parent: Organisation | None = None) -> Organisation:  # fmt: skip
    """Change what an organisation is called, its kind and its superior."""
    if name != row.name:
        _refuse_known(row.division, name)
    above = parent
    while above is not None:
        if above.pk == row.pk:
            raise ParentLoop(parent=parent.name if parent else "", name=row.name)
        above = above.parent
    row.name, row.kind, row.short_name, row.parent = name, kind, short_name, parent
    row.save()
    record("organisation.changed", row, facts={"name": name, "kind": kind})
    return row


@transaction.atomic
def close_organisation(row: Organisation, *, on: date) -> Organisation:
    """Close an organisation after its last day; refused while something hangs on it."""
    if row.valid_from and on < row.valid_from:
        raise DatesReversed(what="撤销", day=said(on), before="成立", since=said(row.valid_from))
    why = places.what_holds(row)
    if why:
        raise OrganisationInUse(name=row.name, why="；".join(why))
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    record("organisation.closed", row)
    return row


@transaction.atomic
def reopen_organisation(row: Organisation) -> Organisation:
    """Take back that an organisation was closed."""
    row.valid_to = None
    row.save(update_fields=["valid_to"])
    record("organisation.reopened", row)
    return row


@transaction.atomic
def appoint(organisation: Organisation, *, post: str, holder_name: str, since: date,
            person: Person | None = None, beside: bool = False,
            first_responsible: bool = False) -> Appointment:  # fmt: skip
    """Return an appointment from a day on; the holder before ends the day before, unless beside."""
    if not beside:
        _end_before(organisation, post, since)
    if first_responsible:
        _check_first_responsible(organisation)
    row = Appointment.objects.create(
        division=organisation.division, organisation=organisation, post=post, person=person,
        holder_name=holder_name, valid_from=since, first_responsible=first_responsible,
    )  # fmt: skip
    record("appointment.made", row, facts={"post": post, "first_responsible": first_responsible})
    return row  # type: ignore[no-any-return]


def _end_before(organisation: Organisation, post: str, since: date) -> None:
    for held in Appointment.objects.filter(organisation=organisation, post=post, valid_to=None):
        if held.valid_from >= since:
            raise AppointmentTaken(post=post, since=said(held.valid_from), holder=held.holder_name)
        held.valid_to = since - ONE_DAY
        held.save(update_fields=["valid_to"])
        record("appointment.ended", held, facts={"post": post})


def _check_first_responsible(organisation: Organisation) -> None:
    level = DivisionCode(organisation.division).level
    if organisation.kind != "party_committee" or level != "township":
        raise FirstResponsibleMisplaced
    held = places.first_responsible(organisation.division)
    if held:
        raise FirstResponsibleTaken(
            division=queries.division_name(organisation.division), post=held.post,
            holder=held.holder_name,
        )  # fmt: skip


@transaction.atomic
def end_appointment(row: Appointment, *, on: date) -> Appointment:
    """End an appointment; the day given is the last in office."""
    if row.valid_to is not None:
        raise HoldingEnded(holder=row.holder_name, day=said(row.valid_to))
    if on < row.valid_from:
        raise DatesReversed(what="离任", day=said(on), before="任职", since=said(row.valid_from))
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    record("appointment.ended", row, facts={"post": row.post})
    return row
