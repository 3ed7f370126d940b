"""What is documented exists, and what exists is documented."""

import argparse
import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from bot import settings
from bot.arguments import parser
from handlers import menu, smalltalk
from handlers.wording import read_wording

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = PROJECT["tool"]["importlinter"]["root_packages"]
WITHOUT_THE_WORDING = ("store/", "faq/", "nlp/", "web/")
"""Packages that do not say what the talk says; their strings are no keys of it."""
PAGES = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not any(part.startswith(".") or part == "var" for part in path.relative_to(ROOT).parts)
)


@cache
def sources() -> Mapping[str, ast.Module]:
    """What the product's files hold: read by whichever test asks first, not by all who only collect the tests."""
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    }


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def sections(text: str, level: str = "##") -> dict[str, str]:
    """The text under each heading of that level."""
    parts = re.split(rf"^{level} (.+)$", without_code(text, keep=True), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def without_code(text: str, *, keep: bool = False) -> str:
    """Without fenced code; with `keep`, its lines are indented, so that `# ...` is no heading."""
    return re.sub(
        r"^```.*?^```$",
        lambda code: re.sub("^", " ", code[0], flags=re.MULTILINE) if keep else "",
        text,
        flags=re.MULTILINE | re.DOTALL,
    )


# Commands -------------------------------------------------------------------------------------------


def commands() -> dict[str, argparse.ArgumentParser]:
    chosen = next(a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(chosen.choices)


def options(command: argparse.ArgumentParser) -> set[str]:
    """Those of the command, and of the commands within it."""
    within = [a for a in command._actions if isinstance(a, argparse._SubParsersAction)]
    found = {name for action in command._actions for name in action.option_strings} - {"-h", "--help"}
    return found.union(*(options(each) for action in within for each in action.choices.values()))


def test_commands_and_options_are_described():
    described = sections(text_of("docs/commands.md"))
    assert set(described) == set(commands())
    for name, command in commands().items():
        prose = without_code(described[name].replace("\n ```", "\n```"))
        # `--host 0.0.0.0` describes --host.
        written = {option for code in re.findall("`(--[^`]+)`", prose) for option in code.split()[:1]}
        assert written == options(command), name


def test_kinds_of_files_are_described():
    described = sections(text_of("docs/commands.md"))
    for name in ("import", "export"):
        kind = next(action for action in commands()[name]._actions if action.dest == "kind")
        both = described["import"] + described[name]
        assert [choice for choice in kind.choices or () if f"{choice}" not in both] == []


# Settings -------------------------------------------------------------------------------------------


class Recording(Mapping[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, given: dict[str, str]) -> None:
        self.given = given
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return self.given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)


def read_elsewhere() -> set[str]:
    """Names that the program reads from `os.environ` itself: os.environ.get("X"), os.environ["X"], os.getenv("X")."""
    found = set()
    for tree in sources().values():
        for node in ast.walk(tree):
            match node:
                case ast.Call(
                    func=ast.Attribute(attr="get" | "getenv") as asked,
                    args=[ast.Constant(value=str(name)), *_],
                ):
                    if re.search(r"os\.(environ\.get|getenv)", ast.unparse(asked)):
                        found.add(name)
                case ast.Subscript(value=ast.Attribute(attr="environ"), slice=ast.Constant(value=str(name))):
                    found.add(name)
    return found


def test_settings_are_described():
    asked = Recording({"DATABASE_URL": "postgresql://"})
    with pytest.raises(settings.SettingsError):
        settings.read(asked)
    described = re.findall(r"^\| `([A-Z_]+)` \|", text_of("docs/settings.md"), re.MULTILINE)
    assert sorted(described) == sorted(asked.asked | read_elsewhere())


# Names of files and of what is in them --------------------------------------------------------------


def defined(tree: ast.Module) -> set[str]:
    """Functions, classes, `Class.method`, and names and fields that are assigned."""
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name):
                names.add(name)
            case ast.ClassDef(name=name, body=body):
                names |= {
                    name,
                    *(f"{name}.{each.name}" for each in body if isinstance(each, ast.FunctionDef)),
                }
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
    return names


def unknown_names(line: str) -> list[str]:
    """`file.py` `name` ...: files that are not there, and names that are not in the file before them."""
    unknown, file = [], ""
    for name in re.findall("`([^`]+)`", line):
        if name.endswith(".py"):
            file = name
            unknown += [] if file in sources() else [file]
        elif (
            file in sources()
            and re.fullmatch(r"[A-Za-z_]+(\.[a-z_]+)?", name)
            and name not in defined(sources()[file])
        ):
            unknown.append(f"{file}: {name}")
    return unknown


def walk(page: str) -> list[str]:
    return re.findall(r"^\d+\. .+$", text_of(page), re.MULTILINE)


@pytest.mark.parametrize("page", ["README.md", "README.ja.md"])
def test_the_walk_names_what_is_there(page):
    steps = walk(page)
    assert len(steps) >= 10
    assert [unknown for step in steps for unknown in unknown_names(step)] == []


def test_the_walks_name_the_same():
    english, japanese = (
        [re.findall("`([^`]+)`", step) for step in walk(page)] for page in ("README.md", "README.ja.md")
    )
    assert [sorted(step) for step in english] == [sorted(step) for step in japanese]


def test_the_glossary_names_what_is_there():
    rows = re.findall(r"^\| .+ \| .+ \| (`.+) \|$", text_of("docs/glossary.md"), re.MULTILINE)
    assert len(rows) >= 40
    assert [unknown for row in rows for unknown in unknown_names(row)] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_files_that_are_named_are_there(page):
    files = re.findall(
        rf"`((?:{'|'.join(PACKAGES)}|data|docs|tests)/[\w./*-]+)`", page.read_text(encoding="utf-8")
    )
    assert [file for file in files if not any(ROOT.glob(file.rstrip("/")))] == []


# Links and languages --------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", without_code(page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page):
    text = without_code(page.read_text(encoding="utf-8"))
    links = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|href)="([^"]+)"', text)
    dead = []
    for link in links:
        path, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        there = (page.parent / path) if path else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            dead.append(link)
    assert dead == []


@pytest.mark.parametrize(
    ("page", "heading", "theirs"), [("README.md", "More", ".md"), ("README.ja.md", "くわしく", ".ja.md")]
)
def test_the_list_of_pages_names_each_once_in_its_language(page, heading, theirs):
    listed = re.findall(r"\]\(docs/([^)]+)\)", sections(text_of(page))[heading])
    names = {each.name.removesuffix(".md").removesuffix(".ja") for each in (ROOT / "docs").glob("*.md")}
    names.add("approval/README")  # lists the pages beside it
    translated = {each for each in names if (ROOT / f"docs/{each}{theirs}").exists()}
    assert sorted(listed) == sorted(f"{each}{theirs if each in translated else '.md'}" for each in names)


def shape(page: str) -> list[tuple[str, list[str]]]:
    """The level of each heading, and the code blocks under it."""
    text = text_of(page)
    marks = [*re.finditer(r"^(#+) .+$", without_code(text, keep=True), re.MULTILINE)]
    kept = without_code(text, keep=True)
    ends = [mark.start() for mark in marks] + [len(kept)]
    return [
        (mark[1], re.findall(r"^ ```\n(.*?)^ ```", kept[start:end], re.MULTILINE | re.DOTALL))
        for mark, (start, end) in zip(marks, pairwise(ends), strict=True)
    ]


@pytest.mark.parametrize(
    ("english", "japanese"),
    [("README.md", "README.ja.md"), ("docs/operations.md", "docs/operations.ja.md")],
)
def test_both_languages_have_the_same_sections_and_commands(english, japanese):
    assert shape(english) == shape(japanese)


@pytest.mark.parametrize("picture", sorted((ROOT / "docs/pictures").iterdir()), ids=lambda path: path.name)
def test_pictures_are_light(picture):
    assert picture.stat().st_size < 150_000


# Dependencies ---------------------------------------------------------------------------------------


def test_dependencies_have_their_reason():
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    names = {re.match(r"[\w-]+", each)[0] for each in wanted}
    decisions = text_of("docs/decisions.md")
    assert sorted(name for name in names if f"`{name}`" not in decisions) == []


# Wording --------------------------------------------------------------------------------------------

WORDING = read_wording(ROOT / "data/wording/ja.toml")
KEYS = {*WORDING.sentences, *WORDING.groups}
TABLES = {key.partition(".")[0] for key in KEYS}
NOT_A_KEY = {"danger.toml"}


VARIANTS = ("_why", "_alone")
"""Endings that code adds to a key: the same sentence with the reason, or without the times."""


def is_key(text: str) -> bool:
    """Whether a string in the code can only be a key of the wording."""
    table, dot, _ = text.partition(".")
    return bool(dot) and table in TABLES and text not in NOT_A_KEY and bool(re.fullmatch(r"[a-z_.]+", text))


def pattern(pieces: list[ast.expr]) -> str | None:
    """f"menu.{area}.label" as a regular expression; None where it is no key. What ends in a dot begins many."""
    first = pieces[0].value if isinstance(pieces[0], ast.Constant) else ""
    if not is_key(str(first).rstrip(".") + ".x") or "." not in str(first):
        return None
    whole = "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else "[A-Za-z_]+" for p in pieces)
    if whole == r"page\.errors\.[A-Za-z_]+":  # of a status, and of what is said of any
        return r"page\.errors\.(\w+\.)?[a-z]+"
    return whole + "[a-z_]+" if whole.endswith(".") else whole


def is_heard(name: str, key: str) -> bool:
    """Pages of residents speak by these tables; the other keys in web are those of the pages' own wording."""
    return not name.startswith("web/") or key.startswith("page.")


def keys_in_code() -> tuple[set[str], set[str]]:
    """Keys that stand in the code, and patterns of those that are put together."""
    literals, patterns = set(), set()
    for name, tree in sources().items():
        if name.startswith(WITHOUT_THE_WORDING) and not name.startswith("web/"):
            continue
        within = {
            id(piece) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in node.values
        }
        for node in ast.walk(tree):
            match node:
                case ast.Constant(value=str(text)) if (
                    id(node) not in within and is_key(text) and is_heard(name, text)
                ):
                    # keys_below("disaster.kind.") says all that begin so.
                    (patterns if text.endswith(".") else literals).add(
                        re.escape(text) + "[a-z_]+" if text.endswith(".") else text
                    )
                case ast.JoinedStr(values=pieces) if (
                    pieces and (found := pattern(pieces)) and is_heard(name, found.replace("\\", ""))
                ):
                    patterns.add(found)
    for path in (ROOT / "web/templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        literals |= set(re.findall(r"""\btell\(["']([a-z_.]+)["'][,)]""", text))
        patterns |= {
            re.escape(each) + "[a-z_.]+"
            for each in re.findall(r'"(page\.[a-z_.]+\.|page\.[a-z]+\.[a-z]+_)" ~', text)
        }
    return literals, patterns


def test_every_sentence_that_the_code_says_is_there():
    literals, patterns = keys_in_code()
    assert literals - KEYS == set()
    assert [each for each in patterns if not any(re.match(each, key) for key in KEYS)] == []
    areas = {f"menu.{area}.label" for area in menu.AREAS}
    areas |= {f"menu.{area}.body" for area in menu.AREAS if area != "person"}
    talk = {f"smalltalk.{kind}.{part}" for kind in smalltalk.KINDS for part in ("words", "reply")}
    assert (areas | talk) - KEYS == set()


def test_every_sentence_of_the_wording_is_said():
    literals, patterns = keys_in_code()
    unsaid = {key for key in KEYS - literals if not any(re.fullmatch(each, key) for each in patterns)}
    said = KEYS - unsaid
    unsaid = {key for key in unsaid if not any(key.removesuffix(each) in said - {key} for each in VARIANTS)}
    unsaid |= {
        key
        for key in KEYS
        if key.startswith("menu.") and key.count(".") > 1 and key.split(".")[1] not in menu.AREAS
    }
    unsaid |= {
        key for key in KEYS if key.startswith("smalltalk.") and key.split(".")[1] not in smalltalk.KINDS
    }
    assert unsaid == set()


# Wording of the pages -------------------------------------------------------------------------------

WORDING_OF_PAGES = read_wording(ROOT / "data/wording/pages.toml")


def said_by(node: ast.AST) -> str | None:
    """The key in say("...") and site().say("...")."""
    match node:
        case ast.Call(
            func=ast.Name(id="say") | ast.Attribute(attr="say"), args=[ast.Constant(value=str(key)), *_]
        ):
            return key
    return None


def test_every_sentence_that_a_page_says_is_there():
    in_code = {
        key
        for name, tree in sources().items()
        if name.startswith("web/")
        for node in ast.walk(tree)
        if (key := said_by(node)) is not None
    }
    templates = (ROOT / "web/templates").rglob("*.html")
    in_templates = {
        key
        for path in templates
        for key in re.findall(r'\bsay\("([a-z_.0-9]+[a-z0-9])"[,)]', path.read_text(encoding="utf-8"))
    }
    assert len(in_code | in_templates) > 20
    assert (in_code | in_templates) - {*WORDING_OF_PAGES.sentences} == set()
