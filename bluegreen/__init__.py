"""Blue/green releases for containers on AWS that prove what they tested."""
