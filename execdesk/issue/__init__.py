"""Issue: gates, numbers, signing, sealing, keeping, printing."""
