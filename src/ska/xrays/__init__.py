"""The X-ray of the quality work: standing rules that look at the chain, the wheel and the roles."""
