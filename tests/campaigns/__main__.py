"""`python -m tests.campaigns`: see `tests.campaigns.live`.

What other processes live stands there, because they cannot find it in a main module.
"""

import sys

from tests.campaigns.live import start

if __name__ == "__main__":
    sys.exit(start())
