"""Every sentence of the walkthrough's steps, in the order of the timeline, one to a line. No HTML.

`word` is what the observation is called, such as flower; `layer` counts from 1.
"""
