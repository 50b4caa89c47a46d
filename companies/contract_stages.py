"""Where a contract can go: one table of stages and acts, and who may do them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from companies.models import ContractCase, Stage
from tenants.actor import Actor
from tenants.permissions import Kind, Permission


class Act(StrEnum):
    SIGN = "sign"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    REMIND = "remind"
    ENTER_PAPER = "enter_paper"
    TERMINATE = "terminate"


class Who(StrEnum):
    """On whose side a person stands who may do an act."""

    OFFICE = "office"  # whoever edits companies
    HEAD = "head"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Step:
    """Without `to` the act leaves the contract where it stands."""

    act: Act
    at: Stage
    to: Stage | None
    who: frozenset[Who]


OFFICE = frozenset({Who.OFFICE})
HEAD = frozenset({Who.HEAD})
SIGNERS = frozenset({Who.HEAD, Who.COMPANY})
COMPANY = frozenset({Who.COMPANY})
TABLE = (
    Step(Act.SIGN, Stage.SENT, Stage.HALF_SIGNED, SIGNERS),
    Step(Act.SIGN, Stage.HALF_SIGNED, Stage.IN_FORCE, SIGNERS),
    Step(Act.DECLINE, Stage.SENT, Stage.DECLINED, COMPANY),
    Step(Act.DECLINE, Stage.HALF_SIGNED, Stage.DECLINED, SIGNERS),
    Step(Act.WITHDRAW, Stage.SENT, Stage.WITHDRAWN, OFFICE),
    Step(Act.WITHDRAW, Stage.HALF_SIGNED, Stage.WITHDRAWN, OFFICE),
    Step(Act.REMIND, Stage.SENT, None, OFFICE),
    Step(Act.REMIND, Stage.HALF_SIGNED, None, OFFICE),
    Step(Act.ENTER_PAPER, Stage.SENT, Stage.IN_FORCE, OFFICE),
    Step(Act.ENTER_PAPER, Stage.HALF_SIGNED, Stage.IN_FORCE, OFFICE),
    Step(Act.TERMINATE, Stage.IN_FORCE, Stage.TERMINATED, HEAD),
)
STEPS = {(step.act, step.at): step for step in TABLE}


def step_of(act: Act, case: ContractCase) -> Step | None:
    """The step that an act is from where the contract stands; None where it makes no sense."""
    return STEPS.get((act, Stage(case.stage)))


def is_allowed(act: Act, case: ContractCase, actor: Actor) -> bool:
    """Whether the table has this step and this person stands on a side that may do it."""
    step = step_of(act, case)
    return step is not None and not step.who.isdisjoint(sides_of(actor, case))


def sides_of(actor: Actor, case: ContractCase) -> frozenset[Who]:
    """On which sides of this contract a person stands."""
    if actor.kind in (Kind.CLIENT, Kind.PARTNER):
        is_theirs = actor.company_id is not None and actor.company_id == case.company_id
        return COMPANY if is_theirs else frozenset()
    is_office = actor.can(Permission.COMPANY_EDIT)
    is_head = actor.can(Permission.PLATFORM_CONTRACT_SIGN)
    return (OFFICE if is_office else frozenset()) | (HEAD if is_head else frozenset())
