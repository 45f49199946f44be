"""The page "Class": its host, everybody in the room, and the way in."""
