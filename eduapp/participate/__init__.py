"""The door for students: joining, the device's page, answering, following and the class result.

Uses classroom, content and web. Never accounts, never a table; a page here is the same bytes for
every device in the same state and language, and no address, log or cookie says what was chosen.
"""
