"""What the whole year looks like."""
