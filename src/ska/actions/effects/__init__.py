"""The effect ledger: what insatser were expected to change, and what the numbers say of it."""
