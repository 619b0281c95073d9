"""The framework beside what we have done about it: browsing it, and Var står vi?"""
