"""Targets as pure functions: progress, glide path, status, forecast, pace and power. No clock, no store, no words."""
