"""The class at work: class sessions, join codes, rounds, the urn and releases.

Who sits in the room is kept in memory only and has no name. No Flask, no page and no account is
known here. A ballot never touches the disk, and only a release ever leaves a closed round.
"""
