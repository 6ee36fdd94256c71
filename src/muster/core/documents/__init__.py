"""Official Word documents with bound figures."""
