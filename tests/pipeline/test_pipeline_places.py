"""What the rules say about a part is said at the file and line of the block that made it."""

from jewelgen.design.reader import load
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import prepare


def test_a_rule_finding_names_file_and_line(root):
    path = root / "designs" / "09_bezel_cab_ring.toml"
    found = prepare(load(path), None, Options(made="cast")).findings
    walls = [item for item in found if item.code == "JG200"]
    assert len(walls) == 1
    where = walls[0].where
    line = path.read_text(encoding="utf-8").splitlines()[where.line - 1]
    assert where.file == str(path)
    assert where.key == "head.wall"
    assert line.startswith("[head]")


def test_values_set_by_hand_get_a_folder_of_their_own(root):
    document = load(root / "designs" / "01_court_band.toml")
    assert prepare(document, None, Options()).folder == "01_court_band"
    varied = prepare(document, {"size": "US 8", "shank.width": 4}, Options())
    assert varied.folder == "01_court_band/size-us-8-shank-width-4"
    assert varied.verdict is not None
    assert not varied.verdict.same
