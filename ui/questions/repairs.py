"""What repairs a miss: pages that show it, and questions of the same kind."""

STOPS_REPAIRED_BY = (
    ("total_derivative", "path"),
    ("total_derivative", "sum"),
    ("jacobians", "rule"),
    ("walkthrough", "forward"),
    ("jacobians", "path"),
    ("walkthrough", "gradient"),
    ("paths", "sum"),
    ("update", "update"),
    ("batch", "mean"),
    ("paths", "sum"),
)
"""For each stop the page that repairs it, and a kind of question of Practice."""

KINDS_REPAIRED_BY = {
    "sum": "paths",
    "path": "jacobians",
    "slope": "walkthrough",
    "gradient": "walkthrough",
    "update": "update",
    "forward": "walkthrough",
    "mean": "batch",
    "rule": "total_derivative",
}
"""The page that shows how a kind is worked out."""
