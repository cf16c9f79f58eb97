"""What is open, in a Redis that keeps nothing: for several processes on any number of machines.

The same roster, urn and turns as in one process, each act one atomic script in `scripts/`. Redis
writes nothing to a disk (`safety.py` refuses one that does), every key has a time to live, and what
a key holds is what privacy R2 allows. Closed rounds are not here: those are in PostgreSQL.
"""
