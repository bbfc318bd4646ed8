"""Lets the oracle's tests import it by name; it is no part of the product."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
