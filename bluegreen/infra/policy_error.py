"""The refusal of stacks that break rules: here, so that who catches it need not import the rules' constructs."""


class PolicyError(RuntimeError):
    """The synthesized stacks break rules; one line for each, with the resource's name."""
