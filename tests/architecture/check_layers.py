#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Names every include that breaks an arrow of the architecture, and every use of something that has one home.

usage: check_layers.py ROOT [--qt-headers FOLDER]     or     check_layers.py --self-test
"""

import pathlib
import re
import sys
import tempfile

from sources import line_of, report, sources, without_comments, write_tree

# package → those it may include. Arrows are transitive; base and crypto are for everyone in core.
ARROWS = {
    "base": [],
    "crypto": [],
    "jose": [],
    "http": [],
    "dns": [],
    "acme": ["jose", "http"],
    "challenge": ["acme", "dns", "http"],
    "inspect": ["http"],
    "exchange": ["jose"],
    "deploy": ["exchange", "inspect"],
    "notify": ["http"],
    "practice": [],
    "lifecycle": ["acme", "challenge", "inspect", "exchange", "deploy", "notify"],
    "storage": ["lifecycle"],
}
CORE_FOR_ALL = {"crypto": ["base"], "base": []}
UI = ["lifecycle", "inspect", "exchange"]
# Headers of values that windows may show, from packages that they must not use otherwise.
VALUES_FOR_UI = re.compile(
    r"^(base/.*|crypto/(key_type|certificate|chain)\.h|acme/(authorization|challenge|directory|exchange|order|server_traits)\.h"
    r"|challenge/(challenge_commands|finding|proof_settings|listen_address)\.h)$")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)

# What only one place may do: (pattern, where it is allowed, why)
HOMES = [
    (re.compile(r"#[ \t]*include[ \t]*<openssl/"), re.compile(r"^core/crypto/"), "only core/crypto includes OpenSSL"),
    (re.compile(r"#[ \t]*include[ \t]*<ldns/"), re.compile(r"^core/dns/"), "only core/dns includes ldns"),
    (re.compile(r"#[ \t]*include[ \t]*<(qt6)?keychain"), re.compile(r"^core/storage/"),
     "only core/storage talks to the keyring"),
    (re.compile(r"#[ \t]*include[ \t]*<QSql"), re.compile(r"^core/storage/"), "SQL stays in core/storage"),
    (re.compile(r"\b(VerifyNone|QueryPeer|ignoreSslErrors)\b"),
     re.compile(r"^core/(inspect/served_certificate|http/root_fetch|challenge/http_fetch)\.cpp$"),
     "TLS is always verified; exempt are the probes that only look (inspect::servedCertificate(), "
     "challenge::fetchForProbe()) and the fetch of a root by its fingerprint (http::RootFetch)"),
    (re.compile(r"\bqcoro_enable_coroutines\b"), re.compile(r"^$"), "qcoro_enable_coroutines() breaks clang-tidy"),
]


def reachable(package):
    """Every package that `package` may include, itself too."""
    allowed = {package}
    waiting = [package]
    while waiting:
        for target in CORE_FOR_ALL.get(waiting[-1], ARROWS[waiting.pop()] + ["base", "crypto"]):
            if target not in allowed:
                allowed.add(target)
                waiting.append(target)
    return allowed


def package_of(path):
    parts = pathlib.PurePosixPath(path).parts
    return parts[1] if parts[0] == "core" else parts[0]


def included_package(include):
    first = pathlib.PurePosixPath(include).parts[0]
    return first if first in ARROWS or first in ("ui", "app") else None


def broken_arrow(path, include):
    """Why `path` may not include `include`; nothing when it may."""
    source, target = package_of(path), included_package(include)
    if target is None or source in (target, "app"):
        return None
    if source == "ui":
        fine = target in UI or VALUES_FOR_UI.match(include)
    else:
        fine = source in ARROWS and target in ARROWS and target in reachable(source)
    return None if fine else f"{source} → {target} is no arrow of the architecture"


def gui_headers(folder):
    """The headers of Qt Gui and Widgets, which core must not include."""
    names = set()
    for module in ("QtGui", "QtWidgets"):
        names |= {entry.name for entry in (pathlib.Path(folder) / module).iterdir()} if folder else set()
    return names


def check_file(root, path, gui):
    text = without_comments((root / path).read_text())
    name = path.as_posix()
    violations = []
    for match in INCLUDE.finditer(text):
        include = match.group(1) or match.group(2)
        where = f"{name}:{line_of(text, match.start(0))}: includes {include}"
        why = broken_arrow(name, include) if match.group(1) else None
        if why:
            violations.append(f"{where}: {why}")
        if name.startswith("core/") and (include in gui or include.startswith(("QtGui/", "QtWidgets/"))):
            violations.append(f"{where}: core has no Widgets and no Gui")
    for pattern, home, why in HOMES:
        for match in pattern.finditer(text):
            if not home.match(name):
                violations.append(f"{name}:{line_of(text, match.start())}: {match.group().strip()}: {why}")
    return violations


def check(root, qt_headers):
    gui = gui_headers(qt_headers)
    violations = []
    for path in sources(root, "core", "ui", "app"):
        violations += check_file(root, path, gui)
    return violations


def self_test():
    """A violation of every kind, and beside each what is allowed."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        write_tree(root, {
            "qt/QtGui/QFont": "", "qt/QtWidgets/QWidget": "",
            "core/base/a.h": '#include "crypto/pem.h"\n',
            "core/crypto/a.cpp": '#include "base/result.h"\n#include <openssl/evp.h>\n#include "jose/jwk.h"\n',
            "core/acme/a.cpp": '#include "jose/jws.h"\n#include "http/http_client.h"\n#include "lifecycle/order.h"\n',
            "core/jose/a.cpp": '#include <openssl/evp.h>\n',
            "core/lifecycle/a.cpp": '#include "acme/order.h"\n#include "storage/database.h"\n#include <QWidget>\n',
            "core/storage/a.cpp": '#include "lifecycle/order.h"\n#include "challenge/proof_settings.h"\n',
            "core/http/a.cpp": "socket.setPeerVerifyMode(QSslSocket::VerifyNone);\n",
            "core/inspect/served_certificate.cpp": "socket.setPeerVerifyMode(QSslSocket::QueryPeer);\n",
            "core/http/root_fetch.cpp": "tls.setPeerVerifyMode(QSslSocket::VerifyNone);\n",
            "core/challenge/http_fetch.cpp": "socket.setPeerVerifyMode(QSslSocket::VerifyNone);\n",
            "core/practice/a.cpp": '#include "crypto/pem.h"\n#include "http/http_client.h"\n',
            "core/challenge/a.cpp": "#include <ldns/ldns.h>\n// #include <openssl/evp.h>\n",
            "ui/a.cpp": '#include "lifecycle/certificate_manager.h"\n#include "challenge/proof_settings.h"\n'
                        '#include "acme/acme_client.h"\n#include "storage/database.h"\n#include <QWidget>\n',
            "app/a.cpp": '#include "storage/database.h"\n#include "ui/main_window.h"\n#include <QSqlQuery>\n',
        })
        found = check(root, root / "qt")
    expected = [
        "app/a.cpp:3: #include <QSql", "core/acme/a.cpp:3: includes lifecycle/order.h: acme → lifecycle",
        "core/base/a.h:1: includes crypto/pem.h: base → crypto", "core/challenge/a.cpp:1: #include <ldns/",
        "core/crypto/a.cpp:3: includes jose/jwk.h: crypto → jose", "core/http/a.cpp:1: VerifyNone",
        "core/jose/a.cpp:1: #include <openssl/", "core/lifecycle/a.cpp:2: includes storage/database.h: lifecycle → storage",
        "core/lifecycle/a.cpp:3: includes QWidget: core has no Widgets",
        "core/practice/a.cpp:2: includes http/http_client.h: practice → http",
        "ui/a.cpp:3: includes acme/acme_client.h: ui → acme", "ui/a.cpp:4: includes storage/database.h: ui → storage",
    ]
    missed = [line for line in expected if not any(each.startswith(line) for each in found)]
    surplus = [each for each in found if not any(each.startswith(line) for line in expected)]
    for line in missed:
        print("not found:", line)
    for line in surplus:
        print("found without reason:", line)
    return 1 if missed or surplus else 0


def main():
    if sys.argv[1] == "--self-test":
        return self_test()
    qt_headers = sys.argv[3] if len(sys.argv) > 3 and sys.argv[2] == "--qt-headers" else None
    return report(check(pathlib.Path(sys.argv[1]), qt_headers))


if __name__ == "__main__":
    sys.exit(main())
