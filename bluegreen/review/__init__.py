"""Reads a Terraform plan: what it would change, and whether that would hurt a blue/green service."""
