"""Who has the password sends prompts until their owner gives in, puts a factor or a machine of their own in place, and takes what lies open."""

from __future__ import annotations

from vidocq.simulation import entra, intruder, office, okta
from vidocq.simulation.clock import MINUTE
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.tenant import Device, upn


def _prompts(stage: Stage, at: float, address: str, device: Device, through_okta: bool) -> tuple[list[Line], list[Line], float]:
    """The prompts that were refused or let pass, and the one that was approved."""
    firm, rng, who = stage.firm, stage.rng, stage.employee
    refused: list[Line] = []
    for _ in range(rng.randint(6, 22)):
        declined = rng.random() < 0.35
        if through_okta:
            refused.append(okta.event(firm, rng, at, "user.authentication.auth_via_mfa", who, address, device, [okta.person(firm, who)], failed="INVALID_CREDENTIALS" if declined else "FACTOR_TIMEOUT", factor="push"))
            if declined:
                refused.append(okta.event(firm, rng, at + 0.2, "user.mfa.okta_verify.deny_push", who, address, device, [okta.person(firm, who)], failed="USER_REJECTED"))
        else:
            refused.append(entra.sign_in(firm, rng, at, who, address, device, entra.HOME, code=500121, factor="push", declined=declined))
            refused.append(office.entry(firm, rng, at, who, address, device.agent, entra.HOME.id, 500121))
        at += rng.uniform(25, 140)
    if through_okta:
        return refused, list(okta.session(firm, rng, at, who, address, device, "push", (), "New Device=POSITIVE, New IP=POSITIVE")), at
    return refused, [entra.sign_in(firm, rng, at, who, address, device, entra.HOME, factor="push"), office.entry(firm, rng, at, who, address, device.agent, entra.HOME.id)], at


def _stay(stage: Stage, at: float, address: str, device: Device, through_okta: bool) -> list[Line]:
    """A factor of the thief's own; sometimes a machine is registered as well."""
    firm, rng, who = stage.firm, stage.rng, stage.employee
    if through_okta:
        return [okta.event(firm, rng, at, "user.mfa.factor.activate", who, address, device, [okta.person(firm, who)], factor=rng.choice(("push", "code")))]
    lines = [entra.sign_in(firm, rng, at, who, address, device, entra.SECURITY_INFO), entra.registered(firm, rng, at + 70, who, address, rng.choice(("Authenticator App with push notification", "Authenticator App with code")))]
    if rng.random() < 0.5:
        machine = entra.other_target(firm, "Device", f"DESKTOP-{rng.randrange(10**6, 10**7)}")
        lines += [entra.audit(firm, rng, at + 200, who, address, "Register device", [machine], category="Device", service="Device Registration Service"), entra.audit(firm, rng, at + 201, who, address, "Add registered owner to device", [entra.user_target(firm, who), machine], category="Device")]
    return lines


def _take(stage: Stage, at: float, address: str, device: Device, through_okta: bool) -> list[Line]:
    """Applications are opened one after the other, or files and mail fetched."""
    firm, rng, who = stage.firm, stage.rng, stage.employee
    if through_okta:
        return [okta.event(firm, rng, at + 60 * n, "user.authentication.sso", who, address, device, [okta.thing(firm, "AppInstance", app)]) for n, app in enumerate(rng.sample(okta.APPS, rng.randint(3, 6)))]
    lines = []
    for n in range(rng.randint(110, 260)):
        at += rng.uniform(0.5, 5)
        lines.append(office.file(firm, rng, at, who, address, device, "FileDownloaded", office.site(firm, who.department), f"Shared Documents/2025/{rng.choice(('contract', 'plan', 'figures', 'list'))}-{n}.docx"))
    return lines


def play(stage: Stage) -> Story:
    rng, address = stage.rng, stage.strangers[0]
    device, through_okta = intruder.browser(rng), rng.random() < 0.4
    refused, approved, at = _prompts(stage, stage.moment(3, 20), address, device, through_okta)
    at += rng.uniform(2, 12) * MINUTE
    stayed = _stay(stage, at, address, device, through_okta)
    taken = _take(stage, at + rng.uniform(4, 25) * MINUTE, address, device, through_okta)
    touch = (("user", upn(stage.firm, stage.employee)), ("ip", address))
    steps = (
        Step("1-prompts", "prompts are sent until their owner gives in", ("T1621",), tuple(refused), touch),
        Step("2-approved", "one is approved", ("T1078.004",), tuple(approved), touch),
        Step("3-factor", "a factor of the thief's own is put in place", ("T1098.005",), tuple(stayed), touch),
        Step("4-taken", "what lies open is taken", ("T1213.002",) if not through_okta else ("T1078.004",), tuple(taken), touch),
    )
    return Story("prompts until one is approved, a factor put in place, and what lies open taken", steps, touch)


SCENARIO = Scenario("mfa-fatigue", "identity", play, what="prompts until one is approved; a second factor of the thief's own; files or applications")
