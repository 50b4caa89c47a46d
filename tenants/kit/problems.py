"""What an API view raises to answer with a problem (RFC 9457)."""

from __future__ import annotations


class Problem(Exception):
    """Answer with this status; `code` is for programs, `detail` for people, `errors` by field."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str = "",
        errors: dict[str, list[str]] | None = None,
    ) -> None:
        super().__init__(detail or code)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = errors or {}
