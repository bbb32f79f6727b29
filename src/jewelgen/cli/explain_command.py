"""`jewelgen explain JG130`: the page of a finding code."""

from __future__ import annotations

import re

import click

from jewelgen.cli import show
from jewelgen.explanations import codes, page
from jewelgen.findings import did_you_mean


@click.command("explain")
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(code: str, as_json: bool) -> None:
    """What finding CODE (such as JG130) means and what to do about it."""
    word = code.upper() if re.fullmatch(r"(?i)jg\d{3}", code) else f"JG{code}"
    if word not in codes():
        known = f"they run from {codes()[0]} to {codes()[-1]}"
        raise click.UsageError(f"no finding {code!r}; {did_you_mean(word, codes()) or known}")
    if as_json:
        show.document("explain", {"code": word, "page": page(word).rstrip()})
    else:
        click.echo(page(word).rstrip())
