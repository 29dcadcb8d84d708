"""What the pages say, in both languages: one module per page and one for all."""
