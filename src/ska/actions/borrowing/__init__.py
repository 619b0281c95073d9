"""Arbetssätt that are lent in a network and borrowed as drafts, with credit (record 138)."""
