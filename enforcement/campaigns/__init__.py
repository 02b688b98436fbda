"""Campaigns of special rectification (专项整治行动) and matters supervised by name (挂牌督办)."""
