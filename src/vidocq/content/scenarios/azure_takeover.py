"""An administrator's session is carried off: commands on machines, a role for an account of the thief's, keys of stores, copies of disks fetched through a link, the logs turned off."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from vidocq.simulation import azure, entra, ids, intruder
from vidocq.simulation.clock import MINUTE
from vidocq.simulation.firm import Employee, Firm
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.tenant import device, employee, guid, upn

_SCRIPTS = (
    "whoami; hostname; Get-LocalGroupMember Administrators", "curl -s -H Metadata:true http://169.254.169.254/metadata/identity/oauth2/token?resource=https://vault.azure.net", "cat /etc/shadow; env",
    "net user svc_update P4ssw.rd!2025 /add; net localgroup administrators svc_update /add",
)
_MACHINES = ("vm-app-1", "vm-app-2", "vm-report", "vm-erp", "vm-build")


@dataclass(slots=True)
class _Hand:
    firm: Firm
    rng: Random
    at: float
    caller: azure.Caller
    taken: list[Line] = field(default_factory=list)

    def does(self, operation: str, group: str, thing: str, body: dict[str, Any] | None = None, failed: str = "") -> None:
        self.at += self.rng.uniform(15, 160)
        self.taken += azure.call(self.firm, self.rng, self.at, self.caller, operation, azure.resource(self.firm, group, thing), body, failed)

    def step(self) -> tuple[Line, ...]:
        done, self.taken = tuple(self.taken), []
        return done


def _arrive(h: _Hand, who: Employee) -> None:
    """The session is used through the command line; a code typed elsewhere, or a token that was stolen with its factor."""
    code, agent = h.rng.random() < 0.5, h.rng.choice(("python/3.11.8 (Linux-6.6.9-amd64) AZURECLI/2.57.0 (DEB)", "AzurePowershell/Az14.0.0", intruder.browser(h.rng).agent))
    h.taken.append(entra.sign_in(h.firm, h.rng, h.at, who, h.caller.address, device(agent), entra.COMMAND_LINE, protocol="deviceCode" if code else "none", factor="before"))


def _commands(h: _Hand) -> None:
    for machine in h.rng.sample(_MACHINES, h.rng.randint(1, 3)):
        if h.rng.random() < 0.3:
            h.does("Microsoft.Compute/virtualMachines/runCommand/action", "data-prod", f"Microsoft.Compute/virtualMachines/{machine}", failed="Forbidden")
        h.does("Microsoft.Compute/virtualMachines/runCommand/action", "shop-prod", f"Microsoft.Compute/virtualMachines/{machine}", {"commandId": "RunShellScript", "script": [h.rng.choice(_SCRIPTS)]})


def _role(h: _Hand) -> str:
    """A principal of the thief's gets a broad role over the whole subscription."""
    principal = ids.uuid4(h.rng)
    operation, target, body = azure.assignment(h.firm, h.rng, h.rng.choice((azure.OWNER, azure.CONTRIBUTOR)), principal, h.rng.choice(("User", "ServicePrincipal")))
    h.at += h.rng.uniform(60, 600)
    h.taken += azure.call(h.firm, h.rng, h.at, h.caller, operation, target, body)
    return principal


def _keys(h: _Hand) -> None:
    for account in h.rng.sample(("stdata", "stlogs", "stshop", "stbackup", "stfunc"), h.rng.randint(2, 4)):
        h.does("Microsoft.Storage/storageAccounts/listKeys/action", "data-prod", f"Microsoft.Storage/storageAccounts/{h.firm.name}{account}")


def _disks(h: _Hand) -> None:
    for machine in h.rng.sample(_MACHINES, h.rng.randint(1, 2)):
        thing = f"Microsoft.Compute/snapshots/{machine}-{ids.hexes(h.rng, 4)}"
        h.does("Microsoft.Compute/snapshots/write", "shop-prod", thing, {"properties": {"creationData": {"createOption": "Copy"}}})
        h.does("Microsoft.Compute/snapshots/beginGetAccess/action", "shop-prod", thing, {"access": "Read", "durationInSeconds": 86_400})


def _cover(h: _Hand) -> None:
    h.does("Microsoft.Insights/diagnosticSettings/delete", "shop-prod", "Microsoft.Insights/diagnosticSettings/to-workspace")
    if h.rng.random() < 0.5:
        h.does("Microsoft.Insights/activityLogAlerts/delete", "shop-prod", "Microsoft.Insights/activityLogAlerts/role-changes")


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    who, address = employee(firm, rng.choice(("admin", "oncall"))), stage.strangers[0]
    h = _Hand(firm, rng, stage.moment(0.5, 16), azure.person(firm, who, address, azure.COMMAND_LINE, "Owner"))
    touch = (("user", upn(firm, who)), ("ip", address))
    steps = []
    _arrive(h, who)
    steps.append(Step("1-session", "an administrator's session is used from elsewhere", ("T1078.004",), h.step(), touch))
    acts = [
        ("commands", "commands are run on machines", ("T1651",), _commands), ("keys", "keys of stores are listed", ("T1552.005",), _keys), ("disks", "copies of disks are fetched through a link", ("T1537",), _disks),
        ("cover", "logs are turned off", ("T1562.008",), _cover),
    ]
    rng.shuffle(acts)
    for n, (name, title, techniques, act) in enumerate(acts[: rng.randint(3, 4)], 2):
        h.at += rng.uniform(2, 40) * MINUTE
        act(h)
        steps.append(Step(f"{n}-{name}", title, techniques, h.step(), touch))
    principal = _role(h)
    steps.append(Step(f"{len(steps) + 1}-role", "a principal of the thief's gets a broad role", ("T1098.003",), h.step(), (*touch, ("user", principal))))
    return Story("a subscription of Azure taken over", tuple(steps), (*touch, ("user", guid(firm, "user", who.login))))


SCENARIO = Scenario("azure-takeover", "cloud", play, what="an administrator's session in Azure used from elsewhere: commands, roles, keys, disks, logs")
