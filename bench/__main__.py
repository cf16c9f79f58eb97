"""`python -m bench`: measures the site on this machine and prints a table.

Starts servers of its own in temporary folders, on free ports, and leaves nothing behind.
"""

from __future__ import annotations

import sys

from bench.class_load import main

sys.exit(main())
