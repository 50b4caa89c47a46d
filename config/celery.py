"""Celery: late acknowledgement, JSON only, prefork, queues by kind of work (settings CELERY_*)."""

from __future__ import annotations

import os

from celery import Celery
from celery.signals import before_task_publish, heartbeat_sent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("crm")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["tenants.kit", "tenants.platform", "tenants.exchange"])


@heartbeat_sent.connect
def on_worker_heartbeat(**_: object) -> None:
    """Every two seconds in the worker's own process, however busy its children are."""
    from tenants.kit import heartbeats

    heartbeats.leave("worker")


@before_task_publish.connect
def on_publish(sender: str = "", **_: object) -> None:
    """The tasks of the schedule are published by beat alone."""
    from django.conf import settings

    from tenants.kit import heartbeats

    if sender in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}:
        heartbeats.leave("beat")
