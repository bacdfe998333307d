"""The page on targets is current, and has every target and every reason."""

from calibration.targets.reader import current_digest, load_targets
from calibration.targets.without import REASONS
from dashboards.documents.targets import PAGE, page


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make targets"


def test_the_page_has_every_target_with_its_use_and_every_reason() -> None:
    lines = page().splitlines()

    for target in load_targets().values():
        row = next(line for line in lines if line.startswith(f"| `{target.id}` |"))
        assert f"| {target.use} | {target.grade} |" in row
    assert all(any(line.startswith(f"| {why} |") for line in lines) for why in REASONS)
    assert current_digest() in page()
