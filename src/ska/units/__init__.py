"""One unit with what stands on it: shown, changed, ended."""
