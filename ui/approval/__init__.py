"""Parts of the approval tab."""
