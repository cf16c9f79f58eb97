"""`python -m bench`: measures the site on this machine and prints tables.

Starts servers of its own in temporary folders, on free ports, and leaves nothing behind. What the
figures mean, and what they are held against, is in docs/performance.md.
"""

from __future__ import annotations

import argparse
import resource
import sys

from bench.class_load import measure_classes, table
from bench.edge import following_table, measure_following
from bench.variants import measure_variants, variants_table

PARTS = ("class", "answers", "following")


def main() -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="bench", description="Measure the site on this machine.")
    parser.add_argument("--part", choices=PARTS, action="append", help="only this; repeatable")
    parser.add_argument(
        "--devices", type=int, action="append", help="only this class (30, 200 or 1000); repeatable"
    )
    asked = parser.parse_args()
    _raise_open_files()
    for part in asked.part or (["class"] if asked.devices else PARTS):
        if part == "class":
            print(table(measure_classes(asked.devices)))
        elif part == "answers":
            print(variants_table(measure_variants()))
        else:
            print(following_table(measure_following()))
        print(flush=True)
    return 0


def _raise_open_files() -> None:
    """Allow a connection for each device of the largest crowd."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


sys.exit(main())
