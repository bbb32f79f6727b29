"""What holds for the plan of every handmade piece: parts and blanks, joints and steps, heats, metal.

Pieces are those of all kinds with generated values, and the shipped designs. No kernel.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from specimens import Specimen, Tree, brief, generated, keys, usual_of

from jewelgen.bench.plan import Plan, plan
from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.findings import JewelgenError
from jewelgen.piece.piece import Piece

FEW = settings(
    derandomize=True, database=None, max_examples=max(1, settings.default.max_examples // 50)
)
DEAR = {("halo", "beads")}  # a hundred beads: a minute of predicted metal, and a plan like others
KINDS = [pytest.param(key, id="-".join(key)) for key in keys() if key not in DEAR]
DESIGNS = sorted(  # made by hand, as their text says
    path
    for path in (Path(__file__).resolve().parents[2] / "designs").glob("*.toml")
    if '"handmade"' in path.read_text("utf-8")
)


@pytest.fixture(params=KINDS)
def specimen(request: pytest.FixtureRequest) -> Specimen:
    found = usual_of(request.param)
    assert found is not None
    return found


def by_hand(design: Tree) -> Piece | None:
    """The piece with everything made at the bench; None when it is refused."""
    try:
        return compose(brief({**design, "made": "handmade"}))
    except JewelgenError:
        return None


def promise(piece: Piece) -> None:
    """A plan keeps all its promises, or says why there is none."""
    try:
        made = plan(piece)
    except JewelgenError as error:
        assert all(finding.code == "JG502" for finding in error.findings), error
        return
    every_part_is_accounted_for(piece, made)
    every_joint_has_one_step(made)
    nothing_is_used_before_it_is_made(made)
    no_joint_flows_hotter_than_one_before_it(made)
    metal_is_issued_less_named_losses(made)


def every_part_is_accounted_for(piece: Piece, made: Plan) -> None:
    """One blank, or one component that is cast or bought."""
    cut = [line.part for line in made.cut_list]
    ordered = [name for row in made.components for name in row.parts]
    assert Counter([*cut, *ordered]) == Counter(part.name for part in piece.parts)
    ids = [line.id for line in made.cut_list] + [row.id for row in made.components]
    assert len(set(ids)) == len(ids)


def every_joint_has_one_step(made: Plan) -> None:
    """A joint stands in the joint list once, and is made in one step."""
    named = Counter(word for step in made.steps for word in step.ids[:1] if word.startswith("J"))
    lines = [line.id for line in made.joints]
    assert len(set(lines)) == len(lines)
    assert Counter(lines) == named


def nothing_is_used_before_it_is_made(made: Plan) -> None:
    """Cut before formed, formed before joined, all heat before the stones (but for what is set cold)."""
    at = {step.key: step.n for step in made.steps}
    assert [step.n for step in made.steps] == list(range(1, len(made.steps) + 1))
    letters = made.letters
    cut = {letters[line.part]: line.part for line in made.cut_list}
    for step in made.steps:
        for name in (cut[word] for word in step.ids if word in cut):
            if not step.key.startswith(("cut", "measure", "receive")):
                assert at["cut"] < step.n, (step.key, name)
            formed = at.get(f"form:{name}")
            if formed and step.key.startswith("joint:"):
                assert formed < step.n, (step.key, name)
    fence = next((step.n for step in made.steps if step.last_heat), None)
    for step in made.steps if fence else ():
        if step.ids and step.ids[0].startswith("J"):
            line = next(row for row in made.joints if row.id == step.ids[0])
            assert not line.grade or step.n < fence, step.key
        if step.key.startswith("set:"):
            assert step.n > fence, step.key


def no_joint_flows_hotter_than_one_before_it(made: Plan) -> None:
    """On one body solder flows ever cooler; equal grades are reheated, and the sheet says what to protect."""
    body: dict[str, set[str]] = {}
    flows: list[tuple[str, float, str]] = []
    castings = [set(row.parts) for row in made.components]
    for line in made.joints:
        if not line.grade or line.solder is None:
            continue
        whole = set(line.parts)
        for unit in castings:
            whole |= unit if unit & whole else set()
        for name in tuple(whole):
            whole |= body.get(name, set())
        for part, flow, earlier in flows:
            if part in whole and line.solder.flow_c > flow:
                raise AssertionError(
                    f"{line.id} flows at {line.solder.flow_c:g}, {earlier} at {flow:g}"
                )
            if part in whole and line.solder.flow_c == flow and not line.shared:
                assert line.torch.protect, f"{line.id} reheats {earlier}"
        flows += [(name, line.solder.flow_c, line.id) for name in line.parts]
        body |= dict.fromkeys(whole, whole)


def metal_is_issued_less_named_losses(made: Plan) -> None:
    """Issued = scrap + filings + drawn; expected = drawn - finish + solder; by part and in all."""
    w = made.weights
    assert w.issued_g == pytest.approx(w.scrap_g + w.filings_g + w.drawn_g, abs=1e-9)
    assert w.expected_g == pytest.approx(w.drawn_g - w.finish_g + w.solder_g, abs=1e-9)
    assert w.issued_g == pytest.approx(sum(row.issued_g for row in w.parts), abs=1e-9)
    short = {finding.where.key for finding in made.findings if finding.code == "JG512"}
    for row in w.parts:
        assert row.issued_g >= row.net_g - 1e-9, row.part
        assert row.issued_g > 0, row.part
        assert row.finished_g <= row.issued_g + 1e-6 or row.part in short, row.part
    assert not short, "a blank that is smaller than its part"


def test_plans_of_every_kind_keep_their_promises(specimen: Specimen) -> None:
    @FEW
    @given(generated(specimen))
    def holds(design: Tree) -> None:
        piece = by_hand(design)
        if piece is not None:
            promise(piece)

    holds()


@pytest.mark.parametrize("path", DESIGNS, ids=lambda path: path.stem)
def test_plans_of_shipped_designs_keep_their_promises(path: Path) -> None:
    promise(compose(resolve(load(path))))
