"""What is true of the dialogues whoever asks. Pure."""
