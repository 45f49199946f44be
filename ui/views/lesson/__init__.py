"""The page "Lesson": ten stops from one path to a network not seen before."""
