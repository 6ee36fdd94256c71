"""What Muster exists for."""
