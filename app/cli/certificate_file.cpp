// SPDX-License-Identifier: Apache-2.0
#include "app/cli/certificate_file.h"

#include "app/cli/passphrase.h"
#include "base/platform.h"
#include "crypto/pkcs12.h"
#include "crypto/pkcs7.h"

namespace cli {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using crypto::Certificate;
using crypto::CertificateChain;

constexpr qint64 fileLimit = 4 * 1024 * 1024;

CertificateChain chainOf(QList<Certificate> certificates)
{
    Certificate leaf = certificates.takeFirst();
    return {std::move(leaf), std::move(certificates)};
}

Result<CertificateChain> fromPkcs12(const QByteArray& bytes, const QString& passwordFile)
{
    auto password = secretFromFile(passwordFile, u"password-file"_s);
    if (!password)
        return base::failed(std::move(password).error());
    auto contents = crypto::readPkcs12(bytes, *password);
    if (!contents)
        return base::failed(std::move(contents).error());
    QList<Certificate> certificates = contents->others;
    if (contents->certificate)
        certificates.prepend(*contents->certificate);
    if (certificates.isEmpty())
        return base::failed(base::ErrorCode::InvalidInput, u"the file holds no certificate"_s);
    return chainOf(certificates);
}

Result<CertificateChain> fromPlainFile(const QByteArray& bytes)
{
    if (auto certificate = Certificate::fromDer(bytes))
        return CertificateChain {*std::move(certificate), {}};
    if (auto certificates = crypto::certificatesFromPkcs7(bytes))
        return chainOf(*std::move(certificates));
    auto certificates = crypto::certificatesFromPem(bytes);
    if (!certificates)
        return base::failed(base::ErrorCode::InvalidInput,
                            u"no certificate in PEM, DER or PKCS#7; for PKCS#12 give --password-file"_s);
    return chainOf(*std::move(certificates));
}

} // namespace

Result<CertificateChain> chainFromFile(const QString& path, const QString& passwordFile)
{
    auto bytes = base::platform::readFile(path, fileLimit);
    if (!bytes)
        return base::failed(std::move(bytes).error());
    auto chain = passwordFile.isEmpty() ? fromPlainFile(*bytes) : fromPkcs12(*bytes, passwordFile);
    base::wipe(*bytes); // the file may hold a private key too
    if (!chain)
        return base::failed(std::move(chain), u"reading "_s + path);
    return chain;
}

} // namespace cli
