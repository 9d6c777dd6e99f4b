"""What CodeDeploy changes with every release, and an apply must therefore leave alone."""

LISTENER = ["default_action"]

# ECS refuses to update these under CodeDeploy: they travel with a release.
SERVICE = ["task_definition", "load_balancer", "network_configuration", "platform_version"]
