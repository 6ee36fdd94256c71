"""Addresses of the register."""

from django.urls import path

from muster.ground.register.views import bodies, divisions, organisations, people, writing

app_name = "register"
urlpatterns = [
    path("people", people.people, name="people"),
    path("people/new", writing.new, name="person-new"),
    path("people/twins", people.twins, name="twins"),
    path("people/twins/<uuid:pk>", people.decide, name="twin-decide"),
    path("people/withdrawn", writing.recycle_bin, name="recycle-bin"),
    path("people/<uuid:pk>", people.person, name="person"),
    path("people/<uuid:pk>/edit", writing.edit, name="person-edit"),
    path("people/<uuid:pk>/reveal", people.reveal, name="person-reveal"),
    path("people/<uuid:pk>/withdraw", writing.withdraw, name="person-withdraw"),
    path("people/<uuid:pk>/restore", writing.restore, name="person-restore"),
    path("divisions/new", divisions.new, name="division-new"),
    path("divisions/<slug:code>", divisions.division, name="division"),
    path("divisions/<slug:code>/rename", divisions.rename, name="division-rename"),
    path("divisions/<slug:code>/population", divisions.population, name="division-population"),
    path("organisations", organisations.organisations, name="organisations"),
    path("organisations/new", organisations.new, name="organisation-new"),
    path("organisations/<uuid:pk>", organisations.organisation, name="organisation"),
    path("organisations/<uuid:pk>/edit", organisations.edit, name="organisation-edit"),
    path("organisations/<uuid:pk>/close", organisations.close, name="organisation-close"),
    path("organisations/<uuid:pk>/reopen", organisations.reopen, name="organisation-reopen"),
    path("organisations/<uuid:pk>/appoint", organisations.appoint, name="appoint"),
    path("appointments/<uuid:pk>/end", organisations.end_appointment, name="appointment-end"),
    path("bodies/new", bodies.new, name="body-new"),
    path("bodies/<uuid:pk>", bodies.body, name="body"),
    path("bodies/<uuid:pk>/seat", bodies.add_seat, name="seat-add"),
    path("bodies/<uuid:pk>/close", bodies.close, name="body-close"),
    path("bodies/<uuid:pk>/seat/<uuid:seat>/fill", bodies.fill, name="seat-fill"),
    path("bodies/<uuid:pk>/holding/<uuid:holding>/vacate", bodies.vacate, name="seat-vacate"),
]
