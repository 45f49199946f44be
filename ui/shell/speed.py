"""What makes every run of the script cheaper, for all sessions of a process."""

import gc
from functools import cache

MOST_FILES = 65_536


@cache
def speed_up() -> None:
    """Put everything below in place, once; after the imports."""
    gc.collect()
    gc.freeze()
    _allow_open_files()


def _allow_open_files() -> None:
    """As many as the system lets this process have: a session has four, and 1,024 are usual to begin with."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if most == resource.RLIM_INFINITY else min(MOST_FILES, most)
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
