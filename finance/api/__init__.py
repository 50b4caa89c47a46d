"""The books over the API: the same acts and the same sight as on the pages."""

from finance.api.carrier_advances import routes as carrier_advance_routes
from finance.api.credit_notes import routes as credit_note_routes
from finance.api.expenses import routes as expense_routes
from finance.api.invoices import routes as invoice_routes
from finance.api.ledger import routes as ledger_routes
from finance.api.openings import routes as opening_routes
from finance.api.payables import routes as payable_routes
from finance.api.payments import routes as payment_routes
from finance.api.results import routes as result_routes
from finance.api.statements import routes as statement_routes
from finance.api.write_offs import routes as write_off_routes

routes = [
    *invoice_routes,
    *credit_note_routes,
    *write_off_routes,
    *payment_routes,
    *payable_routes,
    *carrier_advance_routes,
    *expense_routes,
    *opening_routes,
    *result_routes,
    *ledger_routes,
    *statement_routes,
]
