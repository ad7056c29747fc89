// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/external_request.h"

#include "crypto/certificate_request.h"

#include <algorithm>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;

constexpr int fewestRsaBits = 2048;
constexpr int fewestCurveBits = 256;

const QString field = u"csr"_s;

bool isStrongEnough(const crypto::PublicKey& key)
{
    const bool rsa = key.description().startsWith(u"RSA"_s);
    return key.bits() >= (rsa ? fewestRsaBits : fewestCurveBits) || key.type().has_value();
}

} // namespace

Result<ExternalRequest> readExternalRequest(QByteArrayView pemOrDer)
{
    const bool isPem = pemOrDer.toByteArray().contains("-----BEGIN");
    const auto request =
        isPem ? crypto::CertificateRequest::fromPem(pemOrDer) : crypto::CertificateRequest::fromDer(pemOrDer);
    if (!request)
        return base::failed(base::Error(request.error()).about(field));
    if (request->names().isEmpty())
        return base::invalid(field, u"the certificate request names nothing: neither in subjectAltName nor as CN"_s);
    const crypto::PublicKey& key = request->publicKey();
    if (!isStrongEnough(key))
        return base::invalid(field, u"the key of the certificate request is too weak: %1"_s.arg(key.description()));
    return ExternalRequest {request->der(), request->names(), key.description()};
}

bool sameNames(const QList<base::Identifier>& left, const QList<base::Identifier>& right)
{
    const auto sorted = [](const QList<base::Identifier>& names) {
        QStringList values = base::identifierValues(names);
        for (QString& value : values)
            value = value.toLower();
        values.removeDuplicates();
        values.sort();
        return values;
    };
    return sorted(left) == sorted(right);
}

} // namespace lifecycle
