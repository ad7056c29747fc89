// SPDX-License-Identifier: Apache-2.0
#include "crypto/subject_alternative_names.h"

#include "crypto/openssl_bytes.h"

#include <QHostAddress>
#include <QtEndian>

namespace crypto {
namespace {

QByteArray addressBytes(const QString& text)
{
    const QHostAddress address(text);
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        QByteArray bytes(4, Qt::Uninitialized);
        qToBigEndian(address.toIPv4Address(), bytes.data());
        return bytes;
    }
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    return QByteArray(reinterpret_cast<const char*>(bytes.c), sizeof bytes.c);
}

QString addressText(const QByteArray& bytes)
{
    if (bytes.size() == 4)
        return QHostAddress(qFromBigEndian<quint32>(bytes.constData())).toString();
    return QHostAddress(reinterpret_cast<const quint8*>(bytes.constData())).toString();
}

void append(GENERAL_NAMES* names, const base::Identifier& identifier)
{
    const bool isAddress = identifier.type() == base::Identifier::Type::Ip;
    const QByteArray value = isAddress ? addressBytes(identifier.value()) : identifier.value().toLatin1();
    ASN1_STRING* const string = ASN1_STRING_type_new(isAddress ? V_ASN1_OCTET_STRING : V_ASN1_IA5STRING);
    ASN1_STRING_set(string, value.constData(), static_cast<int>(value.size()));
    GENERAL_NAME* const name = GENERAL_NAME_new();
    GENERAL_NAME_set0_value(name, isAddress ? GEN_IPADD : GEN_DNS, string);
    sk_GENERAL_NAME_push(names, name);
}

/// The bytes of every name of one kind.
QList<QByteArray> valuesOf(const GENERAL_NAMES* names, int kind)
{
    QList<QByteArray> values;
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names); ++i) {
        int type = 0;
        const auto* value =
            static_cast<const ASN1_STRING*>(GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, i), &type));
        if (type == kind)
            values.append(bytesOf(value));
    }
    return values;
}

QStringList textsOf(const GENERAL_NAMES* names, int kind)
{
    QStringList texts;
    for (const QByteArray& value : valuesOf(names, kind))
        texts.append(QString::fromLatin1(value));
    return texts;
}

} // namespace

GeneralNamesPtr generalNames(const QList<base::Identifier>& identifiers)
{
    GeneralNamesPtr names(GENERAL_NAMES_new());
    for (const base::Identifier& identifier : identifiers)
        append(names.get(), identifier);
    return names;
}

QStringList dnsNamesOf(const GENERAL_NAMES* names)
{
    return textsOf(names, GEN_DNS);
}

QStringList ipAddressesOf(const GENERAL_NAMES* names)
{
    QStringList texts;
    for (const QByteArray& value : valuesOf(names, GEN_IPADD))
        if (value.size() == 4 || value.size() == 16)
            texts.append(addressText(value));
    return texts;
}

QStringList urisOf(const GENERAL_NAMES* names)
{
    return textsOf(names, GEN_URI);
}

} // namespace crypto
