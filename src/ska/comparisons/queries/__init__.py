"""Reading for comparisons: the sets of places, and the values of one measure in all of them."""
