// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate_request.h"

#include "crypto/distinguished_name.h"
#include "crypto/key_handle.h"
#include "crypto/openssl_bytes.h"
#include "crypto/openssl_error.h"
#include "crypto/pem.h"
#include "crypto/subject_alternative_names.h"

#include <utility>

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

tl::unexpected<base::Error> noRequest(const QString& detail)
{
    return refused(base::ErrorCode::InvalidInput, detail);
}

QStringList requestedNames(X509_REQ* request)
{
    const ExtensionStackPtr extensions(X509_REQ_get_extensions(request));
    const GeneralNamesPtr names(
        static_cast<GENERAL_NAMES*>(X509V3_get_d2i(extensions.get(), NID_subject_alt_name, nullptr, nullptr)));
    QStringList texts = dnsNamesOf(names.get()) + ipAddressesOf(names.get());
    const QString common = lastPart(X509_REQ_get_subject_name(request), NID_commonName);
    if (!common.isEmpty() && !texts.contains(common, Qt::CaseInsensitive))
        texts.prepend(common);
    return texts;
}

bool addNames(X509_REQ* request, const QList<base::Identifier>& names)
{
    const ExtensionStackPtr extensions(sk_X509_EXTENSION_new_null());
    ExtensionPtr extension = subjectAlternativeName(names);
    if (!extension)
        return false;
    sk_X509_EXTENSION_push(extensions.get(), extension.release());
    return X509_REQ_add_extensions(request, extensions.get()) == 1;
}

} // namespace

base::Result<QByteArray> certificateRequestDer(const PrivateKey& key, const QList<base::Identifier>& names)
{
    if (names.isEmpty())
        return base::failed(base::ErrorCode::InvalidInput, u"a certificate request needs a name"_s);
    EVP_PKEY* const handle = key.handle().key.get();
    const RequestPtr request(X509_REQ_new());
    if (!request || X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) != 1
        || X509_REQ_set_pubkey(request.get(), handle) != 1 || !addNames(request.get(), names)
        || X509_REQ_sign(request.get(), handle, signatureDigest(handle)) <= 0)
        return opensslFailed(u"making a certificate request"_s);
    return derOf(i2d_X509_REQ, request.get());
}

CertificateRequest::CertificateRequest(QByteArray der, PublicKey key, QList<base::Identifier> names)
    : m_der(std::move(der))
    , m_publicKey(std::move(key))
    , m_names(std::move(names))
{
}

base::Result<CertificateRequest> CertificateRequest::fromDer(QByteArrayView der)
{
    const auto request = readDer<RequestPtr>(d2i_X509_REQ, der);
    if (!request)
        return noRequest(u"this is no certificate request"_s);
    PkeyPtr handle(X509_REQ_get_pubkey(request.get()));
    if (!handle || X509_REQ_verify(request.get(), handle.get()) != 1)
        return noRequest(u"the certificate request is not signed by its own key"_s);
    auto names = base::parseIdentifiers(requestedNames(request.get()));
    if (!names)
        return base::failed(std::move(names), u"reading the names of the certificate request");
    auto key = wrapPublic(std::move(handle));
    if (!key)
        return base::failed(std::move(key).error());
    return CertificateRequest(der.toByteArray(), *std::move(key), *std::move(names));
}

base::Result<CertificateRequest> CertificateRequest::fromPem(QByteArrayView pem)
{
    const auto blocks = decodePem(pem);
    if (!blocks)
        return base::failed(blocks.error());
    for (const PemBlock& block : *blocks)
        if (block.label == "CERTIFICATE REQUEST" || block.label == "NEW CERTIFICATE REQUEST")
            return fromDer(block.der);
    return noRequest(u"there is no certificate request in this text"_s);
}

} // namespace crypto
