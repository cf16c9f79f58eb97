"""The door that is open to all: home, modules, lessons to read alone, help.

Content only: nothing is stored here, nobody is counted, and no class session is known. One page
shows which tables and columns the database has; no row is read.
"""
