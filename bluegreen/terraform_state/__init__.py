"""Where Terraform's state lies, who has it locked, and how it gets into the foundation's bucket."""
