"""What other rooms and faces may use of cases."""

from primacy.rooms.cases.models import Fact

__all__ = ["Fact"]
