"""Lists out: spreadsheets as shown, journalled."""
