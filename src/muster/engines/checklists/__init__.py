"""Required-item sets and the evidence that shows them done."""
