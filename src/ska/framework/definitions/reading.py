"""Reading a folder of indicators/: every mistake is told with its file, line and field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ska.errors import Invalid
from ska.framework.definitions.checks import Edition, check_references
from ska.framework.definitions.edition import EditionFile
from ska.framework.definitions.indicator import CandidateFile, Indicator, Mapping
from ska.framework.definitions.problems import BrokenEdition, Problem, problems_in

MAIN_FILES = ("framework.yaml", "requirements.yaml", "areas.yaml", "factors.yaml")

M = TypeVar("M", bound=BaseModel)


_Fast: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # 7 × faster where libyaml is built in


class _StrictLoader(_Fast):  # type: ignore[misc]  # the base is chosen when the program starts
    """YAML that keeps dates as text and refuses a key that is written twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return the mapping; a repeated key is an error with its line."""
        seen: set[Any] = set()
        for key_node, _ in node.value:
            if key_node.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"nyckeln {key_node.value} står två gånger", key_node.start_mark
                )
            seen.add(key_node.value)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


_StrictLoader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_edition(folder: Path) -> Edition:
    """Read the edition in *folder*; raise BrokenEdition with every mistake found."""
    problems: list[Problem] = []
    main = next((folder / name for name in MAIN_FILES if (folder / name).is_file()), None)
    if main is None:
        words = f"någon av {', '.join(MAIN_FILES)} saknas"
        raise BrokenEdition([Problem(folder.name, None, "", words)])
    file = read_file(main, EditionFile, problems)
    indicators = list(_read_indicators(folder / "indicators", problems))
    candidate_files = [
        read_file(p, CandidateFile, problems) for p in _yaml_in(folder / "candidates")
    ]
    mappings = [
        read_file(path, Mapping, problems) for path in sorted(folder.glob("mapping-*.yaml"))
    ]
    if problems or file is None:
        raise BrokenEdition(problems)
    edition = Edition(
        file=file,
        indicators=tuple(indicators),
        candidates=tuple(c for f in candidate_files if f for c in f.candidates),
        mappings=tuple(m for m in mappings if m),
    )
    if found := list(check_references(edition, folder.name)):
        raise BrokenEdition(found)
    return edition


def read_editions(root: Path) -> list[Edition]:
    """Read every edition under *root*, in the order of their ids."""
    folders = sorted({path.parent for name in MAIN_FILES for path in root.glob(f"*/{name}")})
    return [read_edition(folder) for folder in folders]


def _read_indicators(folder: Path, problems: list[Problem]) -> Iterator[Indicator]:
    for path in _yaml_in(folder):
        indicator = read_file(path, Indicator, problems)
        if indicator is None:
            continue
        if indicator.id != path.stem:
            problems.append(
                Problem(_short(path), 1, "id", f"{indicator.id} ska vara filens namn, {path.stem}")
            )
        yield indicator


def _yaml_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else []


def _short(path: Path) -> str:
    return "/".join(path.parts[-3:])


def read_file(path: Path, model: type[M], problems: list[Problem]) -> M | None:
    """Return what the file says as *model*, or None with every mistake added to *problems*."""
    text = path.read_text(encoding="utf-8")
    try:
        data = yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a SafeLoader of ours
        return model.model_validate(data)
    except yaml.MarkedYAMLError as error:
        problems.append(_no_yaml(path, error))
    except ValidationError as error:
        problems += problems_in(_short(path), text, error)
    return None


def read_seed(path: Path, model: type[M], change: Callable[[Any], Any] = lambda data: data) -> M:
    """Return a file of seeds/ as *model*, changed before it is checked; dates are dates.

    Raises Invalid with every mistake: the file, the line and the field.
    """
    text = path.read_text(encoding="utf-8")
    try:
        return model.model_validate(change(yaml.load(text, Loader=_Fast)))  # noqa: S506  # a safe loader, by its C name
    except yaml.MarkedYAMLError as error:
        problems = [_no_yaml(path, error)]
    except ValidationError as error:
        problems = problems_in(_short(path), text, error)
    raise Invalid("\n".join(["Filen går inte att läsa.", *map(str, problems)]))


def _no_yaml(path: Path, error: yaml.MarkedYAMLError) -> Problem:
    line = error.problem_mark.line + 1 if error.problem_mark else None
    return Problem(_short(path), line, "", f"filen är inte giltig YAML: {error.problem}")
