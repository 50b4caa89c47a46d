"""How the house stands: the measures of the source that must not slip (`manage.py house`)."""
