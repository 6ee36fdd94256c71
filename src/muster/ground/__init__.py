"""What every row stands on."""
