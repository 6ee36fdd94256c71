"""Documents that need figures: issue and verify."""
