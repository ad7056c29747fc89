// SPDX-License-Identifier: Apache-2.0
#include "challenge/tls_alpn01_probe.h"
#include "crypto/digest.h"
#include "support/await.h"
#include "support/free_port.h"
#include "support/known_addresses.h"
#include "support/test_program.h"

#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

namespace tst_tls_alpn01_probe {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using base::ErrorCode;
using challenge::Finding;
using support::await;
using Verdict = Finding::Verdict;

namespace {

const QByteArray digest = crypto::digest(crypto::DigestAlgorithm::Sha256, "token.thumbprint");

QString identifying(const QByteArray& value)
{
    return u"1.3.6.1.5.5.7.1.31=critical,DER:0420"_s + QString::fromLatin1(value.toHex());
}

/// openssl's own TLS server, with a certificate made by openssl.
class OpensslServer {
public:
    explicit OpensslServer(const QStringList& extensions, const QString& protocol = u"acme-tls/1"_s)
        : port(support::freePort())
    {
        const QString key = m_folder.filePath(u"key.pem"_s);
        const QString certificate = m_folder.filePath(u"certificate.pem"_s);
        QStringList make {
            u"req"_s,    u"-x509"_s,   u"-newkey"_s, u"ec"_s,   u"-pkeyopt"_s, u"ec_paramgen_curve:P-256"_s,
            u"-nodes"_s, u"-keyout"_s, key,          u"-out"_s, certificate,   u"-subj"_s,
            u"/CN=x"_s};
        for (const QString& extension : QStringList {u"subjectAltName=DNS:web.corp.example"_s} + extensions)
            make += {u"-addext"_s, extension};
        QProcess maker;
        maker.start(u"openssl"_s, make);
        if (!maker.waitForFinished() || maker.exitCode() != 0)
            qFatal("openssl is needed for this test: %s", maker.readAllStandardError().constData());
        process.start(u"openssl"_s,
                      {u"s_server"_s, u"-accept"_s, u"127.0.0.1:%1"_s.arg(port), u"-cert"_s, certificate, u"-key"_s,
                       key, u"-alpn"_s, protocol});
        while (!process.readAllStandardOutput().contains("ACCEPT"))
            if (!process.waitForReadyRead())
                qFatal("openssl does not listen: %s", process.readAllStandardError().constData());
    }

    ~OpensslServer()
    {
        process.kill();
        process.waitForFinished();
    }

    quint16 port;

private:
    QTemporaryDir m_folder;
    QProcess process;
};

} // namespace

/// Looking for an answer to tls-alpn-01 at OpenSSL's own server.
class TestTlsAlpn01Probe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsOurAnswer();
    void tellsAnotherCertificate_data();
    void tellsAnotherCertificate();
    void tellsThatNobodySpeaksTheProtocol();
    void tellsThatThereIsNoAddress();
    void warnsWhereASilentServerMayAnswerTheAuthority();
    void canBeStopped();

private:
    Finding look(const QString& name, quint16 port, std::chrono::milliseconds limit = 10s)
    {
        const QHash<QString, QString> hosts {{u"web.corp.example"_s, u"127.0.0.1"_s}};
        const challenge::TlsAlpn01Probe probe(std::make_shared<support::KnownAddresses>(hosts), limit);
        return await(probe.look(name, port, digest, {}));
    }
};

void TestTlsAlpn01Probe::findsOurAnswer()
{
    const OpensslServer server({identifying(digest)});
    const Finding finding = look(u"web.corp.example"_s, server.port);
    QVERIFY2(finding.verdict == Verdict::Good, qPrintable(finding.sentence()));
}

void TestTlsAlpn01Probe::tellsAnotherCertificate_data()
{
    const QByteArray other = crypto::digest(crypto::DigestAlgorithm::Sha256, "token.other");
    const QString ours = QString::fromLatin1(digest.toHex());
    QTest::addColumn<QStringList>("extensions");
    QTest::newRow("an answer to another challenge") << QStringList {identifying(other)};
    QTest::newRow("no answer") << QStringList();
    QTest::newRow("our digest elsewhere") << QStringList {u"1.3.6.1.5.5.7.1.99=critical,DER:0420"_s + ours};
    QTest::newRow("our digest beside another answer")
        << QStringList {identifying(other), u"1.3.6.1.5.5.7.1.99=critical,DER:0420"_s + ours};
    // RFC 8737 section 3: the extension MUST be critical
    QTest::newRow("not critical") << QStringList {u"1.3.6.1.5.5.7.1.31=DER:0420"_s + ours};
}

void TestTlsAlpn01Probe::tellsAnotherCertificate()
{
    QFETCH(QStringList, extensions);
    const OpensslServer server(extensions);
    const Finding finding = look(u"web.corp.example"_s, server.port);
    QVERIFY2(finding.verdict == Verdict::Bad, qPrintable(finding.sentence()));
    QVERIFY2(finding.sentence().contains(u"another certificate"_s), qPrintable(finding.sentence()));
}

void TestTlsAlpn01Probe::tellsThatNobodySpeaksTheProtocol()
{
    const Finding nobody = look(u"web.corp.example"_s, support::freePort());
    QCOMPARE(nobody.verdict, Verdict::Bad);
    const OpensslServer server({identifying(digest)}, u"h2"_s);
    const Finding other = look(u"web.corp.example"_s, server.port);
    QVERIFY2(other.verdict == Verdict::Bad, qPrintable(other.sentence()));
}

void TestTlsAlpn01Probe::tellsThatThereIsNoAddress()
{
    const Finding finding = look(u"nothing.corp.example"_s, 443);
    QCOMPARE(finding.verdict, Verdict::Bad);
    QVERIFY(finding.sentence().contains(u"no address"_s));
}

void TestTlsAlpn01Probe::warnsWhereASilentServerMayAnswerTheAuthority()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    const Finding finding = look(u"web.corp.example"_s, silent.serverPort(), 50ms);
    QVERIFY2(finding.verdict == Verdict::Warning, qPrintable(finding.sentence()));
    QVERIFY2(finding.sentence().contains(u"in time"_s), qPrintable(finding.sentence()));
}

void TestTlsAlpn01Probe::canBeStopped()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    std::stop_source stop;
    auto looking = challenge::shownForValidation(QHostAddress(QHostAddress::LocalHost), silent.serverPort(),
                                                 u"web.corp.example"_s, 1h, stop.get_token());
    stop.request_stop();
    const auto shown = await(std::move(looking));
    QVERIFY(!shown);
    QCOMPARE(shown.error().code(), ErrorCode::Cancelled);
}

SEALWRIGHT_TEST(TestTlsAlpn01Probe)

} // namespace tst_tls_alpn01_probe

#include "tst_tls_alpn01_probe.moc"
