"""What others than Terraform change, and an apply must therefore leave alone: CodeDeploy, with every release."""

LISTENER = ["default_action"]

# ECS refuses to update these under CodeDeploy: they travel with a release.
SERVICE = ["task_definition", "load_balancer", "network_configuration", "platform_version"]

# Application Auto Scaling owns this where a service is scaled.
SCALED_SERVICE = [*SERVICE, "desired_count"]
