"""Files in: checked, repaired, applied by whole rows, undone."""
