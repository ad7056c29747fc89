// SPDX-License-Identifier: Apache-2.0
#include "challenge/tls_alpn01_rules.h"

#include "crypto/digest.h"

#include <QHostAddress>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;

/// RFC 1035 section 3.5.
QString reverseIpv4(quint32 address)
{
    QString name;
    for (int octet = 0; octet < 4; ++octet, address >>= 8)
        name += QString::number(address & 0xff) + u'.';
    return name + u"in-addr.arpa"_s;
}

/// RFC 3596 section 2.5.
QString reverseIpv6(const Q_IPV6ADDR& address)
{
    QString name;
    for (int octet = 15; octet >= 0; --octet)
        name += u"%1.%2."_s.arg(address[octet] & 0xf, 0, 16).arg(address[octet] >> 4, 0, 16);
    return name + u"ip6.arpa"_s;
}

} // namespace

QString tlsAlpn01ServerName(const base::Identifier& identifier)
{
    if (identifier.type() == base::Identifier::Type::Dns)
        return identifier.value();
    const QHostAddress address(identifier.value());
    return address.protocol() == QAbstractSocket::IPv4Protocol ? reverseIpv4(address.toIPv4Address())
                                                               : reverseIpv6(address.toIPv6Address());
}

Expectation tlsAlpn01Expectation(const Answer& answer)
{
    const QString name = answer.identifier.value();
    const QString host = name.contains(u':') ? u'[' + name + u']' : name;
    const QByteArray digest = crypto::digest(crypto::DigestAlgorithm::Sha256, answer.keyAuthorization.toUtf8());
    return {u"%1:443, TLS with acme-tls/1 for the server name %2"_s.arg(host, tlsAlpn01ServerName(answer.identifier)),
            QString::fromLatin1(digest.toHex())};
}

} // namespace challenge
