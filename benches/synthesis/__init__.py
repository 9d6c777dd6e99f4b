"""What synthesis, a plan and a deploy without changes take, beside references of the same run."""
