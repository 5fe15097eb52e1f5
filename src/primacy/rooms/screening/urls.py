"""Routes of screening, below /m/<mission>/."""

from django.urls import path

from primacy.rooms.screening.views import asking, judging, lists, record

urlpatterns = [
    path("screening/", record.screening_list, name="screenings"),
    path("screening/new/", asking.new_screening, name="screening-new"),
    path("screening/rosters/<uuid:pk>/", asking.roster_page, name="screening-roster"),
    path("screening/rosters/<uuid:pk>/drop/", asking.drop, name="screening-roster-drop"),
    path("screening/lists/", lists.list_page, name="screening-lists"),
    path("screening/lists/<uuid:pk>/", lists.one_list, name="screening-list"),
    path("screening/tasks/<uuid:pk>/done/", judging.task_done, name="screening-task-done"),
    path("screening/<uuid:pk>/", record.screening_page, name="screening"),
    path("screening/<uuid:pk>.<str:form>", record.export, name="screening-export"),
    path("screening/<uuid:pk>/undo/", record.undo, name="screening-undo"),
    path("screening/<uuid:pk>/stop/", record.stop, name="screening-stop"),
    path(
        "screening/<uuid:pk>/matches/<uuid:match>/",
        judging.match_page,
        name="screening-match",
    ),
]
