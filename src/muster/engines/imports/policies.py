"""Who may import and undo."""

from django.utils.translation import gettext_lazy as _

from muster.engines.imports.problems import MayNotImport
from muster.ground.rows.actor import Actor


def check_may_import(actor: Actor) -> None:
    """Refuse a post that does not bring files in."""
    if not actor.may("import.apply"):
        raise MayNotImport(post=actor.post_label, act=_("导入名册"))


def check_may_undo(actor: Actor) -> None:
    """Refuse a post that does not undo imports."""
    if not actor.may("import.undo"):
        raise MayNotImport(post=actor.post_label, act=_("撤销导入"))
