"""Control measures: freeze, renew, release, deduct."""
