// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/secret.h"
#include "crypto/openssl_ptr.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <limits>

namespace crypto {

inline const unsigned char* bytesOf(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char*>(view.data());
}

inline unsigned char* bytesOf(QByteArray& bytes)
{
    return reinterpret_cast<unsigned char*>(bytes.data());
}

inline std::size_t lengthOf(QByteArrayView view)
{
    return static_cast<std::size_t>(view.size());
}

/// A buffer for bytes that must not be seen while OpenSSL writes them.
class SecretBuffer {
public:
    explicit SecretBuffer(qsizetype size)
        : m_bytes(size, Qt::Uninitialized)
    {
    }
    ~SecretBuffer() { base::wipe(m_bytes); }
    Q_DISABLE_COPY_MOVE(SecretBuffer)

    unsigned char* data() { return bytesOf(m_bytes); }
    QByteArrayView first(qsizetype size) const { return QByteArrayView(m_bytes).first(size); }
    base::Secret secret() const { return base::Secret(m_bytes); }

private:
    QByteArray m_bytes;
};

/// A secret with a zero byte behind it, for functions that want C strings.
class TerminatedSecret {
public:
    explicit TerminatedSecret(const base::Secret& secret)
        : m_text(secret.view().data(), secret.size())
    {
    }
    ~TerminatedSecret() { base::wipe(m_text); }
    Q_DISABLE_COPY_MOVE(TerminatedSecret)

    const char* data() const { return m_text.constData(); }

private:
    QByteArray m_text;
};

/// The DER encoding by one of the i2d functions; empty where it fails.
template <class T>
QByteArray derOf(int (*encode)(const T*, unsigned char**), const T* object)
{
    const int length = encode(object, nullptr);
    if (length <= 0)
        return QByteArray();
    QByteArray der(length, Qt::Uninitialized);
    unsigned char* end = bytesOf(der);
    encode(object, &end);
    return der;
}

/// An object read by one of the d2i functions; null where `der` is none, or has bytes behind it.
template <class Pointer, class T>
Pointer readDer(T* (*decode)(T**, const unsigned char**, long), QByteArrayView der)
{
    if (der.size() > std::numeric_limits<int>::max())
        return Pointer();
    const unsigned char* end = bytesOf(der);
    Pointer object(decode(nullptr, &end, static_cast<long>(der.size())));
    return end == bytesOf(der) + der.size() ? std::move(object) : Pointer();
}

/// A source over bytes that outlive it.
inline BioPtr readingBio(QByteArrayView bytes)
{
    return BioPtr(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

/// What was written to a memory BIO, valid as long as that is.
inline QByteArrayView writtenTo(BIO* bio)
{
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio, &data);
    return QByteArrayView(data, length);
}

inline QByteArray bytesOf(const ASN1_STRING* string)
{
    return QByteArray(reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)), ASN1_STRING_length(string));
}

} // namespace crypto
