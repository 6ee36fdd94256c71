"""Identity numbers, phones, names, dates as people write them."""
