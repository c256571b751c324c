"""A package, so that the browser ends with its tests: other tests have loops of their own."""
