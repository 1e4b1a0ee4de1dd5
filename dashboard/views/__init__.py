"""What each page says: numbers, states and sentences, from a reader and nothing else."""
