"""Things someone must do by a date, with evidence."""
