"""Plain Python: no Django, no clock."""
