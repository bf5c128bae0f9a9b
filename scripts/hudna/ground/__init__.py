"""The ground floor: what a finding is, and how text is normalised."""
