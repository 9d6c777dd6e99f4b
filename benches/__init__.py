"""What the product costs, each figure beside a named reference that was measured in the same run."""
