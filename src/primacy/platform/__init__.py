"""What every room stands on: accounts, policy, sources, audit, imports, indicators, time."""
