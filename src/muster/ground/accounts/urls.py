"""Addresses of accounts."""

from django.urls import path

from muster.ground.accounts.views import keeping, mine, signing, watching

app_name = "accounts"

urlpatterns = [
    path("sign-in", signing.sign_in, name="sign-in"),
    path("sign-out", signing.sign_out, name="sign-out"),
    path("account", mine.mine, name="mine"),
    path("account/password", mine.password, name="password"),
    path("account/confirm", mine.confirm, name="confirm"),
    path("account/post", mine.switch, name="switch"),
    path("account/sessions/end-others", mine.end_others, name="end-others"),
    path("account/sessions/<uuid:session>/end", mine.end_one, name="end-session"),
    path("accounts", keeping.accounts, name="list"),
    path("accounts/new", keeping.new, name="new"),
    path("accounts/<uuid:account>", keeping.account, name="account"),
    path("accounts/<uuid:account>/enable", keeping.enable, name="enable"),
    path("accounts/<uuid:account>/renew", keeping.renew, name="renew"),
    path("accounts/<uuid:account>/unlock", keeping.unlock, name="unlock"),
    path("accounts/<uuid:account>/close", keeping.close, name="close"),
    path("accounts/<uuid:account>/grant", keeping.grant, name="grant"),
    path("posts/<uuid:post>/end", keeping.end_post, name="end-post"),
    path("journal", watching.entries, name="journal"),
    path("journal/verify", watching.verify, name="journal-verify"),
    path("journal/anchors", watching.anchors, name="journal-anchors"),
    path("journal/looks", watching.looks, name="looks"),
]
