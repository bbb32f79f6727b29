"""Surface finishes of a face or a band."""
