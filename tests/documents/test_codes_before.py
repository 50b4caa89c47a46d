"""Papers that were issued before codes were looked up get theirs from the migration."""

from __future__ import annotations

from importlib import import_module

import pytest

from documents import verifying
from tenants.context import inside
from tenants.platform import ddl
from tenants.platform.models import PaperCode
from tests.documents.papers import issued
from tests.world import load


@pytest.mark.slow
def test_papers_issued_before_are_entered_by_the_migration(committed: None) -> None:
    step = import_module("documents.migrations.0005_codes_are_looked_up")
    alpha = load("alpha")
    with inside(alpha.scope):
        codes = {issued(alpha).verify_code for _ in range(3)}
    owner = ddl.owner()
    with owner.cursor() as cursor:
        cursor.execute("TRUNCATE public.platform_papercode")
    assert verifying.find(min(codes)) is None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(step, "BATCH", 2)
        owner.set_schema(alpha.info.schema)
        for _again in range(2):
            with owner.schema_editor(atomic=False) as editor:
                step.enter(None, editor)
        owner.set_schema_to_public()
    assert all(verifying.find(code) for code in codes)
    with inside(alpha.scope):
        assert PaperCode.objects.count() == 3
