"""Every sentence of the page "Derivative paths", in the order of the page, one to a line. No HTML.

In all of them `name` is the chosen unit's activation, such as a¹₅; a path is given by its place, 0-based. What
stands in braces is filled in by the browser: ui.draw.scenes.Cases.
"""
