"""Pages: content in, PDF bytes out."""
