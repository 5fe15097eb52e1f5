"""Routes of incidents, below /m/<mission>/."""

urlpatterns: list[object] = []
