"""What a record of deployments says of a scenario's inputs, with intervals, and what it cannot say."""
