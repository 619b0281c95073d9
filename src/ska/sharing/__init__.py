"""Networks of huvudmän, and what one of them lets the others read: copies, given and taken back."""
