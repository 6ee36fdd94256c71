"""Base of every scoped row: county, division, a manager that cannot forget the scope."""

from typing import Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
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
        """Update the visible rows; the home of a row never changes by update."""
        if set(values) & set(HOME):
            raise ValueError("division and county never change by update; use an action")
        check_writable(self.model)
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the visible rows, if this post writes the area."""
        check_writable(self.model)
        return super().delete()

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        """Insert rows, each of which must lie in the scope."""
        rows = list(objs)
        for row in rows:
            row.settle()
            row.check_home()
        return super().bulk_create(rows, *args, **kwargs)

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


def check_writable(model: type[models.Model]) -> Scope:
    """Return the scope if it writes the area of the model; refuse otherwise."""
    scope = current_scope()
    area = getattr(model, "area", "register")
    if not scope.everything and (scope.read_only or area not in scope.writes):
        raise MayNotWriteThere(post=scope.post_label)
    return scope


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """Fail-closed: no scope, no query; the wrong area, no rows."""

    use_in_migrations = False

    def get_queryset(self) -> ScopedQuerySet:
        """Return the rows that the current scope reaches."""
        rows = super().get_queryset()
        scope = current_scope()
        if scope.everything or settings.MUSTER_SCOPE_LAYER == "off":
            return rows
        model = self.model
        if model.area not in scope.reads:
            return rows.none()
        return rows.filter(reach_of(model, scope))


def reach_of(model: Any, scope: Scope) -> models.Q:
    """Return the condition of the scope: subtree, own organisation, assigned to me, myself."""
    inside = models.Q(division__gte=scope.low or "~", division__lte=scope.high)
    if model.reference:
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

    def settle(self) -> None:
        """Fix the home county from the division at creation; it never changes afterwards."""
        if not self.county:
            self.county = DivisionCode(self.division).county

    def check_home(self) -> None:
        """Refuse a row outside what the scope may write."""
        scope = check_writable(type(self))
        if not (scope.holds(self.division) or self._held_by_arm(scope)):
            raise MayNotWriteThere(post=scope.post_label)

    def _held_by_arm(self, scope: Scope) -> bool:
        arm, mine = self.organisation_arm, (self.assigned_arm, self.self_arm)
        if arm and getattr(self, arm) in scope.organisations:
            return True
        return scope.person is not None and any(
            a and getattr(self, a) == scope.person for a in mine
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row inside the scope."""
        self.settle()
        self.check_home()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row if the scope may write it."""
        self.check_home()
        return super().delete(*args, **kwargs)

    def refreshed(self) -> Self:
        """Return the row read again through the scope."""
        return type(self).objects.fetch(self.pk)  # type: ignore[no-any-return]


class HistoryRow(models.Model):
    """Base of history tables: scoped like the rows whose past they hold."""

    area: ClassVar[str] = "register"
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
        excluded_fields=list(leave_out),
        history_id_field=models.UUIDField(default=uuid7),
        history_user_id_field=models.UUIDField(null=True, blank=True),
        history_user_getter=lambda historical, **_: historical.history_user_id,
        history_user_setter=lambda historical, user, **_: None,
        get_user=lambda instance, **_: account_of_actor(),
        use_base_model_db=False,
    )


def account_of_actor() -> UUID | None:
    """Return the account that acts now, for history rows."""
    actor = current_actor()
    return actor.account if actor else None
