"""A text in YAML or JSON (which is YAML too) as a document that stays in proportion to the text."""

from __future__ import annotations

from typing import Any

import yaml
from yaml.nodes import CollectionNode, Node

# An AppSpec has some kilobytes and some dozens of nodes. Reading takes a second for each 300 kB, and aliases of aliases
# make a short text a document that fills the memory. Levels take a time that grows with the square of their number.
MOST_CHARACTERS = 1 << 17
MOST_NODES = 10_000
MOST_LEVELS = 100


class DocumentError(ValueError):
    """The text is no document, or one that is too large."""


def read(text: str) -> Any:
    """Return the document with plain Python values; None for an empty text.

    Raises:
        DocumentError: it is neither YAML nor JSON, or has more than MOST_CHARACTERS, or more than MOST_NODES nodes with
            its aliases resolved, or more than MOST_LEVELS one in the other.
    """
    if len(text) > MOST_CHARACTERS:
        raise DocumentError(f"it has more than {MOST_CHARACTERS} characters")
    try:
        return _resolved(_Loader(text))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, DocumentError):
            raise
        raise DocumentError("it is neither YAML nor JSON") from error


class _Loader(yaml.SafeLoader):
    """The safe loader, which gives up where it is too deep instead of at the end of the stack."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._levels = 0

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        """Return the next node with all that is in it."""
        self._levels += 1
        if self._levels > MOST_LEVELS:
            raise DocumentError(f"it has more than {MOST_LEVELS} levels")
        node = super().compose_node(parent, index)
        self._levels -= 1
        return node


def _resolved(loader: _Loader) -> Any:
    root = loader.get_single_node()
    if root is None:
        return None
    if _size(root, {}) > MOST_NODES:
        raise DocumentError(f"it has more than {MOST_NODES} nodes, its aliases resolved")
    return loader.construct_document(root)


def _size(node: Node, known: dict[Node, int]) -> int:
    """Return how many nodes there are without aliases; a node that contains itself has more than allowed."""
    if node not in known:
        known[node] = MOST_NODES + 1
        known[node] = 1 + sum(_size(child, known) for child in _children(node))
    return known[node]


def _children(node: Node) -> list[Node]:
    if not isinstance(node, CollectionNode):
        return []
    return [child for item in node.value for child in (item if isinstance(item, tuple) else (item,))]
