"""The demo county and its year."""
