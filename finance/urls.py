from django.urls import path

from finance.views import (
    account_card,
    ageing,
    bank_list,
    bank_statement,
    cabinet,
    fee,
    fee_file,
    invoice_list,
    invoices,
    payable_list,
    payables,
    payments,
    pnl_by,
    rates,
    receipt_list,
    reports,
    statement,
    statement_cabinet,
    taxes,
    trial_balance,
)
from tenants.office import saved_views
from tenants.permissions import Permission

app_name = "finance"
urlpatterns = [
    path("finance/", invoice_list.invoice_list, name="invoice-list"),
    path(
        "finance/invoices/export/",
        invoice_list.invoice_export,
        name="invoice-export",
    ),
    *saved_views.paths(
        invoice_list.INVOICES,
        "finance/invoices/views/",
        Permission.FINANCE_VIEW,
    ),
    path(
        "finance/invoices/issue/<str:ref>/",
        invoices.invoice_issue,
        name="invoice-issue",
    ),
    path(
        "finance/invoices/<str:number>/",
        invoices.invoice_card,
        name="invoice-card",
    ),
    path(
        "finance/invoices/<str:number>/pay/",
        payments.payment_add,
        name="payment-add",
    ),
    path(
        "finance/invoices/<str:number>/cancel/",
        invoices.invoice_cancel,
        name="invoice-cancel",
    ),
    path(
        "finance/payments/<uuid:payment_id>/refund/",
        payments.payment_refund,
        name="payment-refund",
    ),
    path("finance/carriers/", payable_list.payable_list, name="payable-list"),
    path(
        "finance/carriers/export/",
        payable_list.payable_export,
        name="payable-export",
    ),
    *saved_views.paths(
        payable_list.PAYABLES,
        "finance/carriers/views/",
        Permission.FINANCE_VIEW,
    ),
    path(
        "finance/carriers/<uuid:payable_id>/pay/",
        payables.payable_pay,
        name="payable-pay",
    ),
    path("finance/receipts/", receipt_list.receipt_list, name="receipt-list"),
    path("finance/receipts/export/", receipt_list.receipt_export, name="receipt-export"),
    *saved_views.paths(
        receipt_list.RECEIPTS,
        "finance/receipts/views/",
        Permission.FINANCE_VIEW,
    ),
    path("finance/bank/", bank_list.bank_list, name="bank-list"),
    path("finance/bank/export/", bank_list.bank_export, name="bank-export"),
    *saved_views.paths(
        bank_list.STATEMENTS,
        "finance/bank/views/",
        Permission.FINANCE_VIEW,
    ),
    path("finance/bank/upload/", bank_list.bank_upload, name="bank-upload"),
    path(
        "finance/bank/<uuid:statement_id>/",
        bank_statement.bank_statement,
        name="bank-statement",
    ),
    path(
        "finance/bank/<uuid:statement_id>/account/",
        bank_statement.bank_account,
        name="bank-account",
    ),
    path(
        "finance/bank/<uuid:statement_id>/confirm/",
        bank_statement.bank_confirm,
        name="bank-confirm",
    ),
    path(
        "finance/bank/<uuid:statement_id>/book/",
        bank_statement.bank_book,
        name="bank-book",
    ),
    path("cabinet/invoices/", cabinet.client_invoices, name="cabinet-invoices"),
    path(
        "cabinet/invoices/export/",
        cabinet.client_invoice_export,
        name="cabinet-invoice-export",
    ),
    *saved_views.paths(
        cabinet.INVOICES_OF_CLIENT,
        "cabinet/invoices/views/",
        Permission.CLIENT_SUMS,
    ),
    path("partner/payouts/", cabinet.partner_payouts, name="partner-payouts"),
    path(
        "partner/payouts/export/",
        cabinet.partner_payout_export,
        name="partner-payout-export",
    ),
    *saved_views.paths(
        cabinet.PAYOUTS_OF_PARTNER,
        "partner/payouts/views/",
        Permission.PARTNER_SUMS,
    ),
    path(
        "cabinet/statement/",
        statement_cabinet.client_statement,
        name="cabinet-statement",
    ),
    path(
        "partner/statement/",
        statement_cabinet.partner_statement,
        name="partner-statement",
    ),
    path("finance/ageing/", ageing.ageing_page, name="ageing"),
    path("finance/calendar/", reports.calendar, name="calendar"),
    path("finance/pnl/", reports.pnl, name="pnl"),
    path("finance/pnl/by/", pnl_by.pnl_by_page, name="pnl-by"),
    path(
        "finance/accounts/",
        trial_balance.trial_balance_page,
        name="trial-balance",
    ),
    path(
        "finance/accounts/<str:account>/",
        account_card.account_card,
        name="account-card",
    ),
    path("finance/entries/<uuid:entry_id>/", account_card.entry_card, name="entry"),
    path(
        "companies/<uuid:company_id>/statement/",
        statement.statement_page,
        name="statement",
    ),
    path(
        "companies/<uuid:company_id>/statement/paper/",
        statement.reconciliation_issue,
        name="reconciliation",
    ),
    path("finance/taxes/", taxes.taxes, name="taxes"),
    path("finance/rates/", rates.rates_by_day, name="rates"),
    path("finance/rates/list/", rates.rates_from_list, name="rate-list"),
    path("finance/fee/", fee.fee, name="fee"),
    path("finance/fee/file/", fee_file.fee_file, name="fee-file"),
    path("finance/fee/meter/", fee.fee_meter, name="fee-meter"),
    path(
        "finance/fee/<str:month>/close/",
        fee.fee_close,
        name="fee-close",
    ),
]
