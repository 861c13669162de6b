"""Parts of the team tab."""
