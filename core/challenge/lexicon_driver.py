# SPDX-License-Identifier: Apache-2.0
"""Changes one TXT record with Lexicon.

Standard input: a line of JSON with provider, action (authenticate, create or delete), zone, name and content; below it
the credentials, `option = value`. Exit code 0, or 1 with a sentence on standard error that shows no credential.
"""
import functools
import json
import sys


def credentials(lines):
    options = {}
    for line in lines:
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        key, separator, value = line.partition("=")
        if not separator:
            raise ValueError("a line of the credentials is not OPTION = VALUE")
        options[key.strip().replace("-", "_")] = value.strip()
    return options


def execute(order, options):
    try:
        import tldextract
        # the zone is known: no list of suffixes is fetched for it
        tldextract.TLDExtract = functools.partial(tldextract.TLDExtract, suffix_list_urls=())
    except ImportError:
        pass
    try:
        from lexicon.client import Client
        from lexicon.config import ConfigResolver
    except ImportError:
        raise RuntimeError("this Python has no Lexicon")
    action = "list" if order["action"] == "authenticate" else order["action"]
    settings = {
        "provider_name": order["provider"],
        "action": action,
        "domain": order["zone"],
        "delegated": order["zone"],
        "type": "TXT",
        "name": order["name"],
        # some providers look for the domain among their own options
        order["provider"]: {"domain": order["zone"], **options},
    }
    if order["content"]:
        settings["content"] = order["content"]
    if action == "create":
        settings["ttl"] = 60
    client = Client(ConfigResolver().with_dict(settings))
    if order["action"] == "authenticate":
        client.provider.authenticate()
    elif client.execute() is False:
        raise RuntimeError("the provider did not change the record")


def main():
    options = {}
    try:
        order = json.loads(sys.stdin.readline())
        options = credentials(sys.stdin)
        execute(order, options)
    except BaseException as error:  # providers raise what they like
        words = "%s: %s" % (type(error).__name__, error)
        for value in options.values():
            for part in [value] + value.split(":"):
                if len(part) > 3:
                    words = words.replace(part, "***")
        sys.stderr.write(words[:2000] + "\n")
        sys.exit(1)


main()
