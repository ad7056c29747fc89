// SPDX-License-Identifier: Apache-2.0
#include "practice/pebble_configuration.h"

#include <QHostAddress>
#include <QJsonArray>
#include <QTcpServer>
#include <QUdpSocket>

#include <array>

namespace practice {
namespace {

using namespace Qt::StringLiterals;

QString onLoopback(quint16 port)
{
    return u"127.0.0.1:%1"_s.arg(port);
}

QJsonObject keysJson(const QMap<QString, QString>& keys)
{
    QJsonObject json;
    for (auto key = keys.cbegin(); key != keys.cend(); ++key)
        json.insert(key.key(), key.value());
    return json;
}

QMap<QString, PebbleProfile> profilesOf(const PebbleOptions& options)
{
    if (!options.profiles.isEmpty() || !options.certificateValiditySeconds)
        return options.profiles;
    return {{u"default"_s, {u"The default profile"_s, *options.certificateValiditySeconds}}};
}

QJsonObject profilesJson(const QMap<QString, PebbleProfile>& profiles)
{
    QJsonObject json;
    for (auto profile = profiles.cbegin(); profile != profiles.cend(); ++profile)
        json.insert(
            profile.key(),
            QJsonObject {{u"description"_s, profile->description}, {u"validityPeriod"_s, profile->validitySeconds}});
    return json;
}

QJsonObject retryAfterJson(const PebbleOptions& options)
{
    QJsonObject json;
    if (options.retryAfterAuthorization)
        json.insert(u"authz"_s, *options.retryAfterAuthorization);
    if (options.retryAfterOrder)
        json.insert(u"order"_s, *options.retryAfterOrder);
    return json;
}

/// Whether the port that `server` holds is free for datagrams too, as DNS needs it.
bool isFreeForDatagrams(const QTcpServer& server)
{
    QUdpSocket socket;
    return socket.bind(QHostAddress::LocalHost, server.serverPort());
}

} // namespace

QJsonObject pebbleConfiguration(const PebbleOptions& options, const PebblePorts& ports, const PracticeTls& tls)
{
    QJsonObject pebble {
        {u"listenAddress"_s, onLoopback(ports.directory)},
        {u"managementListenAddress"_s, onLoopback(ports.management)},
        {u"certificate"_s, tls.certificateFile},
        {u"privateKey"_s, tls.keyFile},
        {u"httpPort"_s, ports.http},
        {u"tlsPort"_s, ports.tls},
        {u"ocspResponderURL"_s, QString()},
        {u"externalAccountBindingRequired"_s, options.eabRequired},
        {u"externalAccountMACKeys"_s, keysJson(options.eabKeys)},
        {u"domainBlocklist"_s, QJsonArray::fromStringList(options.blocklist)},
        {u"retryAfter"_s, retryAfterJson(options)},
    };
    if (const auto profiles = profilesOf(options); !profiles.isEmpty())
        pebble.insert(u"profiles"_s, profilesJson(profiles));
    if (options.certificateValiditySeconds)
        pebble.insert(u"certificateValidityPeriod"_s, *options.certificateValiditySeconds);
    return {{u"pebble"_s, pebble}};
}

QProcessEnvironment pebbleEnvironment(const PebbleOptions& options, QProcessEnvironment inherited)
{
    inherited.insert(u"PEBBLE_WFE_NONCEREJECT"_s, QString::number(options.nonceReject));
    inherited.insert(u"PEBBLE_AUTHZREUSE"_s, QString::number(options.authzReuse));
    inherited.insert(u"PEBBLE_ALTERNATE_ROOTS"_s, QString::number(options.alternateRoots));
    inherited.insert(u"PEBBLE_CHAIN_LENGTH"_s, QString::number(options.chainLength));
    inherited.remove(u"PEBBLE_VA_NOSLEEP"_s);
    if (options.noSleep)
        inherited.insert(u"PEBBLE_VA_NOSLEEP"_s, u"1"_s);
    for (const QString& variable : options.extraEnvironment)
        inherited.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    return inherited;
}

PebblePorts freePorts(const PebbleOptions& options)
{
    constexpr int attempts = 100;
    std::array<QTcpServer, 6> servers; // all at once, so that they differ
    for (QTcpServer& server : servers) {
        server.listen(QHostAddress::LocalHost);
        for (int attempt = 1; attempt < attempts && !isFreeForDatagrams(server); ++attempt) {
            server.close();
            server.listen(QHostAddress::LocalHost);
        }
    }
    return {options.port ? options.port : servers[0].serverPort(),
            servers[1].serverPort(),
            options.httpPort ? options.httpPort : servers[2].serverPort(),
            options.tlsPort ? options.tlsPort : servers[3].serverPort(),
            servers[4].serverPort(),
            servers[5].serverPort()};
}

} // namespace practice
