from documents.kinds import sample_parties, samples
from documents.kinds.instruction.context import InstructionContext


def sample(language: str) -> InstructionContext:
    other = sample_parties.OTHER[language]
    return InstructionContext(
        other=other,
        route=samples.route(language),
        cargo=samples.cargo(language),
        services=samples.services(language),
        shipper=f"{other.name}, {samples.route(language)[0].place}",
        consignee=samples.route(language)[2].place,
        order_ref=samples.ORDER_REF,
        contract=samples.CONTRACT[language],
        vehicle=samples.vehicle(language),
        driver=samples.driver(language),
    )
