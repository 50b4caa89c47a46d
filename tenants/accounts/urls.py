"""The doors. allauth's own views, under this product's addresses and names allauth expects."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from tenants.accounts.views import doors, driver, link_requests, own_sessions

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("login/link/", link_requests.ask, name="link-ask"),
    path("link-requests/", link_requests.request_list, name="link-requests"),
    path("link-requests/count/", link_requests.request_count, name="link-request-count"),
    path(
        "link-requests/<uuid:member_id>/make/",
        link_requests.link_make,
        name="link-make",
    ),
    path(
        "link-requests/<uuid:member_id>/dismiss/",
        link_requests.link_dismiss,
        name="link-dismiss",
    ),
    path("login/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path(
        "login/again/",
        account.reauthenticate,
        name="account_reauthenticate",
    ),
    path(
        "password/reset/",
        account.password_reset,
        name="account_reset_password",
    ),
    path(
        "password/reset/sent/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("password/set/<str:token>/", doors.access_link, name="access-link"),
    path("password/new/", doors.password_new, name="password-new"),
    path("sessions/", own_sessions.session_list, name="own-sessions"),
    path(
        "sessions/<uuid:session_id>/end/",
        own_sessions.session_end,
        name="session-end",
    ),
    path("devices/<uuid:device_id>/end/", own_sessions.device_end, name="device-end"),
    path("tokens/<uuid:token_id>/end/", own_sessions.token_end, name="token-end"),
    path("switch/", doors.switch, name="switch"),
    path("switched/", doors.switched, name="switched"),
    path("language/", doors.language, name="language"),
    path("mfa/", mfa.index, name="mfa_index"),
    path("mfa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path(
        "mfa/reauthenticate/",
        mfa.reauthenticate,
        name="mfa_reauthenticate",
    ),
    path("mfa/totp/", totp.activate_totp, name="mfa_activate_totp"),
    path(
        "mfa/totp/off/",
        totp.deactivate_totp,
        name="mfa_deactivate_totp",
    ),
    path(
        "mfa/codes/",
        codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "mfa/codes/new/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "mfa/codes/download/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("driver/login/", driver.login, name="driver-login"),
    path("driver/enrol/", driver.enrol, name="driver-enrol"),
    path("driver/logout/", driver.logout, name="driver-logout"),
]
