"""What pages look like."""
