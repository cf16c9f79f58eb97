"""Tests, by room as in eduapp/. A package so that no installed `tests` can stand in its place."""
