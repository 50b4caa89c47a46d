"""E-mail as files: one `.eml` a message, for installations without a mail server and for the demo."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmlBackend(BaseEmailBackend):
    def __init__(self, *, fail_silently: bool = False) -> None:
        super().__init__(fail_silently=fail_silently)
        self.folder = Path(settings.EMAIL_FILE_PATH)

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in messages:
            unfinished = self.folder / f".{uuid.uuid4()}"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(self.folder / f"{uuid.uuid4()}.eml")
        return len(messages)
