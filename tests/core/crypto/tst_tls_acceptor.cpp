// SPDX-License-Identifier: Apache-2.0
#include "crypto/tls_acceptor.h"

#include "crypto/validation_certificate.h"
#include "openssl_command.h"
#include "support/memory_tls_client.h"
#include "support/test_program.h"

#include <QCryptographicHash>
#include <QTest>

namespace tst_tls_acceptor {

using crypto::Certificate;
using crypto::Identity;
using crypto::TlsAcceptor;
using crypto::TlsHandshake;
using support::MemoryTlsClient;
using support::TlsWishes;
using namespace Qt::StringLiterals;

namespace {

const QByteArray acmeTls = "acme-tls/1";
const QDateTime now = QDateTime::fromString(u"2030-01-02T03:04:05Z"_s, Qt::ISODate);

Identity identityFor(const QString& name, const QByteArray& keyAuthorization = "token.thumbprint")
{
    return crypto::makeValidationCertificate(*base::Identifier::parse(name), keyAuthorization, now).value();
}

TlsWishes wishes(const QByteArray& serverName, int version = TLS1_3_VERSION)
{
    return {serverName, {acmeTls}, version, {}};
}

/// Lets both talk until neither has anything to say: what the server said last.
QByteArray shakeHands(MemoryTlsClient& client, TlsHandshake& server)
{
    QByteArray answer;
    for (QByteArray said = client.receive(); !said.isEmpty(); said = client.receive(answer))
        answer = server.receive(said);
    return answer;
}

} // namespace

class TestTlsAcceptor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void makesTheCertificateThatAuthoritiesLookFor_data();
    void makesTheCertificateThatAuthoritiesLookFor();
    void showsTheCertificateOfTheNameAskedFor_data();
    void showsTheCertificateOfTheNameAskedFor();
    void showsNothingToOthers_data();
    void showsNothingToOthers();
    void showsTheLatestAndForgetsWhatIsRemoved();
    void hearsOneByteAtATime();
    void givesNothingToComeBackWith();
    void endsGarbageWithAnAlert_data();
    void endsGarbageWithAnAlert();
    void readsNoMoreThanAHandshakeTakes();
    void completesNoHandshakeThatWasTamperedWith();
    void outlivesItsAcceptor();
};

void TestTlsAcceptor::makesTheCertificateThatAuthoritiesLookFor_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("DNS name") << u"www.example.test"_s << QByteArray("DNS:www.example.test");
    QTest::newRow("IPv4 address") << u"192.0.2.7"_s << QByteArray("IP Address:192.0.2.7");
    QTest::newRow("IPv6 address") << u"2001:db8::1"_s << QByteArray("IP Address:2001:DB8:0:0:0:0:0:1");
}

void TestTlsAcceptor::makesTheCertificateThatAuthoritiesLookFor()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, shown);
    const Identity identity = identityFor(name);
    const OpensslCommand openssl;
    const QByteArray text = openssl(
        {u"x509"_s, u"-noout"_s, u"-text"_s, u"-in"_s, openssl.file(u"validation.pem"_s, identity.certificate.pem())});
    QVERIFY2(text.contains("X509v3 Subject Alternative Name: \n                " + shown + '\n'), text.constData());
    QCOMPARE(identity.certificate.sanIdentifiers().size(), 1);
    const auto extensions = identity.certificate.extensions();
    const auto acme = std::find_if(extensions.begin(), extensions.end(),
                                   [](const auto& extension) { return extension.oid == "1.3.6.1.5.5.7.1.31"_L1; });
    QVERIFY(acme != extensions.end());
    QVERIFY(acme->critical);
    // RFC 8737 section 3: an octet string of 32 bytes, whose DER begins with 04 20
    const QByteArray digest = QCryptographicHash::hash("token.thumbprint", QCryptographicHash::Sha256);
    QVERIFY2(identity.certificate.der().contains(QByteArray("\x04\x22\x04\x20", 4) + digest), text.constData());
    QVERIFY(identity.certificate.isIssuedBy(identity.certificate));
    QVERIFY(identity.certificate.notBefore() < now && identity.certificate.notAfter() > now);
}

void TestTlsAcceptor::showsTheCertificateOfTheNameAskedFor_data()
{
    QTest::addColumn<QByteArray>("serverName");
    QTest::addColumn<int>("version");
    QTest::addColumn<int>("shown");
    QTest::newRow("TLS 1.3") << QByteArray("a.example.test") << TLS1_3_VERSION << 0;
    QTest::newRow("TLS 1.2") << QByteArray("a.example.test") << TLS1_2_VERSION << 0;
    QTest::newRow("another name") << QByteArray("b.example.test") << TLS1_3_VERSION << 1;
    QTest::newRow("capitals") << QByteArray("B.Example.TEST") << TLS1_3_VERSION << 1; // RFC 4343
    QTest::newRow("reverse name") << QByteArray("7.2.0.192.in-addr.arpa") << TLS1_2_VERSION << 2;
}

void TestTlsAcceptor::showsTheCertificateOfTheNameAskedFor()
{
    QFETCH(QByteArray, serverName);
    QFETCH(int, version);
    QFETCH(int, shown);
    const QList<Identity> identities {identityFor(u"a.example.test"_s), identityFor(u"b.example.test"_s),
                                      identityFor(u"192.0.2.7"_s)};
    TlsAcceptor acceptor(acmeTls);
    acceptor.show(u"a.example.test"_s, identities[0]);
    acceptor.show(u"b.example.test"_s, identities[1]);
    acceptor.show(u"7.2.0.192.in-addr.arpa"_s, identities[2]);
    MemoryTlsClient client(wishes(serverName, version));
    TlsHandshake server = acceptor.begin();
    shakeHands(client, server);
    QVERIFY2(client.isConnected(), client.complaint().constData());
    QCOMPARE(server.state(), TlsHandshake::State::Done);
    QCOMPARE(client.protocol(), acmeTls);
    QCOMPARE(client.certificateDer(), identities[shown].certificate.der());
}

void TestTlsAcceptor::showsNothingToOthers_data()
{
    QTest::addColumn<QByteArray>("serverName");
    QTest::addColumn<QList<QByteArray>>("protocols");
    QTest::addColumn<QByteArray>("curves");
    QTest::addColumn<QByteArray>("alert");
    const QByteArray name("a.example.test");
    const QByteArray noProtocol("tlsv1 alert no application protocol");
    const QByteArray noName("tlsv1 unrecognized name");
    const QByteArray any;
    QTest::newRow("a browser") << name << QList<QByteArray> {"h2", "http/1.1"} << any << noProtocol;
    QTest::newRow("a browser that adds ours") << name << QList<QByteArray> {"h2", acmeTls} << any << noProtocol;
    QTest::newRow("ours twice") << name << QList<QByteArray> {acmeTls, acmeTls} << any << noProtocol;
    QTest::newRow("without protocols") << name << QList<QByteArray> {} << any << noProtocol;
    QTest::newRow("nearly ours") << name << QList<QByteArray> {"acme-tls/2"} << any << noProtocol;
    QTest::newRow("an unknown name") << QByteArray("c.example.test") << QList {acmeTls} << any << noName;
    QTest::newRow("a name below") << QByteArray("x.a.example.test") << QList {acmeTls} << any << noName;
    QTest::newRow("without a name") << QByteArray() << QList {acmeTls} << any << noName;
    QTest::newRow("a slow curve") << name << QList {acmeTls} << QByteArray("P-521")
                                  << QByteArray("sslv3 alert handshake failure");
}

void TestTlsAcceptor::showsNothingToOthers()
{
    QFETCH(QByteArray, serverName);
    QFETCH(QList<QByteArray>, protocols);
    QFETCH(QByteArray, curves);
    QFETCH(QByteArray, alert);
    TlsAcceptor acceptor(acmeTls);
    acceptor.show(u"a.example.test"_s, identityFor(u"a.example.test"_s));
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        MemoryTlsClient client({serverName, protocols, version, curves});
        TlsHandshake server = acceptor.begin();
        shakeHands(client, server);
        QVERIFY(!client.isConnected());
        QCOMPARE(server.state(), TlsHandshake::State::Failed);
        QCOMPARE(client.complaint(), alert);
        QCOMPARE(client.certificateDer(), QByteArray());
    }
}

void TestTlsAcceptor::showsTheLatestAndForgetsWhatIsRemoved()
{
    const Identity first = identityFor(u"a.example.test"_s, "first.thumbprint");
    const Identity second = identityFor(u"a.example.test"_s, "second.thumbprint");
    TlsAcceptor acceptor(acmeTls);
    acceptor.show(u"a.example.test"_s, first);
    acceptor.show(u"a.example.test"_s, second);
    MemoryTlsClient client(wishes("a.example.test"));
    TlsHandshake server = acceptor.begin();
    shakeHands(client, server);
    QCOMPARE(client.certificateDer(), second.certificate.der());
    acceptor.remove(u"a.example.test"_s);
    acceptor.remove(u"a.example.test"_s);
    MemoryTlsClient late(wishes("a.example.test"));
    TlsHandshake lateServer = acceptor.begin();
    shakeHands(late, lateServer);
    QVERIFY(!late.isConnected());
}

void TestTlsAcceptor::hearsOneByteAtATime()
{
    TlsAcceptor acceptor(acmeTls);
    acceptor.show(u"a.example.test"_s, identityFor(u"a.example.test"_s));
    MemoryTlsClient client(wishes("a.example.test"));
    TlsHandshake server = acceptor.begin();
    QByteArray said = client.receive();
    while (!said.isEmpty()) {
        QByteArray answer;
        for (const char byte : said)
            answer += server.receive(QByteArrayView(&byte, 1));
        said = client.receive(answer);
    }
    QVERIFY2(client.isConnected(), client.complaint().constData());
    QCOMPARE(server.state(), TlsHandshake::State::Done);
}

void TestTlsAcceptor::givesNothingToComeBackWith()
{
    TlsAcceptor acceptor(acmeTls);
    acceptor.show(u"a.example.test"_s, identityFor(u"a.example.test"_s));
    MemoryTlsClient old(wishes("a.example.test", TLS1_2_VERSION));
    TlsHandshake oldServer = acceptor.begin();
    shakeHands(old, oldServer);
    QVERIFY(old.isConnected());
    QVERIFY(!old.hasTicket());
    MemoryTlsClient client(wishes("a.example.test"));
    TlsHandshake server = acceptor.begin();
    const QByteArray last = shakeHands(client, server);
    QVERIFY(client.isConnected());
    // a record with an alert that closes (RFC 8446 sections 5.2 and 6.1), and no ticket before it
    QCOMPARE(last.size(), 5 + 2 + 1 + 16);
}

void TestTlsAcceptor::endsGarbageWithAnAlert_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("http") << QByteArray("GET / HTTP/1.1\r\nHost: a.example.test\r\n\r\n");
    QTest::newRow("zeros") << QByteArray(100, '\0');
    QTest::newRow("application data") << QByteArray("\x17\x03\x03\x00\x01x", 6);
    QTest::newRow("a record that is too long") << QByteArray("\x16\x03\x01\xff\xff", 5);
    QTest::newRow("a hello that is too long") << QByteArray("\x16\x03\x01\x00\x04\x01\xff\xff\xff", 9);
    QTest::newRow("sslv2") << QByteArray("\x80\x2e\x01\x00\x02\x00\x15\x00\x00\x00\x10", 11) + QByteArray(37, 'x');
}

void TestTlsAcceptor::endsGarbageWithAnAlert()
{
    QFETCH(QByteArray, bytes);
    TlsHandshake server = TlsAcceptor(acmeTls).begin();
    const QByteArray answer = server.receive(bytes);
    QCOMPARE(server.state(), TlsHandshake::State::Failed);
    QVERIFY(answer.size() <= 7); // RFC 8446 section 5.1: five bytes of header and the alert's two
    QCOMPARE(server.receive(bytes), QByteArray());
}

void TestTlsAcceptor::readsNoMoreThanAHandshakeTakes()
{
    // the beginning of a hello of 64 KiB in records of 1 KiB: its end never comes
    QByteArray record("\x16\x03\x01\x04\x00", 5);
    TlsHandshake server = TlsAcceptor(acmeTls).begin();
    (void)server.receive(record + QByteArray("\x01\x00\xff\xff", 4) + QByteArray(1020, 'x'));
    qsizetype sent = 1029;
    while (server.state() == TlsHandshake::State::Running && sent < 10 * crypto::MaximumTlsHandshake) {
        QVERIFY(server.receive(record + QByteArray(1024, 'x')).size() <= 7);
        sent += 1029;
    }
    QCOMPARE(server.state(), TlsHandshake::State::Failed);
    QVERIFY(sent <= crypto::MaximumTlsHandshake + 1029);
}

void TestTlsAcceptor::completesNoHandshakeThatWasTamperedWith()
{
    TlsAcceptor acceptor(acmeTls);
    acceptor.show(u"a.example.test"_s, identityFor(u"a.example.test"_s));
    MemoryTlsClient client(wishes("a.example.test"));
    const QByteArray hello = client.receive();
    TlsHandshake good = acceptor.begin();
    QVERIFY(good.receive(hello).size() > 500);
    for (qsizetype at = 0; at < hello.size(); ++at) {
        QByteArray bad = hello;
        bad[at] = static_cast<char>(bad[at] ^ 0x41);
        TlsHandshake server = acceptor.begin();
        QVERIFY(server.receive(bad).size() < crypto::MaximumTlsHandshake);
        QVERIFY(server.state() != TlsHandshake::State::Done);
        TlsHandshake cut = acceptor.begin();
        QVERIFY(cut.receive(hello.first(at)).isEmpty());
        QCOMPARE(cut.state(), TlsHandshake::State::Running);
    }
}

void TestTlsAcceptor::outlivesItsAcceptor()
{
    auto acceptor = std::make_unique<TlsAcceptor>(acmeTls);
    acceptor->show(u"a.example.test"_s, identityFor(u"a.example.test"_s));
    MemoryTlsClient client(wishes("a.example.test"));
    TlsHandshake server = acceptor->begin();
    acceptor.reset();
    shakeHands(client, server);
    QVERIFY2(client.isConnected(), client.complaint().constData());
}

SEALWRIGHT_TEST(TestTlsAcceptor)

} // namespace tst_tls_acceptor

#include "tst_tls_acceptor.moc"
