"""The API of orders, exchange and trips: the same acts as the pages, by the same people."""

from orders.api.exchange import routes as exchange_routes
from orders.api.orders import routes as order_routes
from orders.api.places import routes as place_routes
from orders.api.trips import routes as trip_routes

routes = [*order_routes, *exchange_routes, *place_routes, *trip_routes]
