"""Stored figures and the records behind them."""
