"""`python -m tests.permissions` writes docs/permissions.md anew; a person reads the difference."""

import os
import sys

import pytest

os.environ["PRIMACY_WRITE_MATRIX"] = "1"
sys.exit(pytest.main(["-q", "tests/permissions/test_matrix.py"]))
