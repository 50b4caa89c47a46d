"""The page server's application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from tenants.accounts import demo_logins  # noqa: E402  # models stand only after the line above

demo_logins.refuse()
