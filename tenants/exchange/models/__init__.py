from tenants.exchange.models.bargain import Award, Offer, Round, Side
from tenants.exchange.models.job import Job
from tenants.exchange.models.listing import Listing

__all__ = ["Award", "Job", "Listing", "Offer", "Round", "Side"]
