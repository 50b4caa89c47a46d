"""Addresses of the module."""

from __future__ import annotations

from django.urls import path

from commission.cargo.views import (
    bulk,
    customer_list,
    customers,
    dashboard,
    import_files,
    import_reading,
    import_words,
    imports,
    lot_list,
    lots,
    months,
    papers,
    parcel,
    people,
    rates,
    reports,
    salesperson_list,
    shipment_list,
    shipment_price,
    shipments,
    users,
)
from tenants.office import saved_views
from tenants.permissions import Permission

app_name = "cargo"
urlpatterns = [
    path("cargo/", dashboard.dashboard, name="dashboard"),
    path(
        "cargo/shipments/",
        shipment_list.shipments,
        name="shipment-list",
    ),
    path(
        "cargo/shipments/export/",
        shipment_list.shipment_export,
        name="shipment-export",
    ),
    path(
        "cargo/shipments/new/",
        shipments.shipment_new,
        name="shipment-new",
    ),
    path(
        "cargo/shipments/price/",
        shipment_price.shipment_price,
        name="shipment-price",
    ),
    path(
        "cargo/shipments/customers/",
        shipment_price.customer_suggest,
        name="customer-suggest",
    ),
    path("cargo/shipments/labels/", bulk.labels, name="labels-picked"),
    path("cargo/shipments/into-lot/", bulk.into_lot, name="into-lot"),
    *saved_views.paths(
        shipment_list.SHIPMENTS,
        "cargo/shipments/views/",
        Permission.CARGO_VIEW,
    ),
    path(
        "cargo/shipments/<uuid:shipment_id>/",
        shipments.shipment_card,
        name="shipment-card",
    ),
    path(
        "cargo/shipments/<uuid:shipment_id>/edit/",
        shipments.shipment_edit,
        name="shipment-edit",
    ),
    path(
        "cargo/shipments/<uuid:shipment_id>/delete/",
        shipments.shipment_delete,
        name="shipment-delete",
    ),
    path(
        "cargo/shipments/<uuid:shipment_id>/adjust/",
        months.adjustment_new,
        name="adjustment-new",
    ),
    path("cargo/import/", imports.import_new, name="import-new"),
    path("cargo/import/words/", import_words.import_words, name="import-words"),
    path(
        "cargo/import/words/<uuid:word_id>/delete/",
        import_words.import_word_forget,
        name="import-word-forget",
    ),
    path("cargo/import/template/", import_files.import_template, name="import-template"),
    path(
        "cargo/import/<uuid:batch_id>/bad/",
        import_files.import_bad,
        name="import-bad",
    ),
    path(
        "cargo/import/<uuid:batch_id>/totals/",
        imports.import_totals,
        name="import-totals",
    ),
    path(
        "cargo/import/<uuid:batch_id>/",
        imports.import_card,
        name="import-card",
    ),
    path(
        "cargo/import/<uuid:batch_id>/rows/",
        imports.import_rows,
        name="import-rows",
    ),
    path(
        "cargo/import/<uuid:batch_id>/lines/<int:line>/",
        imports.import_fix,
        name="import-fix",
    ),
    path(
        "cargo/import/<uuid:batch_id>/read/",
        import_reading.import_read,
        name="import-read",
    ),
    path(
        "cargo/import/<uuid:batch_id>/confirm/",
        imports.import_confirm,
        name="import-confirm",
    ),
    path(
        "cargo/import/<uuid:batch_id>/undo/",
        imports.import_undo,
        name="import-undo",
    ),
    path(
        "cargo/customers/",
        customer_list.customer_list,
        name="customer-list",
    ),
    path(
        "cargo/customers/export/",
        customer_list.customer_export,
        name="customer-export",
    ),
    *saved_views.paths(
        customer_list.CUSTOMERS,
        "cargo/customers/views/",
        Permission.CARGO_ENTER,
    ),
    path(
        "cargo/customers/new/",
        customers.customer_new,
        name="customer-new",
    ),
    path(
        "cargo/customers/<uuid:customer_id>/",
        customers.customer_card,
        name="customer-card",
    ),
    path(
        "cargo/customers/<uuid:customer_id>/take/",
        customers.customer_take,
        name="customer-take",
    ),
    path("cargo/rate-cards/", rates.card_list, name="card-list"),
    path("cargo/rate-cards/new/", rates.card_new, name="card-new"),
    path(
        "cargo/rate-cards/<uuid:card_id>/",
        rates.card_card,
        name="card-card",
    ),
    path(
        "cargo/rate-cards/<uuid:card_id>/copy/",
        rates.card_copy,
        name="card-copy",
    ),
    path(
        "cargo/rate-cards/<uuid:card_id>/activate/",
        rates.card_activate,
        name="card-activate",
    ),
    path(
        "cargo/goods-types/",
        rates.goods_type_add,
        name="goods-type-add",
    ),
    path(
        "cargo/salespeople/",
        salesperson_list.salesperson_list,
        name="salesperson-list",
    ),
    path(
        "cargo/salespeople/export/",
        salesperson_list.salesperson_export,
        name="salesperson-export",
    ),
    *saved_views.paths(
        salesperson_list.SALESPEOPLE,
        "cargo/salespeople/views/",
        Permission.CARGO_MANAGE,
    ),
    path(
        "cargo/salespeople/<uuid:salesperson_id>/",
        people.salesperson_card,
        name="salesperson-card",
    ),
    path(
        "cargo/salespeople/<uuid:salesperson_id>/customers/",
        people.customers_give,
        name="customers-give",
    ),
    path(
        "cargo/salespeople/<uuid:salesperson_id>/login/",
        people.login_tie,
        name="login-tie",
    ),
    path("cargo/users/", users.user_list, name="user-list"),
    path(
        "cargo/users/<uuid:member_id>/<slug:act>/",
        users.user_act,
        name="user-act",
    ),
    path("cargo/reports/", reports.report_month, name="report-month"),
    path(
        "cargo/reports/<str:month>/statement/<uuid:salesperson_id>/",
        reports.statement,
        name="statement",
    ),
    path(
        "cargo/months/<str:month>/",
        months.month_close,
        name="month-close",
    ),
    path(
        "cargo/months/<str:month>/reopen/",
        months.month_reopen,
        name="month-reopen",
    ),
    path(
        "cargo/months/<str:month>/pay/<uuid:salesperson_id>/",
        months.commission_pay,
        name="commission-pay",
    ),
    path("cargo/recalculate/", reports.recalculation, name="recalculate"),
    path("cargo/lots/", lot_list.lot_list, name="lot-list"),
    path("cargo/lots/export/", lot_list.lot_export, name="lot-export"),
    *saved_views.paths(lot_list.LOTS, "cargo/lots/views/", Permission.CARGO_ENTER),
    path("cargo/lots/<uuid:lot_id>/", lots.lot_card, name="lot-card"),
    path("cargo/lots/<uuid:lot_id>/fill/", lots.lot_fill, name="lot-fill"),
    path("cargo/lots/<uuid:lot_id>/move/", lots.lot_move, name="lot-move"),
    path(
        "cargo/lots/<uuid:lot_id>/take-out/<uuid:shipment_id>/",
        lots.lot_take_out,
        name="lot-take-out",
    ),
    path("cargo/labels/", papers.labels, name="labels"),
    path("cargo/billing/", papers.billing, name="billing"),
    path("cargo/bills/<str:number>/", papers.bill_paper, name="bill-paper"),
    path("p/<str:token>/", parcel.parcel_find, name="parcel-find"),
]
