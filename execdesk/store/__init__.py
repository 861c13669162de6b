"""Open, act, journal, replay, merge, search, migrations, backup."""
