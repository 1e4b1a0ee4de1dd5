"""What the numbers mean: words, indicators, rates, store, views and figures. Knows no Dash."""
