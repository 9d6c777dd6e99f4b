"""The infrastructure: CDKTF constructs, one a file, and the two stacks that they make."""

from . import provider_import

provider_import.install()
