"""Makes ``python -m simulator.cli`` the same as ``lfrsim``."""

from simulator.cli import main

main()
