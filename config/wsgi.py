"""The page server's application."""

import os

from django.core.wsgi import get_wsgi_application

from config.heads import without_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = without_bodies(get_wsgi_application())

from tenants.accounts import demo_logins  # noqa: E402  # models stand only after the line above

demo_logins.refuse()
