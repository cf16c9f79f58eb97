"""Lets `python -m eduapp …` do what the command `eduapp …` does; nothing else lives here."""

from __future__ import annotations

from eduapp.commands import main

if __name__ == "__main__":
    main(prog_name="eduapp")
