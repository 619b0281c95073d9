"""What the overview's pages read, in few statements."""
