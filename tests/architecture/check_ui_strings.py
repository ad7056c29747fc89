#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Names every text that a window shows without tr(), every number in a text whose English forms are missing, and every
tr() in core, which has no words for people.

usage: check_ui_strings.py ROOT     or     check_ui_strings.py --self-test
"""

import pathlib
import re
import sys
import tempfile
import xml.etree.ElementTree

from sources import line_of, report, sources, without_comments, write_tree

SHOWN = re.compile(
    r"\b(setText|setWindowTitle|setToolTip|setStatusTip|setPlaceholderText|setAccessibleName|setAccessibleDescription|"
    r"setTitle|setInformativeText|setHeaderLabels?|addAction|addMenu|addTab|addButton|addItem|showMessage|"
    r"QLabel|QPushButton|QToolButton|QCheckBox|QRadioButton|QGroupBox|QAction)\s*[({]\s*(?:QString\s*\(\s*)?"
    r"(?:u|u8|QStringLiteral\s*\(\s*)?\"(?!Sealwright\")[A-Z][^\"]*[a-z]{2,}")
COUNTED = re.compile(r"\btr\(((?:\s*\"(?:[^\"\\]|\\.)*\")+)")
PART = re.compile(r"\"((?:[^\"\\]|\\.)*)\"")
FORMS = "resources/translations/sealwright_en.ts"
TRANSLATED = re.compile(r"(?<![\w:.>])(tr|QObject::tr|QCoreApplication::translate)\s*\(")


def counted(root):
    """The texts with %n that have a form for one and a form for many."""
    messages = xml.etree.ElementTree.parse(root / FORMS).iter("message")
    return {message.findtext("source") for message in messages
            if all(form.text for form in message.iter("numerusform"))}


def check_counted(root):
    known = counted(root)
    for path in sources(root, "ui", "app/desktop"):
        text = without_comments((root / path).read_text())
        for match in COUNTED.finditer(text):
            source = "".join(PART.findall(match.group(1))).replace('\\"', '"')
            if "%n" in source and source not in known:
                yield f"{path.as_posix()}:{line_of(text, match.start())}: {FORMS} has no forms of “{source}”"


def check(root):
    violations = list(check_counted(root))
    for folders, pattern, why in ((("ui", "app/desktop"), SHOWN, "a text for people without tr()"),
                                  (("core",), TRANSLATED, "core has no words for people; return an error code")):
        for path in sources(root, *folders):
            text = without_comments((root / path).read_text())
            for match in pattern.finditer(text):
                violations.append(f"{path.as_posix()}:{line_of(text, match.start())}: {match.group(1)}: {why}")
    return violations


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        write_tree(root, {
            "ui/a.cpp": 'label->setText(u"Hello"_s);\nlabel->setText(tr("Hello"));\nlabel->setText(u"…"_s);\n'
                        'auto* b = new QPushButton("Close");\nlabel->setText(name);\n// setText("Hello")\n'
                        'tr("%n \\"file(s)\\" "\n   "gone", nullptr, 2);\ntr("%n order(s)", nullptr, 2);\n'
                        'tr("%n name(s)", nullptr, 2);\n',
            FORMS: "<TS><context><message numerus='yes'><source>%n order(s)</source><translation>"
                   "<numerusform>%n order</numerusform><numerusform>%n orders</numerusform></translation></message>"
                   "<message numerus='yes'><source>%n name(s)</source><translation type='unfinished'>"
                   "<numerusform></numerusform></translation></message></context></TS>",
            "core/a.cpp": 'return tr("No");\nattr(1);\nx.tr(2);\n',
        })
        found = check(root)
    expected = ["ui/a.cpp:7: " + FORMS, "ui/a.cpp:10: " + FORMS, "ui/a.cpp:1: setText", "ui/a.cpp:4: QPushButton", "core/a.cpp:1: tr"]
    if [line[:len(start)] for line, start in zip(found, expected)] == expected and len(found) == len(expected):
        return 0
    print(found)
    return 1


def main():
    return self_test() if sys.argv[1] == "--self-test" else report(check(pathlib.Path(sys.argv[1])))


if __name__ == "__main__":
    sys.exit(main())
