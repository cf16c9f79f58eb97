"""The door of school staff: signing in, the people of a school, and what the school sees.

Uses accounts, classroom, content and web. Nothing here points at a class, a teacher or a student.
"""
