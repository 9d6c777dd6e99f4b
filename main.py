"""Entry point of the CDKTF app: `python main.py` writes cdktf.out/stacks/<stack>/cdk.tf.json."""

import sys

from bluegreen.infra.synth import main

if __name__ == "__main__":
    sys.exit(main())
