"""The model: tables, the plan, scenarios, capacity, balance and measures. Knows numpy and nothing else."""
