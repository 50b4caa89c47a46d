"""Addresses of papers."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse


def document(document_id: UUID) -> str:
    return reverse("documents:document-card", args=[document_id])


def pdf(document_id: UUID) -> str:
    return reverse("documents:document-pdf", args=[document_id])
