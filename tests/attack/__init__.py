"""Attacks on the promise of anonymity, each with the bound that it must not pass.

`make attack` runs all of them, on the site as it is and on builds that are broken on purpose, and
prints a report; `make test` runs the short ones. An attack that no broken build can lose to proves
nothing, so every important one has a build in `builds.py` that it must catch.
"""
