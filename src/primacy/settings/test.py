"""Settings of the test suite: the embedded ones in a throw-away folder."""

import os
import tempfile

os.environ["PRIMACY_HOME"] = os.environ.get("PRIMACY_TEST_HOME") or tempfile.mkdtemp(
    prefix="primacy-test-"
)

from primacy.settings.embedded import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
