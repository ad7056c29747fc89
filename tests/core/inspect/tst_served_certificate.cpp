// SPDX-License-Identifier: Apache-2.0
#include "inspect/served_certificate.h"

#include "base/platform.h"
#include "crypto/certificate_builder.h"
#include "support/await.h"
#include "support/test_program.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

namespace tst_served_certificate {

using base::ErrorCode;
using inspect::servedCertificate;
using support::await;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

crypto::Identity issue(const crypto::Identity& issuer, const QString& name, const QDateTime& until)
{
    return *crypto::issueServerCertificate(issuer, *base::parseIdentifiers({name}), crypto::KeyType::EcP256,
                                           until.addDays(-30), until);
}

/// "openssl s_server" on a free port, which ends with this object.
class OpensslServer {
public:
    ~OpensslServer()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    QString write(const QString& file, const QByteArray& pem)
    {
        const QString path = m_folder.filePath(file);
        return base::platform::writeFile(path, pem, base::platform::Overwrite::Yes, true) ? path : QString();
    }

    QString write(const QString& file, const crypto::Identity& identity)
    {
        return write(file, identity.key.toPem().view().toByteArray() + identity.certificate.pem());
    }

    /// The port it listens at, or 0.
    quint16 start(const QStringList& arguments)
    {
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(u"openssl"_s, QStringList {u"s_server"_s, u"-accept"_s, u"127.0.0.1:0"_s} + arguments);
        static const QRegularExpression accepting(u"ACCEPT 127\\.0\\.0\\.1:(\\d+)\\n"_s);
        QByteArray output;
        QRegularExpressionMatch match;
        const bool listening = QTest::qWaitFor([&] {
            output += m_process.readAll();
            match = accepting.match(QString::fromLatin1(output));
            return match.hasMatch();
        });
        if (!listening)
            qWarning("openssl s_server does not listen: %s", output.constData());
        return match.captured(1).toUShort();
    }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
};

} // namespace

class TestServedCertificate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void showsTheChainOfAnUntrustedServer();
    void showsAnExpiredCertificate();
    void asksForTheNameGiven();
    void tellsAnOlderProtocol();
    void saysThatNobodyListens();
    void saysThatItIsNoTlsServer();
    void givesUpInTime();
    void stopsWhenTold();

private:
    std::optional<crypto::Identity> m_root;
};

void TestServedCertificate::initTestCase()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_root = *crypto::makeRoot(u"Test Root"_s, crypto::KeyType::EcP256, now.addYears(-1), now.addYears(1));
}

void TestServedCertificate::showsTheChainOfAnUntrustedServer()
{
    OpensslServer server;
    const auto leaf = issue(*m_root, u"a.example.org"_s, QDateTime::currentDateTimeUtc().addDays(1));
    const quint16 port = server.start({u"-cert"_s, server.write(u"leaf.pem"_s, leaf), u"-cert_chain"_s,
                                       server.write(u"chain.pem"_s, m_root->certificate.pem())});
    QVERIFY(port != 0);
    const auto served = await(servedCertificate(u"127.0.0.1"_s, port, QString(), {}));
    QVERIFY2(served, served ? "" : qPrintable(served.error().message()));
    QCOMPARE(served->certificates, (QList<QByteArray> {leaf.certificate.der(), m_root->certificate.der()}));
    QCOMPARE(served->protocol, u"TLSv1.3"_s);
    QCOMPARE(served->cipher.first(4), u"TLS_"_s);
    QCOMPARE(served->peerAddress, u"127.0.0.1"_s);
}

void TestServedCertificate::showsAnExpiredCertificate()
{
    OpensslServer server;
    const auto leaf = issue(*m_root, u"a.example.org"_s, QDateTime::currentDateTimeUtc().addDays(-10));
    const quint16 port = server.start({u"-cert"_s, server.write(u"leaf.pem"_s, leaf)});
    QVERIFY(port != 0);
    const auto served = await(servedCertificate(u"127.0.0.1"_s, port, u"a.example.org"_s, {}));
    QVERIFY(served);
    QCOMPARE(served->certificates, QList<QByteArray> {leaf.certificate.der()});
}

void TestServedCertificate::asksForTheNameGiven()
{
    OpensslServer server;
    const QDateTime until = QDateTime::currentDateTimeUtc().addDays(1);
    const auto usual = issue(*m_root, u"usual.example.org"_s, until);
    const auto other = issue(*m_root, u"other.example.org"_s, until);
    const QString otherFile = server.write(u"other.pem"_s, other);
    const quint16 port = server.start({u"-cert"_s, server.write(u"usual.pem"_s, usual), u"-servername"_s,
                                       u"other.example.org"_s, u"-cert2"_s, otherFile, u"-key2"_s, otherFile});
    QVERIFY(port != 0);
    const auto named = await(servedCertificate(u"127.0.0.1"_s, port, u"other.example.org"_s, {}));
    QVERIFY(named);
    QCOMPARE(named->certificates.first(), other.certificate.der());
    const auto unnamed = await(servedCertificate(u"127.0.0.1"_s, port, QString(), {}));
    QVERIFY(unnamed);
    QCOMPARE(unnamed->certificates.first(), usual.certificate.der());
}

void TestServedCertificate::tellsAnOlderProtocol()
{
    OpensslServer server;
    const auto leaf = issue(*m_root, u"a.example.org"_s, QDateTime::currentDateTimeUtc().addDays(1));
    const quint16 port = server.start({u"-tls1_2"_s, u"-cert"_s, server.write(u"leaf.pem"_s, leaf)});
    QVERIFY(port != 0);
    const auto served = await(servedCertificate(u"127.0.0.1"_s, port, QString(), {}));
    QVERIFY(served);
    QCOMPARE(served->protocol, u"TLSv1.2"_s);
    QVERIFY(served->cipher.startsWith(u"ECDHE-ECDSA-"_s));
}

void TestServedCertificate::saysThatNobodyListens()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    server.close();
    const auto served = await(servedCertificate(u"127.0.0.1"_s, port, QString(), {}));
    QVERIFY(!served);
    QCOMPARE(served.error().code(), ErrorCode::Network);
}

void TestServedCertificate::saysThatItIsNoTlsServer()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, &server,
            [&server] { server.nextPendingConnection()->write("220 mail.example.org ESMTP\r\n"); });
    const auto served = await(servedCertificate(u"127.0.0.1"_s, server.serverPort(), QString(), {}));
    QVERIFY(!served);
    QCOMPARE(served.error().code(), ErrorCode::Protocol);
}

void TestServedCertificate::givesUpInTime()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    const auto served = await(servedCertificate(u"127.0.0.1"_s, silent.serverPort(), QString(), {}, 50ms));
    QVERIFY(!served);
    QCOMPARE(served.error().code(), ErrorCode::Timeout);
}

void TestServedCertificate::stopsWhenTold()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    std::stop_source stop;
    connect(&silent, &QTcpServer::newConnection, &silent, [&stop] { stop.request_stop(); });
    const auto served = await(servedCertificate(u"127.0.0.1"_s, silent.serverPort(), QString(), stop.get_token(), 1h));
    QVERIFY(!served);
    QCOMPARE(served.error().code(), ErrorCode::Cancelled);
}

SEALWRIGHT_TEST(TestServedCertificate)

} // namespace tst_served_certificate

#include "tst_served_certificate.moc"
