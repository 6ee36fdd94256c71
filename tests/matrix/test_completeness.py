"""Nothing new escapes the matrix: a route or a kind of row it does not know stops the run."""

from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.test.utils import isolate_apps
from django.urls import path

from muster.ground.rows.models import CountyRow
from tests.matrix.recipes import RECIPES
from tests.matrix.routes import missing


def unplanted(registry: Any) -> list[str]:
    """Return, for each kind of scoped row that is not planted, the line to add."""
    planted = {recipe.label for recipe in RECIPES}
    scoped = {m._meta.label for m in registry.get_models() if issubclass(m, CountyRow)}
    return [
        f'tests/matrix/recipes.py, RECIPES: Recipe("{label}", "<area>"),'
        for label in sorted(scoped - planted)
    ]


def test_every_route_says_what_stands_in_its_parameters() -> None:
    assert missing() == []


def test_every_kind_of_scoped_row_is_planted() -> None:
    assert unplanted(apps) == []


def test_the_recipes_and_the_models_agree_on_areas_and_arms() -> None:
    for recipe in RECIPES:
        model: Any = apps.get_model(recipe.label)
        said = (recipe.area, recipe.also, recipe.above, recipe.organisation_arm, recipe.self_arm)
        assert said == (
            model.area, model.also_read_in, model.reference, model.organisation_arm, model.self_arm,
        ), recipe.label  # fmt: skip


def test_a_new_route_is_refused_with_the_line_to_add(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page(request: HttpRequest, thing: UUID) -> HttpResponse:
        return HttpResponse(str(thing))

    from muster.config import urls

    added = [*urls.urlpatterns, path("new/<uuid:thing>", page, name="new-page")]
    settings.ROOT_URLCONF = type("Addresses", (), {"urlpatterns": added})

    assert missing() == [
        "tests/matrix/routes.py, PARAMETERS: \"new-page\": {'thing': 'app.Model'},"
    ]


def test_a_new_kind_of_row_is_refused_with_the_line_to_add() -> None:
    with isolate_apps("muster.ground.register") as registry:

        class Fresh(CountyRow):
            class Meta(CountyRow.Meta):
                app_label = "register"

        assert unplanted(registry) == [
            'tests/matrix/recipes.py, RECIPES: Recipe("register.Fresh", "<area>"),'
        ]
