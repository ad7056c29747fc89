// SPDX-License-Identifier: Apache-2.0
#include "challenge/challenge_commands.h"

#include "base/identifier.h"
#include "base/shell_command.h"
#include "challenge/tls_alpn01_rules.h"
#include "dns/record.h"
#include "dns/server_address.h"

#include <optional>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;
using base::shellCommand;

constexpr QStringView recordType = u" TXT";

// Redirects are followed, as an authority does, but never to anything that is not the web: the URL may be a server's.
QList<ShellCommand> http01Commands(const ShownChallenge& challenge)
{
    const QStringList words {u"curl"_s,          u"--silent"_s,    u"--show-error"_s, u"--fail"_s,
                             u"--location"_s,    u"--globoff"_s,   u"--proto"_s,      u"=http,https"_s,
                             u"--proto-redir"_s, u"=http,https"_s, u"--max-time"_s,   u"10"_s,
                             u"--write-out"_s,   u"\\n"_s,         u"--url"_s,        challenge.expectedAt};
    return {{u"curl"_s, shellCommand(words)}};
}

std::optional<dns::ServerAddress> serverOf(const ShownChallenge& challenge)
{
    const auto server = dns::ServerAddress::parse(challenge.dnsServer);
    return server ? std::optional(*server) : std::nullopt;
}

ShellCommand digCommand(const QString& record, const std::optional<dns::ServerAddress>& server)
{
    QStringList words {u"dig"_s};
    if (server)
        words += {u'@' + server->host, u"-p"_s, QString::number(server->port)};
    return {u"dig"_s, shellCommand(words + QStringList {u"-t"_s, u"TXT"_s, u"-q"_s, record, u"+short"_s})};
}

// Its lines are arguments of printf, so that no value can begin a line of its own.
ShellCommand nsupdateCommand(const QString& record, const QString& value,
                             const std::optional<dns::ServerAddress>& server)
{
    QStringList words {u"printf"_s, u"%s\\n"_s};
    if (server)
        words += u"server %1 %2"_s.arg(server->host).arg(server->port);
    words += {u"update add %1. 60 IN TXT %2"_s.arg(record, dns::txtStrings(value.toUtf8())), u"send"_s};
    return {u"nsupdate"_s, shellCommand(words) + u" | nsupdate -k FILE"_s};
}

QList<ShellCommand> dnsCommands(const ShownChallenge& challenge)
{
    QString record = challenge.expectedAt;
    if (record.endsWith(recordType))
        record.chop(recordType.size());
    const auto server = serverOf(challenge);
    return {digCommand(record, server), nsupdateCommand(record, challenge.expectedValue, server)};
}

QList<ShellCommand> tlsAlpn01Commands(const ShownChallenge& challenge)
{
    const auto identifier = base::Identifier::parse(challenge.name);
    if (!identifier)
        return {};
    const QString name = identifier->value();
    const QString host = name.contains(u':') ? u'[' + name + u']' : name;
    const QStringList words {u"openssl"_s,     u"s_client"_s,    u"-connect"_s,
                             host + u":443"_s, u"-servername"_s, tlsAlpn01ServerName(*identifier),
                             u"-alpn"_s,       u"acme-tls/1"_s};
    return {{u"openssl"_s, shellCommand(words) + u" </dev/null | openssl x509 -noout -text"_s}};
}

} // namespace

QList<ShellCommand> challengeCommands(const ShownChallenge& challenge)
{
    if (challenge.challengeType == u"http-01" && !challenge.expectedAt.isEmpty())
        return http01Commands(challenge);
    if (challenge.challengeType == u"tls-alpn-01")
        return tlsAlpn01Commands(challenge);
    if (challenge.challengeType.startsWith(u"dns-"_s) && !challenge.expectedAt.isEmpty())
        return dnsCommands(challenge);
    return {};
}

} // namespace challenge
