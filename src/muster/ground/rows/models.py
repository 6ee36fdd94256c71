"""Base of every scoped row: county, division, a manager that cannot forget the scope."""

from typing import Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from muster.core.kernel import DivisionCode
from muster.ground.rows.actor import Scope
from muster.ground.rows.ids import uuid7
from muster.ground.rows.problems import MayNotWriteThere, NotInScope
from muster.ground.rows.scope import current_actor, current_scope

HOME = ("division", "county")


class ScopedQuerySet(models.QuerySet[Any]):
    """A query already narrowed to the scope; it also refuses to move rows out of it."""

    def update(self, **values: Any) -> int:
        """Update the rows of the scope; the home of a row never changes by update."""
        if set(values) & set(HOME):
            raise ValueError("division and county never change by update; use an action")
        return super(ScopedQuerySet, self._writable()).update(**values)

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_update(self, objs: Any, fields: Any, *args: Any, **kwargs: Any) -> int:
        """Update many rows of the scope, never their home."""
        if set(fields) & set(HOME):
            raise ValueError("division and county never change by update; use an action")
        return super().bulk_update(objs, fields, *args, **kwargs)

    bulk_update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the rows of the scope, if this post writes the area."""
        return super(ScopedQuerySet, self._writable()).delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _writable(self) -> "ScopedQuerySet":
        """Return the rows this post may write: those above the subtree are for reading only."""
        scope = check_writable(self.model)
        if scope.everything or not self.model.reference or not first_layer_on():
            return self
        return self.filter(reach_of(self.model, scope, to_write=True))

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        """Insert rows, each of which must lie in the scope; conflicts never overwrite."""
        if kwargs.get("update_conflicts"):
            raise ValueError("an upsert could overwrite rows outside the scope; read and save")
        rows = list(objs)
        for row in rows:
            row.settle()
            row.check_home()
        return super().bulk_create(rows, *args, **kwargs)

    def raw(self, *_: Any, **__: Any) -> Any:
        """Refuse: SQL by hand does not know the scope."""
        raise ValueError("raw SQL does not know the scope; see rows.bulk and the approved list")

    def select_for_update(self, *args: Any, **kwargs: Any) -> Any:
        """Lock the rows themselves: PostgreSQL refuses to lock what an outer join adds."""
        return super().select_for_update(*args, **{"of": ("self",), **kwargs})

    def fetch(self, pk: UUID | str) -> Any:
        """Return one visible row; refuse with one constant answer otherwise."""
        try:
            return self.get(pk=pk)
        except (self.model.DoesNotExist, ValueError, TypeError) as error:
            raise NotInScope from error
        except Exception as error:
            if error.__class__.__name__ == "ValidationError":
                raise NotInScope from error
            raise


def first_layer_on() -> bool:
    """Return whether the manager filters. Tests of row-level security switch it off, where that is."""
    return settings.MUSTER_SCOPE_LAYER != "off" or connection.vendor != "postgresql"


def check_writable(model: type[models.Model]) -> Scope:
    """Return the scope if it writes the area of the model; refuse otherwise."""
    scope = current_scope()
    area = getattr(model, "area", "register")
    if scope.everything or not first_layer_on():
        return scope
    if scope.read_only or area not in scope.writes:
        raise MayNotWriteThere(post=scope.post_label)
    return scope


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """Fail-closed: no scope, no query; the wrong area, no rows."""

    use_in_migrations = False

    def get_queryset(self) -> ScopedQuerySet:
        """Return the rows that the current scope reaches."""
        return visible(super().get_queryset(), self.model)  # type: ignore[no-any-return]


def visible(rows: Any, model: Any) -> Any:
    """Return the rows of a query that the current scope reaches."""
    scope = current_scope()
    if scope.everything or not first_layer_on():
        return rows
    if scope.reads.isdisjoint({model.area, *model.also_read_in}):
        return rows.none()
    return rows.filter(reach_of(model, scope))


def reach_of(model: Any, scope: Scope, *, to_write: bool = False) -> models.Q:
    """Return the condition of the scope: subtree, own organisation, assigned to me, myself."""
    inside = models.Q(division__gte=scope.low or "~", division__lte=scope.high)
    if model.reference and not to_write:
        inside |= models.Q(division__in=scope.ancestors)
    if model.organisation_arm and scope.organisations:
        inside |= models.Q(**{f"{model.organisation_arm}__in": scope.organisations})
    for arm in filter(None, (model.assigned_arm, model.self_arm)):
        if scope.person:
            inside |= models.Q(**{arm: scope.person})
    return inside


class CountyRow(models.Model):
    """A row that belongs to a division of a county and is seen by scope only."""

    area: ClassVar[str] = "register"
    also_read_in: ClassVar[tuple[str, ...]] = ()  # areas whose posts read these rows, never write
    reference: ClassVar[bool] = False
    organisation_arm: ClassVar[str] = ""
    assigned_arm: ClassVar[str] = ""
    self_arm: ClassVar[str] = ""

    id = models.UUIDField("编号", primary_key=True, default=uuid7, editable=False)
    county = models.CharField("县级代码", max_length=6, editable=False)
    division = models.CharField("行政区划代码", max_length=12, db_index=True)

    objects = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any) -> Self:
        """Return a loaded row that remembers where it stood."""
        row = super().from_db(db, field_names, values)
        row.remember_place()
        return row

    def _get_FIELD_display(self, field: Any) -> Any:  # noqa: N802 - Django's name
        """Return the label of a choice in the reader's language."""
        label: Any = super()._get_FIELD_display(field)  # type: ignore[misc]
        return gettext(label) if isinstance(label, str) else label

    def remember_place(self) -> None:
        """Note where the stored row stands, so that a change of place is checked at both ends."""
        known = self.__dict__
        names = ("division", *self._arms())
        self._state.stood = (  # type: ignore[attr-defined]
            {n: known[n] for n in names} if all(n in known for n in names) else None
        )

    @classmethod
    def _arms(cls) -> tuple[str, ...]:
        return tuple(filter(None, (cls.organisation_arm, cls.assigned_arm, cls.self_arm)))

    def settle(self) -> None:
        """Fix the home county from the division at creation; it never changes afterwards."""
        county = DivisionCode(self.division).county
        if self.county and self.county != county:
            raise ValueError("a move between counties closes one row and opens another")
        self.county = county

    def check_home(self) -> None:
        """Refuse a row that stands, or stood when it was read, outside what the scope may write."""
        scope = check_writable(type(self))
        if scope.everything or not first_layer_on():
            return
        now = {name: getattr(self, name) for name in ("division", *self._arms())}
        for place in (now, self._stood()):
            if place is None or not self._held(scope, place):
                raise MayNotWriteThere(post=scope.post_label)

    def _stood(self) -> dict[str, Any] | None:
        """Return where the stored row stands; None where the scope does not see it."""
        names = ("division", *self._arms())
        if self._state.adding:
            return {name: getattr(self, name) for name in names}
        stood: dict[str, Any] | None = getattr(self._state, "stood", None)
        return stood or type(self).objects.filter(pk=self.pk).values(*names).first()

    def _held(self, scope: Scope, place: dict[str, Any]) -> bool:
        if scope.holds(place["division"]):
            return True
        if self.organisation_arm and place[self.organisation_arm] in scope.organisations:
            return True
        mine = filter(None, (self.assigned_arm, self.self_arm))
        return scope.person is not None and any(place[arm] == scope.person for arm in mine)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row inside the scope."""
        self.settle()
        self.check_home()
        super().save(*args, **kwargs)
        self.remember_place()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row if the scope may write it."""
        self.check_home()
        return super().delete(*args, **kwargs)

    def refreshed(self) -> Self:
        """Return the row read again through the scope."""
        return type(self).objects.fetch(self.pk)  # type: ignore[no-any-return]


class ScopedHistoryManager(HistoryManager):  # type: ignore[misc]
    """``row.history`` and ``Model.history``, as narrow as the rows themselves."""

    def get_super_queryset(self) -> Any:
        """Return the history rows that the current scope reaches."""
        return visible(super().get_super_queryset(), self.model)


class HistoryRow(models.Model):
    """Base of history tables: scoped like the rows whose past they hold."""

    area: ClassVar[str] = "register"
    also_read_in: ClassVar[tuple[str, ...]] = ()
    reference: ClassVar[bool] = False
    organisation_arm: ClassVar[str] = ""
    assigned_arm: ClassVar[str] = ""
    self_arm: ClassVar[str] = ""
    objects = ScopedManager()

    class Meta:
        abstract = True

    def settle(self) -> None:
        """History rows copy the home of their row."""

    def check_home(self) -> None:
        """History is written by the row itself, which was checked."""


def row_history(area: str, *, leave_out: tuple[str, ...] = ()) -> HistoricalRecords:
    """Return the history field of a model: who, when, old values, from which act."""
    base = type(
        f"HistoryIn{area.title()}",
        (HistoryRow,),
        {
            "area": area,
            "__module__": __name__,
            "Meta": type("Meta", (), {"abstract": True}),
        },
    )
    return HistoricalRecords(
        bases=[base],
        history_manager=ScopedHistoryManager,
        excluded_fields=list(leave_out),
        history_id_field=models.UUIDField(default=uuid7),
        history_user_id_field=models.UUIDField(null=True, blank=True),
        history_user_getter=lambda historical, **_: historical.history_user_id,
        history_user_setter=_note_account,
        get_user=lambda instance, **_: account_of_actor(),
        use_base_model_db=False,
    )


def _note_account(historical: Any, user: UUID | None, **_: Any) -> None:
    historical.history_user_id = user


def account_of_actor() -> UUID | None:
    """Return the account that acts now, for history rows."""
    actor = current_actor()
    return actor.account if actor else None
