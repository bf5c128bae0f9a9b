"""`hudna build` for a checkout: Python puts this folder, and so the package, on its path."""

import sys

from hudna.doors.cli import main

if __name__ == "__main__":
    sys.exit(main(["build", *sys.argv[1:]]))
