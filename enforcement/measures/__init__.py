"""Measures beside the penalty: registered evidence, seizure, limited and stopped production, referrals, child measures."""
