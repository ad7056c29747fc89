// SPDX-License-Identifier: Apache-2.0
#include "challenge/ssh_host.h"

#include <QRegularExpression>

namespace challenge {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longest = 255; // characters

} // namespace

base::Result<SshHost> SshHost::parse(const QString& text)
{
    // no leading "-", no blank, quote or wildcard; a bare IPv6 address has two colons or more, and so no port
    static const QRegularExpression shape(
        uR"(\A(?:(?<user>[A-Za-z0-9_][A-Za-z0-9._+-]*)@)?)"
        uR"((?:(?<host>[A-Za-z0-9_][A-Za-z0-9._-]*)(?::(?<port>[0-9]{1,5}))?)"
        uR"(|(?<bare>[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)"
        uR"()|\[(?<boxed>[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)\](?::(?<boxedPort>[0-9]{1,5}))?)\z)"_s);
    const auto match = shape.match(text.trimmed());
    const QString port = match.captured(u"port"_s) + match.captured(u"boxedPort"_s);
    bool ok = true;
    const uint number = port.isEmpty() ? 0 : port.toUInt(&ok);
    if (text.size() > longest || !match.hasMatch() || !ok || number > 65535 || (number == 0 && !port.isEmpty()))
        return base::invalid(u"webrootHost"_s,
                             u"\"%1\" is no host for ssh: give [user@]host[:port], where host is a name, an address or "
                             "an alias of ssh's configuration"_s.arg(text.left(100)));
    return SshHost {match.captured(u"user"_s),
                    match.captured(u"host"_s) + match.captured(u"bare"_s) + match.captured(u"boxed"_s),
                    static_cast<quint16>(number)};
}

QString SshHost::hostInBrackets() const
{
    const QString boxed = host.contains(u':') ? u'[' + host + u']' : host;
    return user.isEmpty() ? boxed : user + u'@' + boxed;
}

QString SshHost::toString() const
{
    return port == 0 ? hostInBrackets() : u"%1:%2"_s.arg(hostInBrackets()).arg(port);
}

QStringList SshHost::sftpArguments() const
{
    QStringList arguments;
    if (port != 0)
        arguments << u"-P"_s << QString::number(port);
    return arguments << u"--"_s << hostInBrackets();
}

QStringList SshHost::sshArguments() const
{
    QStringList arguments;
    if (port != 0)
        arguments << u"-p"_s << QString::number(port);
    return arguments << u"--"_s << (user.isEmpty() ? host : user + u'@' + host);
}

QStringList SshSettings::arguments() const
{
    QStringList all;
    // A connection of its own: one that is shared may have been opened without looking at the host key.
    for (const QString& option :
         {u"BatchMode=yes"_s, u"StrictHostKeyChecking=yes"_s, u"VerifyHostKeyDNS=no"_s, u"UpdateHostKeys=no"_s,
          u"NoHostAuthenticationForLocalhost=no"_s, u"ControlMaster=no"_s, u"ControlPath=none"_s,
          u"RemoteCommand=none"_s, u"LogLevel=ERROR"_s, u"ServerAliveInterval=15"_s, u"ConnectionAttempts=1"_s,
          u"ConnectTimeout=%1"_s.arg(connecting.count())})
        all << u"-o"_s << option;
    if (!configFile.isEmpty())
        all << u"-F"_s << configFile;
    return all;
}

} // namespace challenge
