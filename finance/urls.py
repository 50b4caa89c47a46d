from django.urls import path

from finance.views import (
    fee,
    invoices,
    payables,
    payments,
    reports,
    taxes,
)

app_name = "finance"
urlpatterns = [
    path("finance/", invoices.invoice_list, name="invoice-list"),
    path(
        "finance/invoices/export/",
        invoices.invoice_export,
        name="invoice-export",
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
    path("finance/carriers/", payables.payable_list, name="payable-list"),
    path(
        "finance/carriers/<uuid:payable_id>/pay/",
        payables.payable_pay,
        name="payable-pay",
    ),
    path("finance/ageing/", reports.ageing, name="ageing"),
    path("finance/calendar/", reports.calendar, name="calendar"),
    path("finance/pnl/", reports.pnl, name="pnl"),
    path("finance/taxes/", taxes.taxes, name="taxes"),
    path("finance/fee/", fee.fee, name="fee"),
    path("finance/fee/meter/", fee.fee_meter, name="fee-meter"),
    path(
        "finance/fee/<str:month>/close/",
        fee.fee_close,
        name="fee-close",
    ),
]
