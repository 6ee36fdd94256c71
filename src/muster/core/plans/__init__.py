"""Reading a superior's plan document."""
