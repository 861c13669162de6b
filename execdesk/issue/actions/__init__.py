"""What is done with approved documents: issuing, sealing, correcting, printing."""
