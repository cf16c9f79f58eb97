"""A class made of simulated devices, for demonstrations, training and measuring.

An ordinary HTTP client: it knows a running site by its pages and by `docs/http.md` only. Imports no
other room, opens no database, and never says who answered what.
"""
