"""The twin of the stolen key: a contractor takes the website over, brings a runner of their own, and deploys from there with the key that was always used."""

from __future__ import annotations

from vidocq.simulation import deploy, github
from vidocq.simulation.clock import HOUR, MINUTE
from vidocq.simulation.hand import Hand
from vidocq.simulation.line import Line, Scenario, Stage, Step, Story
from vidocq.simulation.tenant import employee, spell_at


def play(stage: Stage) -> Story:
    firm, rng, admin = stage.firm, stage.rng, employee(stage.firm, "admin")
    at, theirs = stage.moment(9, 12), stage.strangers[0]
    spell = spell_at(firm, admin, at)
    place, agent = spell.address if spell else admin.home, admin.host.agent
    let_in = [
        github.event(firm, rng, at, "org.add_outside_collaborator", admin, place, deploy.REPOSITORY, agent, user="studio-contractor", permission="write"),
        github.event(firm, rng, at + 400, "repo.register_self_hosted_runner", admin, place, deploy.REPOSITORY, agent, runner_name="studio-runner-1"),
    ]
    who, changed = "studio-contractor", at + rng.uniform(20, 60) * MINUTE
    work: list[Line] = [github.event(firm, rng, changed, "git.clone", who, theirs, deploy.REPOSITORY, "git/2.47.1", actor_is_bot=False, transport_protocol_name="ssh")]
    hand = Hand(firm, rng, changed, deploy.deployer(firm, theirs))
    for _ in range(rng.randint(3, 6)):
        when = hand.wait(0.2 * HOUR, 1 * HOUR)
        work.append(github.event(firm, rng, when - 40, "git.push", who, theirs, deploy.REPOSITORY, "git/2.47.1", actor_is_bot=False, transport_protocol_name="ssh"))
        work += github.run(firm, rng, when - 30, who, deploy.REPOSITORY, workflow="deploy.yml", name="Deploy", branch="main", secrets=deploy.SECRETS, runner="studio-runner-1", takes=150)
        hand.calls(deploy.upload(firm, rng), 1.5)
    return Story(
        "a contractor's runner deploys the website",
        (Step("1-let-in", "a contractor and their runner are let in", (), tuple(let_in)), Step("2-work", "they change the site", (), tuple(sorted(work, key=lambda line: line.at))), Step("3-deployed", "it is deployed from there with the usual key", (), hand.step())), (),
    )


SCENARIO = Scenario("ci-secret-stolen-twin", "cloud", play, hostile=False, twin_of="ci-secret-stolen", what="an innocent twin: a contractor's runner deploys with the usual key")
