"""How the API describes itself (OpenAPI)."""

from __future__ import annotations

from drf_spectacular.openapi import AutoSchema


class Described(AutoSchema):
    """Our lists answer `{"results", "next"}`, so drf-spectacular takes them for single things and
    names both alike.
    """

    def get_operation_id(self) -> str:
        name: str = super().get_operation_id()
        is_list = self.method == "GET" and self.path.endswith("s")
        return (
            name.removesuffix("_retrieve") + "_list"
            if is_list and name.endswith("_retrieve")
            else name
        )
