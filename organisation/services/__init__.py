"""The verbs of this floor, by subject: entry, accounts, second_factor, appointments, delegations."""
