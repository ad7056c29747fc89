#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Names every statement that g++ 12 may miscompile: the first two coroutine rules of CONTRIBUTING.md, and the seventh.

1. In a statement with co_await: no braces with content, no lambda, no second co_await.
2. No lambda coroutine with captures, and no coroutine in a window.
7. No member handed to co_return as it is: QCoro 0.8 moves out of it.

usage: check_coroutines.py ROOT     or     check_coroutines.py --self-test
"""

import pathlib
import re
import sys
import tempfile

from sources import blanked, line_of, report, sources, write_tree

TOKEN = re.compile(r"[A-Za-z_]\w*|->|::|\[\[|\]\]|\d[\w.']*|\S")
BEFORE_BLOCK = {")", "else", "do", "try", "const", "noexcept", "override", "final", "mutable", ";", "{", "}", ":", '"'}
# the last one is what is left of the text in extern "C"
TYPE_WORDS = {"namespace", "class", "struct", "union", "enum", "extern"}
AWAITS = {"co_await"}
MEMBER = re.compile(r"(\* )?m_\w+ ;")
COROUTINE = {"co_await", "co_return", "co_yield"}


class Scanner:
    """Walks over the tokens of one file and judges its statements one by one."""

    def __init__(self, name, text):
        self.name = name
        self.text = re.sub(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", "", blanked(text), flags=re.MULTILINE)
        matches = list(TOKEN.finditer(self.text))
        self.tokens = [match.group() for match in matches]
        self.starts = [match.start() for match in matches]
        self.at = 0
        self.violations = []

    def complain(self, index, why):
        self.violations.append(f"{self.name}:{line_of(self.text, self.starts[index])}: {why}")

    def block(self):
        """Statements up to the closing brace: whether this is a coroutine's body."""
        is_coroutine = False
        while self.at < len(self.tokens) and self.tokens[self.at] != "}":
            is_coroutine = self.statement() or is_coroutine
        self.at += 1
        return is_coroutine

    def statement(self):
        """One statement, or the head of one with the block that follows it: whether it makes its function a coroutine."""
        first = self.at
        facts = {"awaits": [], "braces": [], "lambdas": [], "coroutine": False}
        opened_block = self.expression(first, facts, end={";", "}"})
        self.judge(facts)
        inner = False
        if opened_block:
            inner = self.block()
            # The body of a function or a type is somebody else's; that of an if or a loop is the same function's.
            return facts["coroutine"] or (inner and self.is_control(first))
        if self.at < len(self.tokens) and self.tokens[self.at] == ";":
            self.at += 1
        return facts["coroutine"]

    def is_control(self, first):
        return self.tokens[first] in {"if", "else", "for", "while", "do", "switch", "try", "catch", "{", "case", "default"}

    def expression(self, first, facts, end):
        """Tokens up to one of `end` or an opening block: whether a block was opened (and is now to be read)."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token in end:
                return False
            if token in COROUTINE:
                facts["coroutine"] = True
            if token in AWAITS:
                facts["awaits"].append(self.at)
            if token == "[" and self.begins_lambda():
                self.lambda_expression(facts)
                continue
            if token == "[[":
                self.skip_to("]]")
                continue
            if token in "([":
                self.nested(facts, ")" if token == "(" else "]")
                if self.ends_head(first, end):
                    return False
                continue
            if token == "{":
                if self.begins_block(first, end):
                    self.at += 1
                    return True
                if self.tokens[self.at + 1] != "}":
                    facts["braces"].append(self.at)
                self.nested(facts, "}")
                continue
            self.at += 1
        return False

    def ends_head(self, first, end):
        """Whether the parentheses that just ended are those of an if or a loop: what follows is another statement."""
        if ";" not in end or self.tokens[first] not in {"if", "for", "while", "switch"} or self.tokens[self.at] == "{":
            return False
        head = [token for token in self.tokens[first + 1:self.at] if token != "constexpr"]
        depth = 0
        for index, token in enumerate(head):
            depth += {"(": 1, ")": -1}.get(token, 0)
            if depth == 0:
                return index == len(head) - 1
        return False

    def nested(self, facts, closing):
        first = self.at
        self.at += 1
        self.expression(first, facts, end={closing})
        self.at += 1

    def skip_to(self, token):
        while self.tokens[self.at] != token:
            self.at += 1
        self.at += 1

    def begins_lambda(self):
        before = self.tokens[self.at - 1] if self.at else ";"
        return not (re.match(r"\w", before) and before not in {"return", "co_return", "co_await"}) and before not in {")", "]"}

    def begins_block(self, first, end):
        """Whether a brace opens statements and not a list of values."""
        if ";" not in end:
            return False
        if self.at == first:
            return True
        head = self.tokens[first:self.at]
        return head[-1] in BEFORE_BLOCK or head[0] in TYPE_WORDS or "->" in head and head[-1] == ">" \
            or head[0] == "template" and bool(TYPE_WORDS & set(head)) and "(" not in head

    def lambda_expression(self, facts):
        start = self.at
        captures = self.bracket("[", "]")
        while self.at < len(self.tokens) and self.tokens[self.at] != "{":
            if self.tokens[self.at] == "(":
                self.bracket("(", ")")
            elif self.tokens[self.at] in {";", ",", ")"}:
                return  # not a lambda after all
            else:
                self.at += 1
        facts["lambdas"].append(start)
        self.at += 1
        if self.block() and captures:
            self.complain(start, "a lambda coroutine with captures: they are gone when it resumes")

    def bracket(self, opening, closing):
        """Skips a bracketed part: the tokens inside."""
        start = self.at
        depth = 0
        while True:
            depth += {opening: 1, closing: -1}.get(self.tokens[self.at], 0)
            self.at += 1
            if depth == 0:
                return self.tokens[start + 1:self.at - 1]

    def judge(self, facts):
        if not facts["awaits"]:
            return
        if len(facts["awaits"]) > 1:
            self.complain(facts["awaits"][1], "a second co_await in one statement")
        for index in facts["braces"]:
            self.complain(index, "braces with content in a statement with co_await; name the value first")
        for index in facts["lambdas"]:
            self.complain(index, "a lambda in a statement with co_await; name it first")


def check_text(name, text):
    scanner = Scanner(name, text)
    while scanner.at < len(scanner.tokens):
        scanner.block()
    if name.startswith("ui/"):
        for index, token in enumerate(scanner.tokens):
            if token in COROUTINE:
                scanner.complain(index, "a coroutine in a window, which may be gone when it resumes; ask the façade")
    for index, token in enumerate(scanner.tokens):
        if token == "co_return" and MEMBER.match(" ".join(scanner.tokens[index + 1:index + 4])):
            scanner.complain(index, "co_return of a member, which QCoro 0.8 moves out of; use std::as_const")
    return scanner.violations


def check(root):
    violations = []
    for path in sources(root, "core", "ui", "app", "tests"):
        violations += check_text(path.as_posix(), (root / path).read_text())
    return violations


GOOD = """
struct Point { int x = 0; int y {1}; };
enum class Kind { One, Two };
base::Task<void> run(Point p)
{
    // co_await Agg {co_await x()} in a comment
    const QString text = u"co_await Agg {1} [x] { co_await y; }"_s;
    const Point q {1, 2};
    auto work = [q] { return q.x; };
    auto value = co_await base::inPool(std::move(work));
    if (auto again = co_await next(); !again) {
        Reply reply {1};
        co_return;
    }
    for (const int i : {1, 2})
        co_await step(i);
    const auto plain = []() -> base::Task<void> { co_await step(1); };
    auto nothing = co_await f({});
    items[co_await index()] = 3;
    switch (kind) {
    case Kind::One: {
        co_await step(2);
        break;
    }
    default:
        break;
    }
    if (p.x)
        co_return std::as_const(m_value);
    co_return co_await last();
}
"""
BAD = {
    "co_return m_value;": "co_return of a member",
    "co_return *m_value;": "co_return of a member",
    "co_return Agg {co_await x()};": "braces with content",
    "auto a = co_await f(Agg {1, 2});": "braces with content",
    "co_await f(co_await g());": "a second co_await",
    "co_await inPool([] { return 1; });": "a lambda in a statement",
    "auto f = [this]() -> Task<void> { co_await g(); };": "a lambda coroutine with captures",
    "start([&] { if (x) { co_await g(); } co_return; }());": "a lambda coroutine with captures",
    "if (co_await f(Agg {1})) { return; }": "braces with content",
    "auto l = [] { co_await f(Agg {1}); };": "braces with content",
}


def self_test():
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        write_tree(root, {"core/good.cpp": GOOD, "core/bad.cpp": "Task<void> f()\n{\n    co_await f(Agg {1});\n}\n",
                          "ui/window.cpp": "void f()\n{\n    co_await g();\n}\n"})
        found = check(root)
    expected = ["core/bad.cpp:3: braces with content", "ui/window.cpp:3: a coroutine in a window"]
    if [line[:len(start)] for line, start in zip(found, expected)] != expected or len(found) != len(expected):
        failures.append(f"in the tree: {found}")
    for statement, why in BAD.items():
        found = check_text("core/a.cpp", f"Task<void> f()\n{{\n    {statement}\n}}\n")
        if len(found) != 1 or not found[0].startswith("core/a.cpp:3: " + why):
            failures.append(f"{statement}: {found}")
    for failure in failures:
        print(failure)
    return 1 if failures else 0


def main():
    return self_test() if sys.argv[1] == "--self-test" else report(check(pathlib.Path(sys.argv[1])))


if __name__ == "__main__":
    sys.exit(main())
