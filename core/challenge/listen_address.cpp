// SPDX-License-Identifier: Apache-2.0
#include "challenge/listen_address.h"

#include <optional>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;

std::optional<QHostAddress> parseHost(QStringView host)
{
    if (host.isEmpty() || host == u"*")
        return QHostAddress(QHostAddress::Any);
    if (host == u"localhost")
        return QHostAddress(QHostAddress::LocalHost);
    const bool bracketed = host.startsWith(u'[') && host.endsWith(u']');
    if (bracketed)
        host = host.sliced(1).chopped(1);
    const QHostAddress address(host.toString());
    const bool isIpv6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    if (address.isNull() || isIpv6 != bracketed)
        return std::nullopt;
    return address;
}

QString hostText(const QHostAddress& address)
{
    if (address == QHostAddress(QHostAddress::Any))
        return u"*"_s;
    if (address.protocol() == QAbstractSocket::IPv6Protocol)
        return u"[%1]"_s.arg(address.toString());
    return address.toString();
}

} // namespace

base::Result<ListenAddress> ListenAddress::parse(const QString& text)
{
    const QString trimmed = text.trimmed();
    const qsizetype colon = trimmed.lastIndexOf(u':');
    const QStringView digits = QStringView(trimmed).sliced(colon + 1);
    const auto host = parseHost(QStringView(trimmed).first(qMax(colon, 0)));
    bool isNumber = false;
    const quint16 port = digits.toUShort(&isNumber);
    if (colon < 0 || !host || !isNumber || port == 0)
        return base::invalid(u"listenAddress"_s,
                             u"\"%1\" is no address to listen on: write ADDRESS:PORT, for example 192.0.2.1:80, "
                             "[2001:db8::1]:80 or *:80"_s.arg(trimmed.left(100)));
    return ListenAddress {*host, port};
}

QString ListenAddress::toString() const
{
    return u"%1:%2"_s.arg(hostText(address), QString::number(port));
}

} // namespace challenge
