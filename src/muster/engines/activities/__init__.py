"""Training, education, publicity, co-building: one engine whose kinds are catalogue entries."""
