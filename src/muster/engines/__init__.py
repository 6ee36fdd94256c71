"""What domains are made of."""
