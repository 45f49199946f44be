import os

from hypothesis import settings

# Two cores shared with a browser make single examples slow, and CI must not fail by chance.
settings.register_profile("project", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("project")
