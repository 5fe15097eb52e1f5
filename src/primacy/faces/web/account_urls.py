"""The pages of an account that this site offers; sign-up is closed, and mail is not needed."""

from allauth.account import views
from allauth.socialaccount import views as single_sign_on
from allauth.usersessions.views import list_usersessions
from django.urls import URLPattern, URLResolver, include, path

from primacy.faces.web.sign_in.passwords import NewPassword, OwnPassword
from primacy.faces.web.views import enter, sessions

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", OwnPassword.as_view(), name="account_change_password"),
    path("password/set/", NewPassword.as_view(), name="account_set_password"),
    path("password/reset/", enter.forgotten, name="account_reset_password"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", list_usersessions, name="usersessions_list"),
    path("sessions/<int:key>/end/", sessions.end, name="session-end"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("cancelled/", single_sign_on.login_cancelled, name="socialaccount_login_cancelled"),
    path("failed/", single_sign_on.login_error, name="socialaccount_login_error"),
]
