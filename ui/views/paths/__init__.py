"""The page "Derivative paths": the ledger of eq. 5 for one hidden unit, and experiments on it."""
