"""`python -m bluegreen`: the command without its entry point."""

from .cli import main

main()
