"""Everything that writes accounts: signing in, sessions, keeping accounts, opening an office."""

from muster.ground.accounts.actions.keeping import (
    close_account,
    create_account,
    enable_account,
    end_post,
    grant_post,
    keep_language,
    renew_password,
    unlock_account,
)
from muster.ground.accounts.actions.office import NewAdministrator, OfficeOpened, open_office
from muster.ground.accounts.actions.sessions import (
    end_other_sessions,
    end_own_session,
    end_passed_sessions,
    end_session,
    end_sessions_of,
    switch_post,
)
from muster.ground.accounts.actions.signin import (
    change_password,
    confirm_password,
    sign_in,
    sign_out,
)
from muster.ground.accounts.actions.watching import (
    export_anchors,
    look_at_journal,
    verify_journal,
)

__all__ = [
    "NewAdministrator", "OfficeOpened", "change_password", "close_account", "confirm_password",
    "create_account", "enable_account", "end_other_sessions", "end_own_session", "end_passed_sessions", "end_post", "end_session",
    "end_sessions_of", "export_anchors", "grant_post", "keep_language", "look_at_journal",
    "open_office", "renew_password", "sign_in", "sign_out", "switch_post", "unlock_account",
    "verify_journal",
]  # fmt: skip
