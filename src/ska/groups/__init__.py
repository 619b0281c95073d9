"""Rektorsgrupper of one huvudman: who is in them, and what they look at when they meet."""
