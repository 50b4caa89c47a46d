"""Codes of papers that were issued before enter the public table that strangers' questions read."""

from __future__ import annotations

from django.db import migrations

BATCH = 1000
SOME = "SELECT verify_code FROM documents_document WHERE verify_code > %s ORDER BY verify_code LIMIT %s"
ENTER = """
INSERT INTO public.platform_papercode (code_hash, role, reseller_id)
SELECT encode(sha256(convert_to(code, 'UTF8')), 'hex'), schema_name, id
FROM unnest(%s::text[]) AS code, public.platform_reseller WHERE schema_name = %s
ON CONFLICT DO NOTHING
"""


def enter(apps, editor):
    """By batches; run again, it enters nothing twice."""
    last = ""
    with editor.connection.cursor() as cursor:
        while True:
            cursor.execute(SOME, [last, BATCH])
            codes = [code for (code,) in cursor.fetchall()]
            if not codes:
                return
            cursor.execute(ENTER, [codes, editor.connection.schema_name])
            last = codes[-1]


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_numbers_by_issuer"),
        ("platform", "0006_codes_of_papers"),
    ]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
