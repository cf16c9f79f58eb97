"""The door for teachers: the gate, the desk, the board and the sheet afterwards.

Pages and forms only; what an act changes is decided in `classroom`. Nothing here may see a
ballot or a count, and no page of this door is meant for a student's device except the board.
"""
