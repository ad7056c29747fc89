// SPDX-License-Identifier: Apache-2.0
#include "crypto/validation_certificate.h"

#include "crypto/der_writer.h"
#include "crypto/digest.h"

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

constexpr int daysBefore = 1; // clocks differ
constexpr int daysAfter = 6;

/// RFC 8737 section 3: "Authorization ::= OCTET STRING (SIZE (32))", and "MUST be critical so that the certificate
/// isn't inadvertently used by non-ACME software".
FurtherExtension acmeIdentifier(QByteArrayView keyAuthorization)
{
    return {"1.3.6.1.5.5.7.1.31"_ba, true,
            der::element(der::Tag::OctetString, digest(DigestAlgorithm::Sha256, keyAuthorization))};
}

} // namespace

base::Result<Identity> makeValidationCertificate(const base::Identifier& name, QByteArrayView keyAuthorization,
                                                 const QDateTime& now)
{
    auto key = PrivateKey::generate(KeyType::EcP256);
    if (!key)
        return base::failed(std::move(key).error());
    CertificateContent content {
        .key = key->publicKey(), .notBefore = now.addDays(-daysBefore), .notAfter = now.addDays(daysAfter)};
    content.names = {name};
    content.commonName = u"ACME validation"_s;
    content.further = {acmeIdentifier(keyAuthorization)};
    return selfSigned(*std::move(key), content);
}

} // namespace crypto
