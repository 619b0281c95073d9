"""What coverage reads: the catalogue, the values there are, and what people have done."""
