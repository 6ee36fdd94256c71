"""The product as a clerk meets it, in a real Chromium."""
