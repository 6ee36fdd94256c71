"""What a person keeps for work: drafts, saved views."""
