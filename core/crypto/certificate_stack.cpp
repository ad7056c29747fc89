// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate_stack.h"

#include "crypto/certificate_handle.h"

#include <utility>

namespace crypto {

using namespace Qt::StringLiterals;

X509StackPtr stackOf(const QList<Certificate>& certificates)
{
    X509StackPtr stack(sk_X509_new_null());
    for (const Certificate& certificate : certificates)
        if (X509* const x509 = x509Of(certificate))
            X509_add_cert(stack.get(), x509, X509_ADD_FLAG_UP_REF);
    return stack;
}

base::Result<QList<Certificate>> certificatesOf(const STACK_OF(X509) * stack)
{
    QList<Certificate> certificates;
    for (int i = 0; stack && i < sk_X509_num(stack); ++i) {
        X509* const x509 = sk_X509_value(stack, i);
        X509_up_ref(x509);
        auto certificate = wrapCertificate(X509Ptr(x509), u"reading a certificate"_s);
        if (!certificate)
            return base::failed(std::move(certificate).error());
        certificates.append(*std::move(certificate));
    }
    return certificates;
}

} // namespace crypto
