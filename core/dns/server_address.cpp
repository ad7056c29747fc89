// SPDX-License-Identifier: Apache-2.0
#include "dns/server_address.h"

#include <QFile>
#include <QHostAddress>
#include <QRegularExpression>

namespace dns {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 longestConfiguration = 64 * 1024;

struct Split {
    QString host;
    QString port;
};

Split split(const QString& text)
{
    static const QRegularExpression bracketed(u"^\\[([^\\]]+)\\](?::(.*))?$"_s);
    if (const auto match = bracketed.match(text); match.hasMatch())
        return {match.captured(1), match.captured(2)};
    if (text.count(u':') == 1)
        return {text.section(u':', 0, 0), text.section(u':', 1)};
    return {text, {}};
}

bool isHost(const QString& host)
{
    static const QRegularExpression name(u"^(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?"
                                         "(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*\\.?$"_s);
    return !QHostAddress(host).isNull() || name.match(host).hasMatch();
}

} // namespace

base::Result<ServerAddress> ServerAddress::parse(const QString& text)
{
    const Split parts = split(text.trimmed());
    ServerAddress address {parts.host};
    bool isPort = true;
    if (!parts.port.isNull() && text.contains(u':') && !parts.port.isEmpty())
        address.port = parts.port.toUShort(&isPort);
    if (!isHost(parts.host) || !isPort || address.port == 0 || text.trimmed().endsWith(u':'))
        return base::invalid(u"server"_s,
                             u"\"%1\" is no DNS server: write HOST or HOST:PORT, for example 192.0.2.53, "
                             "[2001:db8::53]:53 or ns1.corp.example:53"_s.arg(text.trimmed().left(100)));
    return address;
}

QString ServerAddress::toString() const
{
    return (host.contains(u':') ? u"[%1]:%2"_s : u"%1:%2"_s).arg(host).arg(port);
}

QList<ServerAddress> systemServers(const QString& resolvConf)
{
    static const QRegularExpression line(u"^[ \\t]*nameserver[ \\t]+(\\S+)"_s);
    QList<ServerAddress> servers;
    QFile file(resolvConf);
    if (file.open(QIODevice::ReadOnly))
        for (const QString& text : QString::fromUtf8(file.read(longestConfiguration)).split(u'\n'))
            if (const auto match = line.match(text); match.hasMatch() && !QHostAddress(match.captured(1)).isNull())
                servers.append({match.captured(1)});
    if (servers.isEmpty())
        servers.append({u"127.0.0.1"_s});
    return servers;
}

} // namespace dns
