"""Accounts of school staff: schools, who works there, invitations, signing in, who may do what.

Nothing of a class session and nothing of a student belongs here; the classroom never imports this
room. A sign-in ends with the day, so no time is stored: dates only.
"""
