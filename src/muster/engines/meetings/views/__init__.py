"""Pages of meetings: the list, the year, one meeting, its lists and papers."""
