"""Forecasts of recorded deployments: from a scenario, from a model trained on earlier rows, and from a plain baseline.

A forecast of a count is a table of probabilities, one row per deployment, and joint draws of all of them. Nothing here
sees the outcome of a row that it forecasts: forecasters are given ``Planned``, which has none.
"""
