// SPDX-License-Identifier: Apache-2.0
#include "crypto/distinguished_name.h"

#include "crypto/openssl_bytes.h"

namespace crypto {

QString distinguishedName(const X509_NAME* name)
{
    const BioPtr bio(BIO_new(BIO_s_mem()));
    // Names are shown in their own script, not escaped byte by byte.
    X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
    return QString::fromUtf8(writtenTo(bio.get()));
}

QString lastPart(const X509_NAME* name, int nid)
{
    int last = -1;
    for (int next = -1; (next = X509_NAME_get_index_by_NID(name, nid, next)) >= 0;)
        last = next;
    if (last < 0)
        return QString();
    const ASN1_STRING* const data = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, last));
    unsigned char* utf8 = nullptr;
    const int length = ASN1_STRING_to_UTF8(&utf8, data);
    if (length < 0)
        return QString();
    const QString text = QString::fromUtf8(reinterpret_cast<const char*>(utf8), length);
    OPENSSL_free(utf8);
    return text;
}

} // namespace crypto
