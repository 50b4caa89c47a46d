"""Addresses of papers."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

# One page under several addresses: the office's names, and those of others by their kind.
CORNERS: tuple[tuple[tuple[str, ...], dict[str, str]], ...] = (
    (
        ("documents:document-card",),
        {"client": "documents:document-pdf", "partner": "documents:document-pdf"},
    ),
    (
        ("documents:document-list",),
        {"client": "documents:cabinet-documents", "partner": "documents:partner-documents"},
    ),
)


def document(document_id: UUID) -> str:
    return reverse("documents:document-card", args=[document_id])


def pdf(document_id: UUID) -> str:
    return reverse("documents:document-pdf", args=[document_id])


def verify(code: str) -> str:
    """Where anybody checks the paper that carries this code."""
    return reverse("documents:verify", args=[code])
