"""Links for a class where there is no class."""

import pytest
from typer.testing import CliRunner

from primacy.demo.exercise import NoExerciseAccounts
from primacy.faces.cli.commands import application


@pytest.mark.django_db
def test_a_site_without_the_exercise_makes_no_links_and_says_so() -> None:
    done = CliRunner().invoke(application, ["exercise", "links"])
    assert isinstance(done.exception, NoExerciseAccounts)
    assert "No link was made" in str(done.exception)
