"""The list of commands; a command's module is imported only when it is called or asked for help."""

from __future__ import annotations

import importlib
from typing import Any

import click

# word on the command line: (module, one line for --help)
_COMMANDS: dict[str, tuple[str, str]] = {
    "build": ("build", "Make the files of designs: masters, models, plans, pictures."),
    "check": ("check", "Read and judge designs without the CAD kernel."),
    "inspect": ("inspect", "Judge STL, 3MF and STEP files by a casting house's limits."),
    "rules": ("rules", "Show the limits of casting houses, or set them side by side."),
    "plan": ("plan", "Write the fabrication plan of a design alone."),
    "tree": ("tree", "Pack masters on casting trees: flask, weights, investment, fire."),
    "plate": ("plate", "Lay masters on a resin printer's plate: one 3MF, an STL each."),
    "chain": ("chain", "Follow measures through casting: forward and back from any stage."),
    "stock": ("stock", "Lay out the stock of all handmade pieces of an order book."),
    "render": ("render", "Render pictures of a design."),
    "new": ("new", "Start a new ring or pendant design."),
    "list": (
        "list",
        "Show alloys, solders, gems, cuts, stock, sizes, printers, flasks, kinds or designs.",
    ),
    "size": ("size", "Convert a ring size into all systems."),
    "schema": ("schema", "Print the JSON Schema of design files."),
    "explain": ("explain", "Explain a finding code."),
    "doctor": ("doctor", "Check this installation."),
    "watch": ("watch", "Rebuild a design whenever its file changes."),
    "completion": ("completion", "Print the shell completion script."),
}


class LazyGroup(click.Group):
    """A click group that knows its commands by name and loads one only when needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the table."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command's own object, or None when there is no such word."""
        if cmd_name not in _COMMANDS:
            return None
        module: Any = importlib.import_module(f"jewelgen.cli.{_COMMANDS[cmd_name][0]}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list for --help, from the table alone: no command is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(word, text) for word, (_, text) in _COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest word when there is none."""
        from jewelgen.findings import did_you_mean

        if args and args[0] not in _COMMANDS:
            ctx.fail(f"no command '{args[0]}'; {did_you_mean(args[0], tuple(_COMMANDS))}")
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="jewelgen", prog_name="jewelgen")
def commands() -> None:
    """Rings and pendants from short definitions: cast masters and bench plans from one description."""
