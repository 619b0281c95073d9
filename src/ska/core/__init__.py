"""Plain values that every room uses: school years, ids, Swedish numbers and dates. Pure."""
