"""Parts of the page of people, posts, letters and certificates."""
