"""How files of static/ are kept for browsers."""

from __future__ import annotations

from typing import Any

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

_EVERY_SCRIPT, IMPORTS = vars(HashedFilesMixin)["_js_module_import_aggregation_patterns"]


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Names carry a hash of the content, also in the imports of modules; compressed beside."""

    support_js_module_import_aggregation = True
    # Of our own modules alone: libraries name files in their imports that they do not ship.
    _js_module_import_aggregation_patterns = ("js/*.js", IMPORTS)

    def stored_name(self, name: str) -> str:
        """Where nobody has run `collectstatic` (tests, benches) files keep their own names."""
        return str(super().stored_name(name)) if self.hashed_files else name

    def create_compressor(self, **options: Any) -> Compressor:
        """Gzip alone: Brotli would save a fifth more and take a minute at the first start."""
        return Compressor(use_brotli=False, **options)
