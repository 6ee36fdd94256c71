"""Base pages, components and refusals; no models."""
