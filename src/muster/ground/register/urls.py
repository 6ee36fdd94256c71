"""Addresses of the register."""

from django.urls import path

from muster.ground.register.views import people, places

app_name = "register"
urlpatterns = [
    path("people", people.people, name="people"),
    path("people/new", people.new, name="person-new"),
    path("people/twins", people.twins, name="twins"),
    path("people/twins/<uuid:pk>", people.decide, name="twin-decide"),
    path("people/<uuid:pk>", people.person, name="person"),
    path("people/<uuid:pk>/edit", people.edit, name="person-edit"),
    path("people/<uuid:pk>/reveal", people.reveal, name="person-reveal"),
    path("organisations", places.organisations, name="organisations"),
    path("organisations/new", places.new_organisation, name="organisation-new"),
    path("organisations/<uuid:pk>", places.organisation, name="organisation"),
    path("bodies/<uuid:pk>", places.body, name="body"),
    path("bodies/<uuid:pk>/seat/<uuid:seat>/fill", places.fill, name="seat-fill"),
    path("bodies/<uuid:pk>/holding/<uuid:holding>/vacate", places.vacate, name="seat-vacate"),
]
