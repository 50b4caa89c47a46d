from documents.kinds import sample_parties, samples
from documents.kinds.act.context import ActContext


def sample(language: str) -> ActContext:
    start, _, end = samples.route(language)
    return ActContext(
        customer=sample_parties.OTHER[language],
        lines=samples.lines(language),
        currency=samples.currency(language),
        order_ref=samples.ORDER_REF,
        contract=samples.CONTRACT[language],
        invoice="42",
        waybill="KG 0045871",
        route=f"{start.place} — {end.place}",
        vehicle=samples.vehicle(language).plates,
        driver=samples.driver(language).name,
    )
