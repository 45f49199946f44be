"""Accept the texts of the app as they are now; review the change with git diff.

.venv/bin/python -m tests.texts --accept
"""

import argparse
import logging
import sys

from tests.texts.accepted import accept


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--accept", action="store_true", required=True, help="write tests/golden/texts anew")
    parser.parse_args()
    logging.disable(logging.WARNING)  # Streamlit misses a browser
    print(*accept() or ["nothing changed"], sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
