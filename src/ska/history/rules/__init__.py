"""What is true of an earlier report whoever reads it in: its paragraphs, headings and promises."""
