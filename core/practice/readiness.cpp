// SPDX-License-Identifier: Apache-2.0
#include "practice/readiness.h"

#include "base/clock.h"
#include "base/delivery.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

#include <chrono>

namespace practice {
namespace {

using namespace Qt::StringLiterals;

// on loopback an answer takes milliseconds; whoever holds a port silently is not whom we wait for
constexpr std::chrono::seconds patience(2);
constexpr std::chrono::seconds startLimit(20);
constexpr std::chrono::milliseconds pollInterval(10);

QSslConfiguration trusting(const QByteArray& rootPem)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(QSslCertificate::fromData(rootPem, QSsl::Pem));
    return configuration;
}

void prepare(QAbstractSocket& socket, const base::Delivery<bool>& outcome)
{
    socket.setProxy(QNetworkProxy::NoProxy);
    QObject::connect(&socket, &QAbstractSocket::errorOccurred, [outcome] { outcome.deliver(false); });
    QTimer::singleShot(patience, &socket, [outcome] { outcome.deliver(false); });
}

base::Task<bool> pause(std::stop_token stop)
{
    base::SystemClock clock;
    co_return co_await clock.sleep(pollInterval, std::move(stop));
}

} // namespace

base::Task<bool> acceptsConnections(quint16 port)
{
    const base::Delivery<bool> outcome;
    QTcpSocket socket;
    QObject::connect(&socket, &QTcpSocket::connected, [outcome] { outcome.deliver(true); });
    prepare(socket, outcome);
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    co_return co_await outcome;
}

base::Task<bool> servesTls(quint16 port, QByteArray rootPem)
{
    const base::Delivery<bool> outcome;
    QSslSocket socket;
    socket.setSslConfiguration(trusting(rootPem));
    QObject::connect(&socket, &QSslSocket::encrypted, [outcome] { outcome.deliver(true); });
    prepare(socket, outcome);
    socket.connectToHostEncrypted(u"127.0.0.1"_s, port);
    co_return co_await outcome;
}

base::Task<base::Result<void>> untilReady(const ChildProcess& child, std::function<base::Task<bool>()> probe,
                                          std::stop_token stop)
{
    QElapsedTimer waiting;
    waiting.start();
    while (std::chrono::milliseconds(waiting.elapsed()) < startLimit) {
        const bool ready = co_await probe();
        if (!child.isRunning())
            co_return base::failed(base::ErrorCode::Network, u"the program ended: %1"_s.arg(child.lastWords()));
        if (ready)
            co_return base::Result<void>();
        const bool passed = co_await pause(stop);
        if (!passed)
            co_return base::failed(base::ErrorCode::Cancelled, u"stopped"_s);
    }
    co_return base::failed(base::ErrorCode::Timeout, u"no answer: %1"_s.arg(child.lastWords()));
}

base::Task<bool> untilEnded(const ChildProcess& child, std::stop_token stop)
{
    bool passed = true;
    while (child.isRunning() && passed)
        passed = co_await pause(stop);
    co_return !child.isRunning();
}

} // namespace practice
