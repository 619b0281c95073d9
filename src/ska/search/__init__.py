"""One box over everything a person may see: words in, hits out, never another huvudman's."""
