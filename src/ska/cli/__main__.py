"""`python -m ska.cli`."""

from ska.cli import main

main()
