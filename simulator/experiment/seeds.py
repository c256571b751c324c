"""Random streams: one generator per stream name and block, whatever else is run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np

from simulator.scenario.quantity import Array

BLOCK = 50
Stream = Callable[[str], np.random.Generator]


def stream_of(seed: int, block: int) -> Stream:
    """Generators by name for one *block* of replications; the same name gives the same numbers again."""

    def generator(name: str) -> np.random.Generator:
        key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "little")
        return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(key, block))))

    return generator


def uniform_of(stream: Stream, replications: int = BLOCK) -> Callable[[str], Array]:
    """Uniform numbers (replications,) for the inputs of one block, each key on its own stream."""
    return lambda key: stream(f"input {key}").random(replications)
