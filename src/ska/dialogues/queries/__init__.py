"""What the dialogues read."""
