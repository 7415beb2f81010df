"""The twin of the subscription taken over: those who run the platform move it, with a role for the migration's application, keys of stores, copies of disks fetched through a link, and scripts on machines."""

from __future__ import annotations

from vidocq.simulation import azure, entra
from vidocq.simulation.clock import HOUR, MINUTE
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.tenant import desk, employee, factor, guid, spell_at

_MACHINES = ("vm-app-1", "vm-app-2", "vm-report", "vm-erp", "vm-build")


def play(stage: Stage) -> Story:
    firm, rng = stage.firm, stage.rng
    who, at = employee(firm, "admin"), stage.moment(8.8, 11)
    spell = spell_at(firm, who, at)
    place = spell.address if spell else who.home
    caller, mover = azure.person(firm, who, place, azure.COMMAND_LINE, "Owner"), azure.application(firm, "sp-migration", place)
    prepared: list[Line] = [entra.sign_in(firm, rng, at, who, place, desk(firm, who), entra.COMMAND_LINE, factor=factor(firm, who))]
    prepared.append(entra.audit(firm, rng, at + 200, who, place, "Add service principal", [entra.other_target(firm, "ServicePrincipal", "sp-migration")], category="ApplicationManagement"))
    prepared.append(entra.audit(firm, rng, at + 260, who, place, "Add service principal credentials", [entra.other_target(firm, "ServicePrincipal", "sp-migration", KeyDescription=([], ["KeyType=Password"]))], category="ApplicationManagement"))
    operation, target, body = azure.assignment(firm, rng, azure.CONTRIBUTOR, guid(firm, "principal", "sp-migration"), "ServicePrincipal")
    prepared += azure.call(firm, rng, at + 400, caller, operation, target, body)
    scripts: list[Line] = []
    at += rng.uniform(10, 30) * MINUTE
    for machine in _MACHINES:
        at += rng.uniform(2, 9) * MINUTE
        scripts += azure.call(firm, rng, at, caller, "Microsoft.Compute/virtualMachines/runCommand/action", azure.resource(firm, "shop-prod", f"Microsoft.Compute/virtualMachines/{machine}"), {"commandId": "RunShellScript", "script": ["systemctl stop app && sync"]}, takes=60)
    moved: list[Line] = []
    at += rng.uniform(0.2, 1) * HOUR
    moved.append(entra.service_sign_in(firm, rng, at, "sp-migration", place, entra.ARM))
    for n, machine in enumerate(_MACHINES):
        copy, then = azure.resource(firm, "shop-prod", f"Microsoft.Compute/snapshots/{machine}-move"), at + n * rng.uniform(200, 900)
        moved += azure.call(firm, rng, then, mover, "Microsoft.Compute/snapshots/write", copy, {"properties": {"creationData": {"createOption": "Copy"}}})
        moved += azure.call(firm, rng, then + 60, mover, "Microsoft.Compute/snapshots/beginGetAccess/action", copy, {"access": "Read", "durationInSeconds": 14_400})
        moved += azure.call(firm, rng, then + 90, mover, "Microsoft.Compute/disks/write", azure.resource(firm, "shop-new", f"Microsoft.Compute/disks/{machine}"), {"properties": {"creationData": {"createOption": "Copy"}}})
    for account in ("stdata", "stshop", "stlogs"):
        moved += azure.call(firm, rng, at + rng.uniform(60, 3000), mover, "Microsoft.Storage/storageAccounts/listKeys/action", azure.resource(firm, "data-prod", f"Microsoft.Storage/storageAccounts/{firm.name}{account}"))
    return Story(
        "the platform is moved",
        (
            Step("1-prepared", "an application for the migration gets a secret and a role", (), tuple(prepared)), Step("2-scripts", "services are stopped on machines", (), tuple(scripts)),
            Step("3-moved", "disks are copied, keys are listed", (), tuple(sorted(moved, key=lambda line: line.at))),
        ),
        (),
    )


SCENARIO = Scenario("azure-takeover-twin", "cloud", play, hostile=False, twin_of="azure-takeover", what="an innocent twin: the platform team moves machines and stores of Azure")
