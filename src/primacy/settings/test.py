"""Settings of the test suite: the embedded ones in a throw-away folder."""

import os
import tempfile

os.environ["PRIMACY_HOME"] = os.environ.get("PRIMACY_TEST_HOME") or tempfile.mkdtemp(
    prefix="primacy-test-"
)

from primacy.settings.database import database_at
from primacy.settings.embedded import *  # noqa: F403

if os.environ.get("PRIMACY_TEST_DATABASE_URL"):
    # Fixtures are made by the superuser. Inside a viewer's scope the site takes the application's
    # role, so that requests and commands of the tests pass the row policies.
    DATABASES = {"default": database_at(os.environ["PRIMACY_TEST_DATABASE_URL"])}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    PRIMACY_DATABASE_ROLE = "primacy_app"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
PRIMACY_JOBS = "inline"
# Tests of second factors and limits turn them on; all others enter as in a training class.
PRIMACY_SECOND_FACTOR = "off"
PRIMACY_API_PER_MINUTE = 0
# Tests of the vault open hundreds of keys; one test measures the real cost.
PRIMACY_KEY_COST = {"memory_kib": 64, "iterations": 1, "lanes": 1}
