"""Cases, parties, who works on them, and the terms that run."""
