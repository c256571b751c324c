"""Textbook formulas the simulation is held against, written without the project's code."""

from __future__ import annotations

import math

import numpy as np
from scipy import integrate, special


def both_below(a: float, b: float, r: float) -> float:
    """P(X <= a, Y <= b) for standard normals with correlation 0 <= *r* < 1, by conditioning on what they share."""
    own = math.sqrt(1 - r)
    if r == 0:
        return float(special.ndtr(a) * special.ndtr(b))

    def given(u: float) -> float:
        shared = math.sqrt(r) * u
        density = math.exp(-u * u / 2) / math.sqrt(2 * math.pi)
        return float(special.ndtr((a - shared) / own) * special.ndtr((b - shared) / own) * density)

    return float(integrate.quad(given, -12, 12, epsabs=1e-15, epsrel=1e-12, limit=400)[0])


def taken_for_another(
    fpir: float, tpir: float, slope: float = 50.0, score_sd: float = 0.15, capture: float = 0.95
) -> float:
    """P(a listed person's own score reaches T, and another entry's lies above it), by integrating over the own score.

    *fpir* is that of a captured stranger and *tpir* includes *capture*; other scores fall by *slope* per unit.
    """
    above, x = float(special.ndtri(tpir / capture)) * score_sd, -math.log1p(-fpir)

    def both(s: float) -> float:
        density = math.exp(-(((s - above) / score_sd) ** 2) / 2) / (score_sd * math.sqrt(2 * math.pi))
        return -math.expm1(-x * math.exp(-slope * s)) * density

    return capture * float(
        integrate.quad(both, 0, above + 12 * score_sd, epsrel=1e-12, points=[5 / slope], limit=400)[0]
    )


def erlang_b(c: int, a: float) -> float:
    """Share of arrivals that find all *c* servers busy and are lost, at *a* erlangs; any service law."""
    b = 1.0
    for k in range(1, c + 1):
        b = a * b / (k + a * b)
    return b


def erlang_c(c: int, a: float) -> float:
    """Share of arrivals that wait in M/M/c at *a* erlangs."""
    b = erlang_b(c, a)
    return c * b / (c - a * (1 - b))


def erlang_a(lam: float, mu: float, theta: float, c: int) -> tuple[float, float, float]:
    """M/M/c with exponential patience at rate *theta*: P(wait or abandon), P(abandon), mean wait of all arrivals.

    pi_j = pi_{j-1} lam / (min(j, c) mu + (j - c)^+ theta); P(abandon) = theta Lq / lam.
    """
    weights = [1.0]
    for j in range(1, 2000):
        weights.append(weights[-1] * lam / (min(j, c) * mu + max(j - c, 0) * theta))
    pi = np.array(weights) / sum(weights)
    j = np.arange(len(pi))
    queue = float((np.maximum(j - c, 0) * pi).sum())
    return float(pi[c:].sum()), theta * queue / lam, queue / lam


def fixed_patience(lam: float, mu: float, patience: float, c: int) -> tuple[float, float]:
    """M/M/c where whoever waits leaves after *patience*: P(loss) and P(no wait) (Baccelli and Hebuterne 1981)."""
    r, a = lam - c * mu, lam / mu
    grown = math.exp(r * patience)
    area = (math.expm1(r * patience) / r if r else patience) + grown / (c * mu)
    empty = 1 / (sum(a**j / math.factorial(j) for j in range(c)) + lam * a ** (c - 1) / math.factorial(c - 1) * area)
    full = empty * a ** (c - 1) / math.factorial(c - 1)
    return lam * full * grown / (c * mu), empty * sum(a**j / math.factorial(j) for j in range(c))


def with_priority(lam_first: float, lam_second: float, mu: float, c: int) -> tuple[float, float]:
    """Mean waits of two classes in M/M/c where the first is served first, without interrupting (Cobham 1954)."""
    first, both = lam_first / (c * mu), (lam_first + lam_second) / (c * mu)
    base = erlang_c(c, (lam_first + lam_second) / mu) / (c * mu)
    return base / (1 - first), base / ((1 - first) * (1 - both))
