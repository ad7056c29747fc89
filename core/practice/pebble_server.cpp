// SPDX-License-Identifier: Apache-2.0
#include "practice/pebble_server.h"

#include "base/platform.h"
#include "practice/child_process.h"
#include "practice/pebble_configuration.h"
#include "practice/pebble_dns.h"
#include "practice/readiness.h"

#include <QDir>
#include <QJsonDocument>
#include <QStandardPaths>

#include <functional>

namespace practice {
namespace {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Result;
using base::Task;

QString url(QStringView scheme, QStringView host, quint16 port)
{
    return u"%1://%2:%3"_s.arg(scheme, host).arg(port);
}

} // namespace

struct PebbleServer::Private {
    PebblePorts ports;
    PracticeTls tls;
    ChildProcess dns; // outlives pebble, which asks it
    ChildProcess pebble;

    static Task<Result<std::unique_ptr<Private>>> launch(QString program, PebbleOptions options, QString folder,
                                                         PracticeTls tls, std::stop_token stop);
    static Task<Result<void>> startPebble(Private& server, QString program, QStringList arguments,
                                          PebbleOptions options, std::stop_token stop);
    bool foundPortTaken() const
    {
        return dns.output().contains("address already in use") || pebble.output().contains("address already in use");
    }
};

Task<Result<void>> PebbleServer::Private::startPebble(Private& server, QString program, QStringList arguments,
                                                      PebbleOptions options, std::stop_token stop)
{
    const auto environment = pebbleEnvironment(options, QProcessEnvironment::systemEnvironment());
    server.pebble.start(program, arguments, environment);
    std::function<Task<bool>()> probe = [&server] { return servesTls(server.ports.directory, server.tls.rootPem); };
    auto ready = co_await untilReady(server.pebble, std::move(probe), std::move(stop));
    if (!ready)
        co_return base::failed(std::move(ready), u"starting pebble");
    co_return Result<void>();
}

Task<Result<std::unique_ptr<PebbleServer::Private>>> PebbleServer::Private::launch(QString program,
                                                                                   PebbleOptions options,
                                                                                   QString folder, PracticeTls tls,
                                                                                   std::stop_token stop)
{
    auto server = std::make_unique<Private>();
    server->ports = freePorts(options);
    server->tls = tls;
    const QString file = QDir(folder).absoluteFilePath(u"pebble.json"_s);
    const QByteArray json = QJsonDocument(pebbleConfiguration(options, server->ports, tls)).toJson();
    // only for our eyes: it holds the HMAC keys of external account bindings
    auto written = base::platform::writeFile(file, json, base::platform::Overwrite::Yes, true);
    if (!written)
        co_return base::failed(std::move(written), u"configuring pebble");
    QStringList arguments {u"-config"_s, file};
    if (options.strict)
        arguments << u"-strict"_s;
    Result<void> started;
    if (!options.dnsServer.isEmpty()) {
        arguments << u"-dnsserver"_s << options.dnsServer;
    } else if (const QString dnsServer = pebbleDnsProgram(program); !dnsServer.isEmpty()) {
        arguments << u"-dnsserver"_s << u"127.0.0.1:%1"_s.arg(server->ports.dns);
        started = co_await startPebbleDns(server->dns, dnsServer, server->ports, stop);
    }
    if (started)
        started = co_await startPebble(*server, program, arguments, options, stop);
    if (!started && server->foundPortTaken())
        co_return base::failed(ErrorCode::AddressInUse, started.error().message());
    if (!started)
        co_return base::failed(std::move(started).error());
    co_return server;
}

Task<Result<std::unique_ptr<PebbleServer>>> PebbleServer::start(PebbleOptions options, QString folder,
                                                                std::stop_token stop)
{
    const auto program = installedProgram();
    if (!program)
        co_return base::failed(ErrorCode::NotFound,
                               u"pebble is not installed: install the package pebble, or name the program in "
                               "SEALWRIGHT_PEBBLE"_s);
    auto tls = practiceTls(folder, QDateTime::currentDateTimeUtc());
    if (!tls)
        co_return base::failed(std::move(tls).error());
    // free ports can be taken by others until pebble listens, fixed ones stay taken
    const int attempts = options.port ? 1 : 3;
    for (int attempt = 1;; ++attempt) {
        auto server = co_await Private::launch(*program, options, folder, *tls, stop);
        if (server)
            co_return std::unique_ptr<PebbleServer>(new PebbleServer(*std::move(server)));
        if (server.error().code() != ErrorCode::AddressInUse || attempt == attempts)
            co_return base::failed(std::move(server).error());
    }
}

std::optional<QString> PebbleServer::installedProgram()
{
    const QString named = qEnvironmentVariable("SEALWRIGHT_PEBBLE");
    const QString program = QStandardPaths::findExecutable(named.isEmpty() ? u"pebble"_s : named);
    return program.isEmpty() ? std::nullopt : std::optional(program);
}

PebbleServer::PebbleServer(std::unique_ptr<Private> server)
    : d(std::move(server))
{
}

PebbleServer::~PebbleServer() = default;

QString PebbleServer::directoryUrl() const
{
    return url(u"https", u"localhost", d->ports.directory) + u"/dir"_s;
}

QString PebbleServer::managementUrl() const
{
    return url(u"https", u"localhost", d->ports.management);
}

QString PebbleServer::dnsManagementUrl() const
{
    return d->dns.isRunning() ? url(u"http", u"127.0.0.1", d->ports.dnsManagement) : QString();
}

QByteArray PebbleServer::rootPem() const
{
    return d->tls.rootPem;
}

quint16 PebbleServer::httpPort() const
{
    return d->ports.http;
}

quint16 PebbleServer::tlsPort() const
{
    return d->ports.tls;
}

qint64 PebbleServer::processId() const
{
    return d->pebble.id();
}

bool PebbleServer::isRunning() const
{
    return d->pebble.isRunning();
}

QByteArray PebbleServer::output() const
{
    return d->pebble.output();
}

} // namespace practice
