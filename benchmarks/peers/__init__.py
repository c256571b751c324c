"""The same response flow written for other simulators, to compare speeds; one module per peer.

Every module has a NAME, the DISTRIBUTION that is measured, what it leaves out in its docstring, and two functions::

    logs(hours, alerts_per_hour, true_share, staff, seed, number, full)        # one log per campaign, see flow.Row
    campaigns(hours, alerts_per_hour, true_share, staff, seed, number, full)   # alerts handled in all of them

*hours* are the lengths of a campaign's deployments; *staff* the numbers of operators, teams, checkers and vans. The
flow is the common one, or with *full* as much of the procedure as the simulator can express. Whatever a peer leaves out
makes it faster, so a comparison errs in favour of the peers.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

PEERS = ("naive_simpy", "alerts_simpy", "with_ciw", "with_salabim", "with_cimba", "with_cimba_events")


def load(peer: str) -> ModuleType | str:
    """The module of *peer*, or the reason why it cannot be imported: peers are not dependencies of lfrsim."""
    try:
        return import_module(f"peers.{peer}")
    except ImportError as problem:
        return str(problem)
