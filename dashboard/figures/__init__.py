"""Neutral charts, their colours and classes, and what draws them; knows neither the store nor Dash."""
