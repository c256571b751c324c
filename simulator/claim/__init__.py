"""What somebody has claimed: a claim file, the published figures it is held against, and what is wrong with it."""

from simulator.claim.loader import load_claims, shipped_claims

__all__ = ["load_claims", "shipped_claims"]
