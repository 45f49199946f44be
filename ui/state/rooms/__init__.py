"""Rooms in which a class answers one question at a time: in the memory of this process, and nowhere else."""
