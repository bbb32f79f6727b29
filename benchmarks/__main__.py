"""`python -m benchmarks [cold] [size] [pave] [plan] [sheets] [rules] [designs] [check [DESIGN...]]`: each case beside its baseline, as a ratio.

Quiet machine, same process or same run for both sides; a ratio travels between machines, seconds do not.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from benchmarks.timing import busy, least, same, say, took
from jewelgen.design.reader import load, load_text
from jewelgen.formats.solids import Notes
from jewelgen.piece.piece import Piece
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import prepare
from jewelgen.pipeline.solids import of_body, written

DESIGNS = Path(__file__).parents[1] / "designs"
# A piece of twelve parts made by hand: the wire wrap with two bindings and a ring more.
LARGE = "18_wire_wrap"
MORE = (
    ("turns = [4, 7, 4]", "turns = [4, 4, 7, 4, 4]"), ("claws  = 4 ", "claws  = 6 "),
    ("[ask]", '[link]\nkind = "jump-ring"\nwire = "18 ga"\nid = 3.0\n\n[ask]'),
)  # fmt: skip


def piece_of(name: str, **values: Any) -> Piece:
    """A shipped design with some values set."""
    return prepare(load(DESIGNS / f"{name}.toml"), values or None, Options()).piece


def files(body: Any) -> None:
    """STEP and STL of a body, in memory."""
    for suffix in ("step", "stl"):
        written("x", suffix, (of_body(body),), Notes("x", ()), "master")


class Proof:
    """Time spent on proving what the kernel made: validity, volumes, the fine mesh, the comparison."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __enter__(self) -> Self:
        from jewelgen.solid import body, boolean

        self.kept = (boolean.judged, body._compare)
        boolean.judged, body._compare = map(self.timed, self.kept)  # type: ignore[assignment]
        return self

    def __exit__(self, *_: object) -> None:
        from jewelgen.solid import body, boolean

        boolean.judged, body._compare = self.kept  # type: ignore[assignment]

    def timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted as proof."""

        def wrapped(*args: Any) -> Any:
            seconds, made = took(lambda: function(*args))
            self.seconds += seconds
            return made

        return wrapped


def cold() -> None:
    """A court band from nothing to its files, in a process of its own, beside a bare import."""
    with tempfile.TemporaryDirectory() as out:
        band = [sys.executable, "-m", "jewelgen", "build", str(DESIGNS / "01_court_band.toml")]
        options = ["--again", "--no-pictures", "--jobs", "1", "--out", out]
        ours = least(lambda: _run([*band, *options]))
    base = bare_import()
    say("cold: 01 as a process, judged files and all", ours, "import cadquery", base)


def size() -> None:
    """The solitaire in one more size in a warm process, beside its parts drawn fluently and joined one after another.

    The baseline draws with CadQuery alone and uses nothing that was kept of ours; the size is new to both.
    """
    from benchmarks.naive_solitaire import naive_solitaire
    from jewelgen.solid.realize import realize

    realize(piece_of("03_cathedral_six_prong"))
    other = piece_of("03_cathedral_six_prong", size="US 7")
    with Proof() as proof:
        ours, model = took(lambda: realize(other))
    ours += took(lambda: files(model.bodies[0]))[0]
    base, volume = took(lambda: naive_solitaire(other))
    proved = model.bodies[0].volume_mm3
    say("size: 03 in US 7, warm, STEP and STL", ours - proof.seconds, "fluent, one by one", base)
    print(f"      proof apart: {proof.seconds:.1f} s")
    same(volume, proved)
    print(f"      proved {proved:.2f} mm3; the baseline, which nobody proves, {volume:.2f}")


def pave() -> None:
    """The pave band as sold beside a cut a stone and a union a bead."""
    from benchmarks.naive_pave import exported, naive_pave
    from jewelgen.solid.realize import realize

    piece = piece_of("07_pave_band")
    with Proof() as proof:
        ours, model = took(lambda: realize(piece))
    ours += took(lambda: files(model.bodies[0]))[0]
    base, shape = took(lambda: exported(naive_pave(piece)))
    same(shape.Volume(), model.bodies[0].volume_mm3)
    say("pave: 07, 176 stones, STEP and STL", ours - proof.seconds, "fluent, one by one", base)
    print(f"      proof apart: {proof.seconds:.1f} s")


def plans() -> None:
    """Cut list, joints and steps from a design's text: no kernel, no pictures, in CPU time beside a bare import; every handmade design.

    The catalog is read once; every piece is composed, judged and planned from nothing.
    """
    from jewelgen.bench.plan import plan

    base = busy(import_alone)
    plan(piece_of("09_bezel_cab_ring"))
    for name in by_hand():
        ours = busy(lambda: plan(anew(name)))  # noqa: B023  called at once
        say(f"plan: {name}, text to steps, warm", ours, "import cadquery", base)
    code = (
        "from benchmarks.__main__ import piece_of\nfrom jewelgen.bench.plan import plan\n"
        "plan(piece_of('09_bezel_cab_ring'))"
    )
    alone = busy(lambda: _run([sys.executable, "-c", code]))
    say("plan: 09 in a process of its own, imports and all", alone, "import cadquery", base)


def by_hand() -> list[str]:
    """The shipped designs that a bench makes, whole or in part."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted(DESIGNS.glob("*.toml"))}
    return [
        name
        for name, text in texts.items()
        if re.search(r'^made\s*=\s*"handmade"', text, re.MULTILINE)
    ]


def anew(name: str) -> Piece:
    """A shipped design of which nothing is remembered: its metal, bodies and stones are forgotten."""
    from jewelgen.piece import gem, metal
    from jewelgen.rules import places

    for kept in (metal.lines, metal.metal, metal._measured, gem._polyhedron, places.metal_of):
        kept.cache_clear()
    return piece_of(name)


def sheets() -> None:
    """Every file of the plan of a piece of twelve parts, drawings, templates and PDF, in a warm process."""
    from jewelgen.bench.plan import plan
    from jewelgen.paper import write_plan

    text = (DESIGNS / f"{LARGE}.toml").read_text("utf-8")
    for old, new in MORE:
        if old not in text:
            raise ValueError(f"{LARGE} has no {old!r} any more")
        text = text.replace(old, new)
    piece = prepare(load_text(text), None, Options()).piece
    write_plan(plan(piece), piece)
    ours = least(lambda: write_plan(plan(piece), piece))
    parts = len(piece.parts)
    say(f"sheets: {parts} parts, all files of the plan", ours, "import cadquery", bare_import())


def rules() -> None:
    """`jewelgen check` of single designs as processes of their own, imports and all, beside a bare import."""
    base = bare_import()
    for name in ("01_court_band", "09_bezel_cab_ring", "03_cathedral_six_prong"):
        command = [sys.executable, "-m", "jewelgen", "check", str(DESIGNS / f"{name}.toml")]
        ours = least(lambda: _run(command))  # noqa: B023  called at once
        say(f"rules: check {name}, a process", ours, "import cadquery", base)


def _run(command: list[str]) -> None:
    """Our own program to its end; raises `SystemExit` with what it said when it fails, for then its time means nothing."""
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603  our own program
    if done.returncode:
        raise SystemExit(done.stderr)


def designs() -> None:
    """Every shipped design cold, pictures and every file judged, as `make build` does, beside a bare import; once."""
    with tempfile.TemporaryDirectory() as out:
        whole = [sys.executable, "-m", "jewelgen", "build", str(DESIGNS), "--out", out]
        cold_, warm = (took(lambda: _run(whole))[0] for _ in range(2))
    count = len(list(DESIGNS.glob("*.toml")))
    say(f"designs: all {count}, cold", cold_, "import cadquery", bare_import())
    print(f"      a second run, which keeps what stands: {warm:.1f} s")


def check() -> None:
    """Time the checker takes of each design beside building and writing it, pictures left out.

    Kept in `checking.json`, design by design, so that a run may be broken off and taken up again. Whether a design
    passes is not for a record to say: the tests build every one.
    """
    import statistics

    chosen = sys.argv[2:] if len(sys.argv) > 2 else sorted(p.stem for p in DESIGNS.glob("*.toml"))
    rows: dict[str, float] = json.loads(CHECKING.read_text("utf-8")) if CHECKING.is_file() else {}
    for name in chosen:
        ours, base = checked(name)
        rows[name] = round(ours / base, 2)
        text = json.dumps(rows, indent=1, sort_keys=True) + "\n"
        CHECKING.write_text(text, encoding="utf-8")
        say(f"check: {name}", ours, "building and writing", base)
    print(f"check: median {statistics.median(rows.values()):.2f} of {len(rows)} designs")


def checked(name: str) -> tuple[float, float]:
    """Seconds of checking one design's files, and of all else its build does; raises `SystemExit` with the findings
    when it is refused, for then fixes were tried too.
    """
    from jewelgen.pipeline import gate
    from jewelgen.pipeline.build import build

    spent, whole = [0.0], gate.gate

    def timed(*args: Any) -> Any:
        spent[0], made = took(lambda: whole(*args))
        return made

    gate.gate = timed
    try:
        with tempfile.TemporaryDirectory() as out:
            options = Options(Path(out), pictures=False, again=True, trust=True)
            total, result = took(lambda: build(DESIGNS / f"{name}.toml", options))
    finally:
        gate.gate = whole
    if not result.ok:
        raise SystemExit("\n".join(map(str, result.findings)))
    return spent[0], total - spent[0]


def bare_import() -> float:
    """Seconds of a process that imports cadquery and ends."""
    return least(import_alone)


def import_alone() -> None:
    """A process that imports cadquery and ends."""
    subprocess.run([sys.executable, "-c", "import cadquery"], check=True)


CHECKING = Path(__file__).with_name("checking.json")
CASES = {
    "cold": cold, "size": size, "pave": pave, "plan": plans, "sheets": sheets, "rules": rules, "designs": designs,
    "check": check,
}  # fmt: skip

if __name__ == "__main__":
    for word in sys.argv[1:2] if sys.argv[1:2] == ["check"] else sys.argv[1:] or CASES:
        CASES[word]()
