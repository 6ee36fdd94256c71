"""The first screen and what belongs to no single app."""
