"""Charts as plain values: figure, title, sentence, table and source travel together. Pure."""
