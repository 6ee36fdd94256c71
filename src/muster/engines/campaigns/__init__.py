"""Plan documents read and confirmed into campaigns with phases."""
