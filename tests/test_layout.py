"""The four packages are ours, nothing hides them, and no file ties the project to one machine."""

import ast
import importlib
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("model", "scenarios", "calibration", "dashboards")

# Put together from pieces, so that this file does not name what it looks for.
REGISTRIES = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com")
INDEX_SETTING = r"(?:extra-)?" + r"index[-_]" + r"url|find" + r"-links"
MACHINE_PATH = r"(?<![\w.~-])/(?:" + "work|root|farm" + r")/|(?<![\w.~-])/" + r"tmp/\w"
FORBIDDEN = re.compile("|".join([*map(re.escape, REGISTRIES), INDEX_SETTING, MACHINE_PATH]))


def project_files() -> list[Path]:
    """Return every file that is in the repository or about to be."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    files = (ROOT / name for name in listing.stdout.split("\0") if name)
    return [file for file in files if file.is_file()]


@pytest.mark.parametrize("name", PACKAGES)
def test_the_package_comes_from_this_checkout(name: str) -> None:
    package = importlib.import_module(name)

    assert package.__file__ is not None
    assert Path(package.__file__) == ROOT / name / "__init__.py"


def test_no_module_hides_one_of_the_packages() -> None:
    inside = [path for name in PACKAGES for path in (ROOT / name).rglob("*")]
    hiding = [path for path in inside if path.is_dir() and path.name in PACKAGES]
    hiding += [path for path in project_files() if path.suffix == ".py" and path.stem in PACKAGES]

    assert hiding == []


def writes(call: ast.Call) -> bool:
    """Say whether a call writes a file: `write_text`, `write_bytes`, or `open` to write."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if name in {"write_text", "write_bytes"}:
        return True
    modes = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
    return name == "open" and any(re.match("[wxa]", str(mode)) for mode in modes)


def test_files_are_written_in_one_place() -> None:
    found = {
        str(path.relative_to(ROOT))
        for name in PACKAGES
        for path in (ROOT / name).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and writes(node)
    }

    assert found == {
        "model/disk/whole.py",
        "scenarios/destinations.py",  # to devices, which keep nothing
        "model/run/past.py",  # lives that come with the package
        "scenarios/store/lock.py",  # who writes a folder, for as long as it is written
        "calibration/priors/predictive.py",  # what the priors predict, of the repository
        "calibration/rows.py",
        "calibration/sizes.py",
        "calibration/sweep.py",
        "calibration/targets/make.py",  # targets and pages of the repository
        "calibration/effects/live.py",
        "calibration/levels/__main__.py",
        "calibration/levels/writing.py",
        "calibration/grades/found.py",
        "calibration/posterior/__main__.py",
        "calibration/posterior/shipped.py",
        "calibration/standing/__main__.py",
        "dashboards/documents/calibrated.py",
        "dashboards/documents/causal_graph.py",
        "dashboards/documents/effects.py",
        "dashboards/documents/evidence.py",
        "dashboards/documents/files.py",
        "dashboards/documents/limits/__init__.py",
        "dashboards/documents/odd/page.py",
        "dashboards/documents/priors.py",
        "dashboards/documents/recommendations.py",
        "dashboards/documents/targets.py",
        "dashboards/documents/trace.py",
        "dashboards/documents/validation.py",
    }


def test_test_folders_are_not_packages() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_no_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in project_files()
        for number, line in enumerate(path.read_text("utf-8", "ignore").splitlines(), start=1)
        if FORBIDDEN.search(line)
    ]

    assert found == []
