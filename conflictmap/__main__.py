"""`python -m conflictmap`: the command line."""

import sys

from conflictmap.cli import main

if __name__ == "__main__":
    sys.exit(main())
