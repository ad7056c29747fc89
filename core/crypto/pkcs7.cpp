// SPDX-License-Identifier: Apache-2.0
#include "crypto/pkcs7.h"

#include "crypto/certificate_handle.h"
#include "crypto/certificate_stack.h"
#include "crypto/openssl_bytes.h"
#include "crypto/openssl_error.h"
#include "crypto/pem.h"

namespace crypto {
namespace {

using namespace Qt::StringLiterals;

base::Result<QByteArray> derForm(QByteArrayView file)
{
    const auto blocks = decodePem(file);
    if (!blocks || blocks->isEmpty())
        return file.toByteArray();
    for (const PemBlock& block : *blocks)
        if (block.label == "PKCS7" || block.label == "CMS")
            return block.der;
    return base::failed(base::ErrorCode::InvalidInput, u"there is no PKCS#7 block in this text"_s);
}

} // namespace

base::Result<QByteArray> pkcs7(const CertificateChain& chain)
{
    const Pkcs7Ptr file(PKCS7_new());
    if (!file || PKCS7_set_type(file.get(), NID_pkcs7_signed) != 1)
        return opensslFailed(u"making a PKCS#7 file"_s);
    // RFC 5652 section 5.2: in the degenerate case the content is absent, its type is id-data.
    file->d.sign->contents->type = OBJ_nid2obj(NID_pkcs7_data);
    QList<Certificate> certificates {chain.leaf};
    certificates += chain.intermediates;
    for (const Certificate& certificate : certificates)
        if (PKCS7_add_certificate(file.get(), x509Of(certificate)) != 1)
            return opensslFailed(u"making a PKCS#7 file"_s);
    return derOf(i2d_PKCS7, static_cast<const PKCS7*>(file.get()));
}

base::Result<QList<Certificate>> certificatesFromPkcs7(QByteArrayView file)
{
    const auto der = derForm(file);
    if (!der)
        return base::failed(der.error());
    const auto read = readDer<Pkcs7Ptr>(d2i_PKCS7, *der);
    if (!read || !PKCS7_type_is_signed(read.get()) || !read->d.sign)
        return refused(base::ErrorCode::InvalidInput, u"this is no PKCS#7 file with certificates"_s);
    auto certificates = certificatesOf(read->d.sign->cert);
    if (certificates && certificates->isEmpty())
        return base::failed(base::ErrorCode::InvalidInput, u"the PKCS#7 file holds no certificate"_s);
    return certificates;
}

} // namespace crypto
