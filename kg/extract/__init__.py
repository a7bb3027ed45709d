"""Extract: spaCy Doc -> Extraction (mentions and frames)."""
