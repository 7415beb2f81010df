"""From paths to records: walking, unpacking, recognising nothing yet."""
