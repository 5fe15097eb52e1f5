"""The pages of an account that this site offers; sign-up is closed, and mail is not needed."""

from allauth.account import views
from django.urls import path

from primacy.faces.web.views import enter

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", enter.forgotten, name="account_reset_password"),
]
