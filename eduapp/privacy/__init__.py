"""From counts to release to result: every rule that protects an answer, and nothing else.

Standard library only, no clock, no storage, no page; randomness is an argument. Screens read
releases through this room and never see a count. The reasons stand beside the numbers in
`parameters.py`.
"""
