"""The API alone, at the address it has on a site."""

from django.urls import include, path

from primacy.faces.api.site import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("accounts/", include("allauth.account.urls")),
]
