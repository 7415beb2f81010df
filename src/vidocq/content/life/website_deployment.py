"""The website is deployed by a workflow several times a day: a key of its own, from the firm's runners, the same few calls each time."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from vidocq.simulation import deploy, github
from vidocq.simulation.clock import office_times
from vidocq.simulation.cloudtrail import line
from vidocq.simulation.firm import Firm
from vidocq.simulation.line import Line, Part


def tell(firm: Firm, rng: Random, day: int) -> Iterator[Line]:
    known = github.developers(firm)
    for at in office_times(rng, day, 4):
        yield from github.run(firm, rng, at, rng.choice(known), deploy.REPOSITORY, workflow="deploy.yml", name="Deploy", secrets=deploy.SECRETS, runner="runner-1", takes=180)
        then = at + 60
        for call in deploy.upload(firm, rng):
            then += rng.uniform(0.2, 2)
            yield line(rng, firm, then, deploy.deployer(firm, firm.runner), call)


PART = Part("cloud", tell)
