"""The twin of the prompts: a telephone is replaced, the prompts go to the old one; the desk helps, and the owner tries the new one several times, from home."""

from __future__ import annotations

from vidocq.simulation import entra, office, okta
from vidocq.simulation.clock import MINUTE
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.tenant import desk, employee, phone, spell_at


def play(stage: Stage) -> Story:
    firm, rng, who, helper = stage.firm, stage.rng, stage.employee, employee(stage.firm, "desk")
    at = stage.moment(8.9, 16)
    spell = spell_at(firm, who, at)
    place, device, mobile = spell.address if spell else who.home, desk(firm, who), phone(firm, who)
    missed: list[Line] = []
    for _ in range(rng.randint(5, 9)):
        missed += [entra.sign_in(firm, rng, at, who, place, device, entra.HOME, code=500121, factor="push"), office.entry(firm, rng, at, who, place, device.agent, entra.HOME.id, 500121)]
        missed.append(okta.event(firm, rng, at + 20, "user.authentication.auth_via_mfa", who, place, device, [okta.person(firm, who)], failed="FACTOR_TIMEOUT", factor="push"))
        at += rng.uniform(60, 240)
    at += rng.uniform(4, 15) * MINUTE
    desk_spell = spell_at(firm, helper, at)
    there = desk_spell.address if desk_spell else helper.home
    helped = [
        entra.audit(firm, rng, at, helper, there, "Admin deleted security info", [entra.user_target(firm, who)], service="Authentication Methods", reason="Admin deleted Authenticator App with push notification"),
        okta.event(firm, rng, at + 60, "user.mfa.factor.reset_all", helper, there, desk(firm, helper), [okta.person(firm, who)]),
        entra.audit(firm, rng, at + 200, helper, there, "Create temporary access pass method for user", [entra.user_target(firm, who)], service="Authentication Methods"),
    ]
    at += rng.uniform(5, 15) * MINUTE
    again: list[Line] = [entra.sign_in(firm, rng, at, who, place, device, entra.SECURITY_INFO, factor="code"), entra.registered(firm, rng, at + 90, who, place)]
    for n in range(rng.randint(1, 4)):
        # The new telephone is on its own network and does not ring yet.
        again.append(entra.sign_in(firm, rng, at + 120 + 50 * n, who, place, mobile, entra.OUTLOOK_MOBILE, code=500121, factor="push"))
    again += [entra.sign_in(firm, rng, at + 400, who, place, mobile, entra.OUTLOOK_MOBILE, factor="push"), okta.event(firm, rng, at + 500, "user.mfa.factor.activate", who, place, device, [okta.person(firm, who)], factor="push")]
    again += [entra.sign_in(firm, rng, at + 700, who, place, device, entra.HOME, factor="push"), *okta.session(firm, rng, at + 760, who, place, device, "push", okta.APPS[:2])]
    return Story(
        "a telephone is replaced with the desk's help",
        (Step("1-missed", "prompts go to the old telephone", (), tuple(missed)), Step("2-reset", "the desk takes the old factors away", (), tuple(helped)), Step("3-enrolled", "the new telephone is enrolled", (), tuple(again))), (),
    )


SCENARIO = Scenario("mfa-fatigue-twin", "identity", play, hostile=False, twin_of="mfa-fatigue", what="an innocent twin: prompts go to a telephone that was replaced, the desk helps")
