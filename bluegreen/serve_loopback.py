"""`bluegreen loopback`: hands its words to `python -m bluegreen.loopback`, which knows nothing of this command."""

from __future__ import annotations

import typer

app = typer.Typer(add_completion=False)


@app.command(add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def loopback(context: typer.Context) -> None:
    """Serve AWS on the loopback of this machine."""
    from bluegreen.loopback.__main__ import main  # noqa: PLC0415 - another verb does not need it

    main(context.args, program="bluegreen loopback")
