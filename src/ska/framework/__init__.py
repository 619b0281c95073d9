"""The national quality system, the law and the curricula as data, and what we tie to them."""
