# SPDX-License-Identifier: Apache-2.0
"""Reads the sources that the architecture tests look at."""

import pathlib
import re

SUFFIXES = {".h", ".cpp"}
COMMENTS_AND_TEXTS = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\'', re.DOTALL)


def sources(root, *folders):
    """Every header and source file below the folders, as paths relative to `root`."""
    found = []
    for folder in folders:
        found += [path.relative_to(root) for path in (root / folder).rglob("*") if path.suffix in SUFFIXES]
    return sorted(found)


def blanked(text):
    """The text with comments removed and literals emptied; every line stays where it is."""
    def blank(match):
        kept = "\n" * match.group().count("\n")
        return kept + " " if match.group().startswith(("//", "/*")) else '""' + kept
    return COMMENTS_AND_TEXTS.sub(blank, text)


def without_comments(text):
    """The text with comments removed and literals kept; every line stays where it is."""
    def blank(match):
        is_comment = match.group().startswith(("//", "/*"))
        return "\n" * match.group().count("\n") if is_comment else match.group()
    return COMMENTS_AND_TEXTS.sub(blank, text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def report(violations):
    """Prints what was found; the exit code of the test."""
    for violation in violations:
        print(violation)
    print(f"{len(violations)} violations")
    return 1 if violations else 0


def write_tree(root, files):
    """For self-tests: makes files below `root`."""
    for name, text in files.items():
        path = pathlib.Path(root) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
