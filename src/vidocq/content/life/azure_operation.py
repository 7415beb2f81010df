"""The firm's subscription of Azure: a pipeline that applies templates and lists keys, machines restarted by hand, sets that grow and shrink, copies of disks each night."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from vidocq.simulation import azure, entra, ids
from vidocq.simulation.clock import HOUR, midnight, office_times
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line, Part
from vidocq.simulation.tenant import desk, employee, factor, guid, spell_at

_GROUPS = ("shop-prod", "shop-test", "data-prod", "network")
_MACHINES = ("vm-app-1", "vm-app-2", "vm-report", "vm-erp", "vm-build")


def _changes(firm: Firm) -> tuple[tuple[str, str, dict[str, Any]], ...]:
    """What the firm's templates set: operation, resource, request."""
    return (
        ("Microsoft.Web/sites/write", "Microsoft.Web/sites/app-shop", {"properties": {"httpsOnly": True}}),
        ("Microsoft.Network/networkSecurityGroups/securityRules/write", "Microsoft.Network/networkSecurityGroups/nsg-app/securityRules/allow-office", {"properties": {"access": "Allow", "direction": "Inbound", "sourceAddressPrefix": f"{firm.office}/32", "destinationPortRange": "443"}}),
        ("Microsoft.Insights/diagnosticSettings/write", "Microsoft.Insights/diagnosticSettings/to-workspace", {"properties": {"logs": [{"category": "Administrative", "enabled": True}]}}),
        ("Microsoft.KeyVault/vaults/write", "Microsoft.KeyVault/vaults/kv-shop", {"properties": {"enableSoftDelete": True}}),
        ("Microsoft.Storage/storageAccounts/write", f"Microsoft.Storage/storageAccounts/{firm.name}stdata", {"properties": {"allowBlobPublicAccess": False, "supportsHttpsTrafficOnly": True}}),
        ("Microsoft.ContainerRegistry/registries/write", "Microsoft.ContainerRegistry/registries/crshop", {}),
    )


def _deployment(firm: Firm, rng: Random, at: float) -> Iterator[Line]:
    """A template or Terraform: keys are listed to look at the state, and a few resources are written."""
    caller, group = azure.application(firm, "sp-terraform", firm.runner), rng.choice(_GROUPS)
    yield entra.service_sign_in(firm, rng, at, "sp-terraform", firm.runner, entra.ARM)
    for account in ("stdata", "stlogs", "stshop"):
        at += rng.uniform(1, 4)
        yield from azure.call(firm, rng, at, caller, "Microsoft.Storage/storageAccounts/listKeys/action", azure.resource(firm, group, "Microsoft.Storage/storageAccounts", f"{firm.name}{account}"))
    if rng.random() < 0.35:
        return
    name = f"release-{rng.randrange(1000, 9999)}"
    yield from azure.call(firm, rng, at + 3, caller, "Microsoft.Resources/deployments/write", azure.resource(firm, group, "Microsoft.Resources/deployments", name), takes=120)
    for kind, thing, body in rng.sample(_changes(firm), rng.randint(1, 4)):
        at += rng.uniform(4, 30)
        yield from azure.call(firm, rng, at, caller, kind, azure.resource(firm, group, thing), body)
    if rng.random() < 0.08:
        # An application gets the right to read, or to work in its own group.
        operation, target, body = azure.assignment(firm, rng, rng.choice((azure.READER, azure.CONTRIBUTOR)), guid(firm, "managed", group), "ServicePrincipal")
        yield from azure.call(firm, rng, at + 20, caller, operation, target, body)


def _by_hand(firm: Firm, rng: Random, at: float) -> Iterator[Line]:
    """An administrator signs in to the portal and restarts a machine, or asks for the keys of a store."""
    who = employee(firm, rng.choice(("admin", "oncall")))
    spell = spell_at(firm, who, at)
    if not spell:
        return
    yield entra.sign_in(firm, rng, at - 200, who, spell.address, desk(firm, who), entra.PORTAL, factor=rng.choice((factor(firm, who), "before")))
    caller, machine = azure.person(firm, who, spell.address), azure.resource(firm, "shop-prod", "Microsoft.Compute/virtualMachines", rng.choice(_MACHINES))
    kind = rng.random()
    if kind < 0.6:
        yield from azure.call(firm, rng, at, caller, f"Microsoft.Compute/virtualMachines/{rng.choice(('restart', 'restart', 'deallocate', 'start'))}/action", machine, takes=40)
    elif kind < 0.8:
        yield from azure.call(firm, rng, at, caller, "Microsoft.Storage/storageAccounts/listKeys/action", azure.resource(firm, "data-prod", "Microsoft.Storage/storageAccounts", f"{firm.name}stdata"))
    else:
        yield from azure.call(firm, rng, at, caller, "Microsoft.Compute/virtualMachines/runCommand/action", machine, {"commandId": "RunPowerShellScript", "script": ["Get-Service | Where-Object Status -eq Stopped"]}, takes=50)


def _scaling(firm: Firm, rng: Random, at: float) -> Iterator[Line]:
    """The set that serves the shop grows in the morning and shrinks in the evening."""
    caller = azure.application(firm, "Microsoft.Insights.Autoscale", "", "Contributor")
    target = azure.resource(firm, "shop-prod", "Microsoft.Compute/virtualMachineScaleSets", "vmss-shop")
    yield from azure.call(firm, rng, at, caller, "Microsoft.Compute/virtualMachineScaleSets/write", target, {"sku": {"name": "Standard_D4s_v5", "capacity": rng.randint(2, 9)}}, takes=60)


def _copies(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    """Each night every disk is copied, the copy is fetched into the vault, and the one of last week is dropped."""
    caller, at = azure.application(firm, "Backup Management Service", "", "Backup Contributor"), midnight(day) + 2 * HOUR + rng.uniform(0, 300)
    for machine in _MACHINES:
        at += rng.uniform(60, 400)
        copy = azure.resource(firm, "backup", "Microsoft.Compute/snapshots", f"{machine}-{day}")
        yield from azure.call(firm, rng, at, caller, "Microsoft.Compute/snapshots/write", copy, {"properties": {"creationData": {"createOption": "Copy"}, "incremental": True}})
        yield from azure.call(firm, rng, at + 40, caller, "Microsoft.Compute/snapshots/beginGetAccess/action", copy, {"access": "Read", "durationInSeconds": 18_000})
        yield from azure.call(firm, rng, at + 1900, caller, "Microsoft.Compute/snapshots/endGetAccess/action", copy)
        yield from azure.call(firm, rng, at + 1960, caller, "Microsoft.Compute/snapshots/delete", azure.resource(firm, "backup", "Microsoft.Compute/snapshots", f"{machine}-{day - 7}-{ids.hexes(rng, 4)}"))


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    for at in office_times(rng, day, 6):
        yield from _deployment(firm, rng, at)
    for at in office_times(rng, day, 3):
        yield from _by_hand(firm, rng, at)
    for at in office_times(rng, day, 5):
        yield from _scaling(firm, rng, at)
    yield from _copies(firm, rng, day)


PART = Part("cloud", tell)
