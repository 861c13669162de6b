"""People, keys, sign-in, delegation."""
