"""`python -m hudna`: the same as the command `hudna`."""

import sys

from hudna.doors.cli import main

sys.exit(main())
