#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the certificates of this folder anew; needs the openssl command line.
set -eu
cd "$(dirname "$0")"

root() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout "$1.key" -out "$1.pem" \
        -days 36500 -subj "/CN=Test root" -addext keyUsage=critical,keyCertSign,cRLSign
}

leaf() {
    openssl req -new -key server.key -subj "/CN=$2" |
        openssl x509 -req -CA root-a.pem -CAkey root-a.key -days 36500 -out "$1.pem" -extfile extensions
}

root root-a
root root-b
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out server.key
printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' >extensions
leaf server localhost
printf 'subjectAltName=DNS:other.test\nextendedKeyUsage=serverAuth\n' >extensions
leaf other-name other.test
rm -f extensions root-a.key root-b.key ./*.srl
