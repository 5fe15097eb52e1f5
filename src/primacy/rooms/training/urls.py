"""Routes of training, below /m/<mission>/."""

from django.urls import path

from primacy.rooms.training import views

urlpatterns = [
    path("training/", views.overview, name="training"),
    path("training.<str:form>", views.export, name="training-export"),
    path("training/names/", views.names, name="training-names"),
    path("training/names.<str:form>", views.export_names, name="training-names-export"),
    path("training/names/<uuid:pk>/", views.name, name="training-name"),
]
