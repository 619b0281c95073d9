"""How sure a number is, and the one place that puts change and difference into words. Pure."""
