"""Files of answers to queries: read by a helper, held to the queries they answer, taken in as proposals."""
