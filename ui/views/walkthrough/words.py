"""Every sentence under the walkthrough; those of its steps stand in ui/steps/words/, those of its keys in js/."""

DOWNLOAD = "Download this walkthrough"
DOWNLOAD_HELP = "One HTML file with the same keys, for a learning platform or a lecture without network. Add #step=13 to its address to open it at a step, and &quiz=1 to open it as a quiz."

LINKS = (
    ("Every Jacobian →", "jacobians"),
    ("Derivative paths →", "paths"),
    ("Weight update →", "update"),
    ("A batch →", "batch"),
    ("Training →", "training"),
    ("Practice →", "practice"),
)
"""To the pages that take its steps apart."""
