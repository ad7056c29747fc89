// SPDX-License-Identifier: Apache-2.0
#include "benchmark/servers.h"

#include "base/platform.h"

namespace benchmark {
namespace {

using namespace Qt::StringLiterals;

constexpr int addressesInBlock = 250;

support::RunningPebble startPebble(const QString& dnsServer)
{
    practice::PebbleOptions options;
    options.nonceReject = 0;
    options.authzReuse = 0;
    options.dnsServer = dnsServer;
    return support::startPebble(options);
}

QString caddyProgram()
{
    return qEnvironmentVariable("SEALWRIGHT_CADDY", u"caddy"_s);
}

} // namespace

void Servers::start(const ServerOptions& options)
{
    m_options = options;
    base::platform::yieldToOtherThreads();
    m_bind.emplace(QList<support::BindZone> {{u"benchmark.test"_s, {}, m_key.name}}, QList {m_key});
    const QString resolver = options.dns ? m_bind->address() : QString();
    if (options.caddy)
        m_caddy.emplace(support::CaddyOptions {.resolver = resolver}, caddyProgram());
    else
        m_pebble = startPebble(resolver);
}

QString Servers::directoryUrl() const
{
    return m_caddy ? m_caddy->directoryUrl() : m_pebble->directoryUrl();
}

QByteArray Servers::rootPem() const
{
    return m_caddy ? m_caddy->rootPem() : m_pebble->rootPem();
}

QString Servers::responder() const
{
    return m_caddy ? u"0.0.0.0:80"_s : u"127.0.0.1:%1"_s.arg(m_pebble->httpPort());
}

QString Servers::name(int order) const
{
    if (m_caddy && !m_options.dns)
        return u"127.1.%1.%2"_s.arg(order / addressesInBlock).arg(order % addressesInBlock + 1);
    return u"host-%1.benchmark.test"_s.arg(order);
}

QByteArray Servers::zoneKey() const
{
    return m_key.clause();
}

} // namespace benchmark
