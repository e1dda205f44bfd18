"""The rules of the house, walked through the source."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = {"ui", "domain", "storage", "main"}
MAY_IMPORT = {"ui": {"domain"}, "domain": {"storage"}, "storage": set()}


def sources(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Every module a file imports, in full."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def test_nothing_imports_upward():
    wrong = [f"{path.relative_to(ROOT)} imports {module}" for room, allowed in MAY_IMPORT.items()
             for path in sources(room) for module in imported(path)
             if (house := module.split(".")[0]) in ROOMS and house != room and house not in allowed
             and path != ROOT / "ui/live.py"]
    assert wrong == []


def test_only_the_one_ear_hears_changes():
    assert [path.name for path in sources("ui") if any(m.startswith("storage") for m in imported(path))] == ["live.py"]


def test_no_page_knows_the_orm():
    assert [path for path in sources("ui") if any(m.split(".")[0] == "tortoise" for m in imported(path))] == []


def test_pages_do_not_import_each_other():
    wrong = [f"{path.name} imports {module}" for path in sources("ui/pages") for module in imported(path)
             if module.startswith("ui.pages")]
    assert wrong == []


def test_documents_and_claims_know_no_database():
    wrong = [f"{path.name} imports {module}" for room in ("domain/documents", "domain/claims") for path in sources(room)
             for module in imported(path) if module.split(".")[0] in {"storage", "tortoise", "nicegui"}]
    assert wrong == []


def test_the_domain_reads_no_clock():
    wrong = [f"{path.relative_to(ROOT)}:{node.lineno}" for path in sources("domain")
             for node in ast.walk(ast.parse(path.read_text()))
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
             and node.func.attr in {"now", "today", "utcnow"} and isinstance(node.func.value, ast.Name)
             and node.func.value.id in {"datetime", "date", "time"}]
    assert wrong == []


def test_every_service_that_writes_says_who_asks():
    """A transaction is opened only where `by` comes in. Set-up, sign-in and the demo have nobody to ask yet; the
    drawing of documents only notes the hashes of what a person has already decided."""
    nobody_yet = {"set_up", "sign_out", "sign_in", "make", "note_drawn", "note_finished"}
    wrong = []
    for path in sources("domain"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.AsyncFunctionDef) or node.name in nobody_yet:
                continue
            opens = any(isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "one_transaction"
                        for call in ast.walk(node))
            names = {arg.arg for arg in [*node.args.args, *node.args.kwonlyargs]}
            if opens and "by" not in names:
                wrong.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert wrong == []


def test_money_is_never_a_float():
    wrong = []
    for path in [*sources("domain"), *sources("storage"), *sources("ui")]:
        for node in ast.walk(ast.parse(path.read_text())):
            name = node.arg if isinstance(node, ast.arg) else getattr(getattr(node, "target", None), "id", "")
            kind = getattr(node, "annotation", None)
            if name and "cents" in name and kind is not None and "float" in ast.unparse(kind):
                wrong.append(f"{path.relative_to(ROOT)}: {name}")
    assert wrong == []


def test_every_module_opens_with_what_it_is_for():
    rooms = [*sources("domain"), *sources("storage"), *sources("ui")]
    assert [str(path) for path in rooms if not ast.get_docstring(ast.parse(path.read_text()))] == []


def test_design_values_are_written_in_one_place():
    import re

    wrong = [f"{path.relative_to(ROOT)}" for path in [*sources("ui"), *(ROOT / "assets/css").glob("*.css")]
             if path.name != "theme.py" and re.search(r"#[0-9A-Fa-f]{6}\b", path.read_text())]
    assert wrong == []


def test_migrations_are_one_chain_that_ends_where_the_program_says():
    """Two that were written side by side, each after the same one, would leave one of them out."""
    said = [ast.parse(path.read_text()).body for path in sorted((ROOT / "storage/migrations/versions").glob("*.py"))]
    numbers = [{node.targets[0].id: ast.literal_eval(node.value) for node in body if isinstance(node, ast.Assign)
                and node.targets[0].id in {"revision", "down_revision"}} for body in said]
    chain = [each["revision"] for each in numbers]
    assert chain == [f"{at:04}" for at in range(1, len(chain) + 1)]
    assert [each["down_revision"] for each in numbers] == [None, *chain[:-1]]
    assert f'HEAD = "{chain[-1]}"' in (ROOT / "storage/database.py").read_text()
