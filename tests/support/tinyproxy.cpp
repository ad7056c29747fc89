// SPDX-License-Identifier: Apache-2.0
#include "support/tinyproxy.h"

#include "base/child_process.h"
#include "support/free_port.h"

#include <QFile>
#include <QNetworkProxy>
#include <QTcpSocket>
#include <QTest>

namespace support {
namespace {

using namespace Qt::StringLiterals;

constexpr int patience = 10'000; // milliseconds

bool listens(quint16 port)
{
    QTcpSocket socket;
    socket.setProxy(QNetworkProxy::NoProxy);
    socket.connectToHost(u"127.0.0.1"_s, port);
    return socket.waitForConnected(patience / 100);
}

} // namespace

Tinyproxy::Tinyproxy(const QString& user, const QString& password)
    : m_port(freePort())
{
    QFile file(m_folder.filePath(u"tinyproxy.conf"_s));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("the configuration of tinyproxy cannot be written");
    file.write(u"Port %1\nListen 127.0.0.1\nAllow 127.0.0.1\nTimeout 60\nLogLevel Connect\nLogFile \"%2\"\n"
               "BasicAuth %3 %4\n"_s.arg(m_port)
                   .arg(m_folder.filePath(u"log"_s), user, password)
                   .toUtf8());
    file.close();
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    base::platform::tieToThisThread(m_process); // also where the test aborts
    m_process.start(u"tinyproxy"_s, {u"-d"_s, u"-c"_s, file.fileName()});
    awaitListening();
}

Tinyproxy::~Tinyproxy()
{
    m_process.kill();
    m_process.waitForFinished();
}

QString Tinyproxy::url() const
{
    return u"http://127.0.0.1:%1"_s.arg(m_port);
}

QByteArray Tinyproxy::log() const
{
    QFile file(m_folder.filePath(u"log"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void Tinyproxy::awaitListening()
{
    const bool started =
        m_process.waitForStarted(patience) && QTest::qWaitFor([this] { return listens(m_port); }, patience);
    if (!started)
        qFatal("tinyproxy does not start: %s", m_process.readAll().constData());
}

} // namespace support
