"""Long work: progress, heartbeat, cancel, reaper."""
