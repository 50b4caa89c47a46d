"""Contracts that were signed before get the life that new ones have, in force."""

from __future__ import annotations

from django.db import migrations

CASES = """
INSERT INTO companies_contractcase (id, company_id, kind, addendum_index, number, language, text, sha256,
  template, template_version, template_sha256, first_side, stage, sent_at, sent_by, end_reason, contract_id)
SELECT gen_random_uuid(), company_id, kind, 0, number, language, text, sha256, kind || '.' || language, 0, '',
  CASE WHEN company_id IS NULL THEN 'platform' ELSE 'company' END, 'in_force', signed_at, signed_by, '', id
FROM companies_contract c
WHERE NOT EXISTS (SELECT FROM companies_contractcase k WHERE k.contract_id = c.id);
"""
SIGNATURES = """
INSERT INTO companies_signature (id, case_id, side, how, name, post, basis, signed_at, signed_by, evidence)
SELECT gen_random_uuid(), k.id, CASE WHEN c.company_id IS NULL THEN 'reseller' ELSE 'company' END, c.how,
  c.signed_name, '', '', c.signed_at, c.signed_by, c.evidence
FROM companies_contract c JOIN companies_contractcase k ON k.contract_id = c.id
WHERE NOT EXISTS (SELECT FROM companies_signature s WHERE s.case_id = k.id);
"""


class Migration(migrations.Migration):
    dependencies = [("companies", "0009_the_life_of_a_contract")]
    operations = [
        migrations.RunSQL(CASES, migrations.RunSQL.noop),
        migrations.RunSQL(SIGNATURES, migrations.RunSQL.noop),
    ]
