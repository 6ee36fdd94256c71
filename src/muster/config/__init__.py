"""The roof: settings, addresses, command line and the one composition root."""
