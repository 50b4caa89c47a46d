"""Import cycles, between files and between apps; imports inside functions count too."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from checks.house.sources import SourceFile

Graph = Mapping[str, set[str]]


def file_graph(files: list[SourceFile]) -> dict[str, set[str]]:
    """Each module and the modules of ours that it imports."""
    modules = {module_of(file.name): file for file in files}
    return {
        name: {module for module in _imported(file, set(modules)) if module != name}
        for name, file in modules.items()
    }


def app_graph(graph: Graph, inside: str = "") -> dict[str, set[str]]:
    """The same between apps; `inside` a package between its direct rooms."""
    rooms: dict[str, set[str]] = {}
    for module, imported in graph.items():
        room = _room_of(module, inside)
        if room:
            others = {_room_of(name, inside) for name in imported} - {
                room,
                "",
            }
            rooms.setdefault(room, set()).update(others)
    return rooms


def cycles(graph: Graph) -> list[list[str]]:
    """Groups of nodes that reach each other (Tarjan's strongly connected components)."""
    index: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    groups: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = lowest[node] = len(index)
        stack.append(node)
        for neighbour in graph.get(node, ()):
            if neighbour not in index:
                visit(neighbour)
                lowest[node] = min(lowest[node], lowest[neighbour])
            elif neighbour in stack:
                lowest[node] = min(lowest[node], index[neighbour])
        if lowest[node] == index[node]:
            start = stack.index(node)
            groups.append(sorted(stack[start:]))
            del stack[start:]

    for node in graph:
        if node not in index:
            visit(node)
    return [group for group in groups if len(group) > 1]


def module_of(name: str) -> str:
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _imported(file: SourceFile, modules: set[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                if inner in modules:
                    yield inner
                elif node.module in modules:
                    yield node.module


def _room_of(module: str, inside: str) -> str:
    if inside and not module.startswith(f"{inside}."):
        return ""
    path = module.removeprefix(f"{inside}.") if inside else module
    return path.split(".")[0]
