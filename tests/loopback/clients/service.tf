# A service as one writes it by hand from the provider's pages; no other file of this project knows it.
# A test takes away the lines that end in "owned by releases".

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

variable "image" {
  type = string
}

variable "termination_wait" {
  type    = number
  default = 1
}

variable "alarms" {
  type    = list(string)
  default = []
}

variable "rollback_events" {
  type    = list(string)
  default = ["DEPLOYMENT_FAILURE"]
}

resource "aws_vpc" "this" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "this" {
  for_each          = { a = "10.1.0.0/24", b = "10.1.1.0/24" }
  vpc_id            = aws_vpc.this.id
  cidr_block        = each.value
  availability_zone = "us-east-1${each.key}"
}

resource "aws_security_group" "this" {
  name        = "hand"
  description = "visitors and tasks"
  vpc_id      = aws_vpc.this.id

  ingress {
    description = "visitors"
    from_port   = 8000
    to_port     = 8080
    protocol    = "tcp"
    cidr_blocks = ["10.1.0.0/16"]
  }

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "this" {
  name               = "hand"
  internal           = true
  load_balancer_type = "application"
  subnets            = [for subnet in aws_subnet.this : subnet.id]
  security_groups    = [aws_security_group.this.id]
}

resource "aws_lb_target_group" "this" {
  for_each             = toset(["blue", "green"])
  name                 = "hand-${each.key}"
  port                 = 3000
  protocol             = "HTTP"
  vpc_id               = aws_vpc.this.id
  target_type          = "ip"
  deregistration_delay = 5

  health_check {
    path     = "/"
    interval = 5
    timeout  = 2
  }
}

resource "aws_lb_listener" "production" {
  load_balancer_arn = aws_lb.this.arn
  port              = 8000
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this["blue"].arn
  }

  lifecycle {
    ignore_changes = [default_action] # owned by releases
  }
}

resource "aws_lb_listener_rule" "api" {
  listener_arn = aws_lb_listener.production.arn
  priority     = 10

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this["blue"].arn
  }

  condition {
    path_pattern {
      values = ["/api/*"]
    }
  }

  lifecycle {
    ignore_changes = [action] # owned by releases
  }
}

resource "aws_lb_listener" "test" {
  load_balancer_arn = aws_lb.this.arn
  port              = 8080
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this["green"].arn
  }

  lifecycle {
    ignore_changes = [default_action] # owned by releases
  }
}

resource "aws_iam_role" "execution" {
  name = "ecsTaskExecutionRole"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role" "codedeploy" {
  name = "hand-codedeploy"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codedeploy.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "codedeploy" {
  role       = aws_iam_role.codedeploy.name
  policy_arn = "arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS"
}

resource "aws_ecs_cluster" "this" {
  name = "hand"
}

resource "aws_ecs_task_definition" "this" {
  family                   = "hand"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.execution.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = var.image
    essential    = true
    portMappings = [{ containerPort = 3000, hostPort = 3000, protocol = "tcp" }]
  }])
}

resource "aws_ecs_service" "this" {
  name            = "hand"
  cluster         = aws_ecs_cluster.this.arn
  task_definition = aws_ecs_task_definition.this.arn
  desired_count   = 1
  launch_type     = "FARGATE"
  force_delete    = true
  depends_on      = [aws_lb_listener.production, aws_lb_listener.test]

  health_check_grace_period_seconds = 60
  availability_zone_rebalancing     = "DISABLED"

  deployment_controller {
    type = "CODE_DEPLOY"
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.this["blue"].arn
    container_name   = "app"
    container_port   = 3000
  }

  network_configuration {
    subnets         = [for subnet in aws_subnet.this : subnet.id]
    security_groups = [aws_security_group.this.id]
  }

  lifecycle {
    ignore_changes = [task_definition, load_balancer, desired_count] # owned by releases
  }
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "hand-errors"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"

  dimensions = {
    LoadBalancer = aws_lb.this.arn_suffix
  }
}

resource "aws_sns_topic" "releases" {
  name = "hand-releases"
}

resource "aws_codedeploy_app" "this" {
  name             = "hand"
  compute_platform = "ECS"
}

resource "aws_codedeploy_deployment_config" "half" {
  deployment_config_name = "hand-half"
  compute_platform       = "ECS"

  traffic_routing_config {
    type = "TimeBasedCanary"

    time_based_canary {
      percentage = 50
      interval   = 1
    }
  }
}

resource "aws_codedeploy_deployment_group" "this" {
  app_name               = aws_codedeploy_app.this.name
  deployment_group_name  = "hand"
  service_role_arn       = aws_iam_role.codedeploy.arn
  deployment_config_name = aws_codedeploy_deployment_config.half.deployment_config_name
  depends_on             = [aws_iam_role_policy_attachment.codedeploy]

  deployment_style {
    deployment_type   = "BLUE_GREEN"
    deployment_option = "WITH_TRAFFIC_CONTROL"
  }

  ecs_service {
    cluster_name = aws_ecs_cluster.this.name
    service_name = aws_ecs_service.this.name
  }

  load_balancer_info {
    target_group_pair_info {
      target_group {
        name = aws_lb_target_group.this["blue"].name
      }

      target_group {
        name = aws_lb_target_group.this["green"].name
      }

      prod_traffic_route {
        listener_arns = [aws_lb_listener.production.arn]
      }

      test_traffic_route {
        listener_arns = [aws_lb_listener.test.arn]
      }
    }
  }

  blue_green_deployment_config {
    deployment_ready_option {
      action_on_timeout = "CONTINUE_DEPLOYMENT"
    }

    terminate_blue_instances_on_deployment_success {
      action                           = "TERMINATE"
      termination_wait_time_in_minutes = var.termination_wait
    }
  }

  # The provider reads a block without alarms back as none.
  dynamic "alarm_configuration" {
    for_each = length(var.alarms) > 0 ? [var.alarms] : []

    content {
      enabled = true
      alarms  = alarm_configuration.value
    }
  }

  trigger_configuration {
    trigger_name       = "hand"
    trigger_target_arn = aws_sns_topic.releases.arn
    trigger_events     = ["DeploymentFailure", "DeploymentStop"]
  }

  auto_rollback_configuration {
    enabled = true
    events  = var.rollback_events
  }
}

output "address" {
  value = aws_lb.this.dns_name
}

output "production" {
  value = { listener = aws_lb_listener.production.arn, rule = aws_lb_listener_rule.api.arn }
}

output "target_groups" {
  value = { for name, group in aws_lb_target_group.this : name => group.arn }
}
