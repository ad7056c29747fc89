// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace crypto {

/// Frees what OpenSSL allocated; takes no room in the pointer.
template <auto Free>
struct Freeing {
    template <class T>
    void operator()(T* object) const noexcept
    {
        Free(object);
    }
};

inline void freeX509Stack(STACK_OF(X509) * stack)
{
    sk_X509_pop_free(stack, X509_free);
}

inline void freeExtensionStack(STACK_OF(X509_EXTENSION) * stack)
{
    sk_X509_EXTENSION_pop_free(stack, X509_EXTENSION_free);
}

using AuthorityKeyIdPtr = std::unique_ptr<AUTHORITY_KEYID, Freeing<AUTHORITY_KEYID_free>>;
using BasicConstraintsPtr = std::unique_ptr<BASIC_CONSTRAINTS, Freeing<BASIC_CONSTRAINTS_free>>;
using BignumPtr = std::unique_ptr<BIGNUM, Freeing<BN_clear_free>>;
using BioPtr = std::unique_ptr<BIO, Freeing<BIO_free_all>>;
using CipherContextPtr = std::unique_ptr<EVP_CIPHER_CTX, Freeing<EVP_CIPHER_CTX_free>>;
using CrlPointsPtr = std::unique_ptr<CRL_DIST_POINTS, Freeing<CRL_DIST_POINTS_free>>;
using EcdsaSignaturePtr = std::unique_ptr<ECDSA_SIG, Freeing<ECDSA_SIG_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Freeing<X509_EXTENSION_free>>;
using ExtensionStackPtr = std::unique_ptr<STACK_OF(X509_EXTENSION), Freeing<freeExtensionStack>>;
using GeneralNamesPtr = std::unique_ptr<GENERAL_NAMES, Freeing<GENERAL_NAMES_free>>;
using InformationAccessPtr = std::unique_ptr<AUTHORITY_INFO_ACCESS, Freeing<AUTHORITY_INFO_ACCESS_free>>;
using KdfContextPtr = std::unique_ptr<EVP_KDF_CTX, Freeing<EVP_KDF_CTX_free>>;
using MdContextPtr = std::unique_ptr<EVP_MD_CTX, Freeing<EVP_MD_CTX_free>>;
using ObjectPtr = std::unique_ptr<ASN1_OBJECT, Freeing<ASN1_OBJECT_free>>;
using OctetStringPtr = std::unique_ptr<ASN1_OCTET_STRING, Freeing<ASN1_OCTET_STRING_free>>;
using Pkcs7Ptr = std::unique_ptr<PKCS7, Freeing<PKCS7_free>>;
using Pkcs8Ptr = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Freeing<PKCS8_PRIV_KEY_INFO_free>>;
using Pkcs12Ptr = std::unique_ptr<PKCS12, Freeing<PKCS12_free>>;
using PkeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, Freeing<EVP_PKEY_CTX_free>>;
using PkeyPtr = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using RequestPtr = std::unique_ptr<X509_REQ, Freeing<X509_REQ_free>>;
using SealedPkcs8Ptr = std::unique_ptr<X509_SIG, Freeing<X509_SIG_free>>;
using StoreContextPtr = std::unique_ptr<X509_STORE_CTX, Freeing<X509_STORE_CTX_free>>;
using StorePtr = std::unique_ptr<X509_STORE, Freeing<X509_STORE_free>>;
using X509Ptr = std::unique_ptr<X509, Freeing<X509_free>>;
using X509StackPtr = std::unique_ptr<STACK_OF(X509), Freeing<freeX509Stack>>;

} // namespace crypto
