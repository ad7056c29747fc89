#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes every file of this folder anew with the openssl command (3.0); the password is "correct horse" throughout.
set -eu
cd "$(dirname "$0")"
printf 'correct horse' > password.txt

openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec-p256.pem
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out ec-p384.pem
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out ec-p521.pem
openssl genpkey -algorithm ED25519 -out ed25519.pem
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa-2048.pem
openssl ec -in ec-p256.pem -out ec-p256-sec1.pem
openssl ec -in ec-p256.pem -conv_form compressed -pubout -outform DER -out ec-p256-compressed.spki
openssl rsa -in rsa-2048.pem -traditional -out rsa-2048-pkcs1.pem
openssl pkcs8 -topk8 -v2 aes-256-cbc -in ec-p256.pem -passout file:password.txt -out ec-p256-encrypted.pem
openssl ec -aes256 -in ec-p256.pem -passout file:password.txt -out ec-p256-sec1-encrypted.pem

openssl req -x509 -new -key rsa-2048.pem -subj '/C=CH/O=Prüfstelle/CN=Test Root' -utf8 -days 36500 \
    -addext keyUsage=critical,keyCertSign,cRLSign -out root.pem
openssl req -new -key ec-p384.pem -subj '/CN=Test Intermediate' -out intermediate.csr
openssl x509 -req -in intermediate.csr -CA root.pem -CAkey rsa-2048.pem -days 36500 -set_serial 0x00ff12 \
    -extfile extensions.cnf -extensions intermediate -out intermediate.pem
openssl req -new -key ec-p256.pem -config request.cnf -out leaf.csr
openssl req -in leaf.csr -outform DER -out leaf.csr.der
openssl x509 -req -in leaf.csr -CA intermediate.pem -CAkey ec-p384.pem -days 36500 -set_serial 0x8000000000000001 \
    -extfile extensions.cnf -extensions leaf -out leaf.pem
{ echo 'Subject: the leaf'; cat leaf.pem; echo 'issuer: the intermediate'; cat intermediate.pem; } > chain.pem
rm intermediate.csr

openssl pkcs12 -export -inkey ec-p256.pem -in leaf.pem -certfile intermediate.pem -name 'a friendly näme' \
    -passout file:password.txt -out modern.p12
openssl pkcs12 -export -legacy -inkey ec-p256.pem -in leaf.pem -certfile intermediate.pem -name old \
    -passout file:password.txt -out rc2.p12
openssl pkcs12 -export -inkey ec-p256.pem -in leaf.pem -passout pass: -out no-password.p12
openssl crl2pkcs7 -nocrl -certfile leaf.pem -certfile intermediate.pem -out chain.p7b
openssl crl2pkcs7 -nocrl -certfile leaf.pem -certfile intermediate.pem -outform DER -out chain.p7b.der
