"""The app around the core, floor by floor: names, state; draw, steps, questions; views, export; shell."""
