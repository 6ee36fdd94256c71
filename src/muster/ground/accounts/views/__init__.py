"""Pages of accounts: signing in, one's own account, keeping accounts, watching."""
