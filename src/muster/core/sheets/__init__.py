"""Tables as offices write them: guarded, headers found, columns matched."""
