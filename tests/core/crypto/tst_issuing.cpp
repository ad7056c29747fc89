// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate_builder.h"
#include "crypto/certificate_request.h"
#include "crypto/chain.h"
#include "crypto/pem.h"
#include "openssl_command.h"
#include "support/test_program.h"
#include "test_data.h"

#include <QTest>

namespace tst_issuing {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using crypto::CertificateChain;
using crypto::CertificateRequest;
using crypto::Identity;
using crypto::KeyType;
using crypto::PrivateKey;

namespace {

const QDateTime start = QDateTime::fromString(u"2030-01-02T03:04:05Z"_s, Qt::ISODate);
const QDateTime end = start.addDays(90);

QList<base::Identifier> someNames()
{
    return base::parseIdentifiers({u"a.example.test"_s, u"*.b.example.test"_s, u"192.0.2.1"_s, u"2001:db8::2"_s})
        .value();
}

QList<base::Identifier> manyNames()
{
    QStringList names;
    for (int i = 0; i < 100; ++i)
        names.append(u"host%1.a-rather-long-domain.example.test"_s.arg(i));
    return base::parseIdentifiers(names).value();
}

PrivateKey keyFile(const char* name)
{
    return PrivateKey::fromPem(dataFile(name)).value();
}

} // namespace

class TestIssuing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesRequestsThatOpensslAccepts_data();
    void writesRequestsThatOpensslAccepts();
    void asksForNothingButNames();
    void asksForStaplingWhereWished();
    void readsItsOwnRequests_data();
    void readsItsOwnRequests();
    void refusesARequestWithoutNames();
    void readsRequestsMadeByOpenssl();
    void refusesForgedRequests();
    void issuesChainsThatVerify_data();
    void issuesChainsThatVerify();
    void issuesForARequest();
    void writesWhatTheContentSays();
    void givesEveryCertificateAnotherSerialNumber();
};

void TestIssuing::writesRequestsThatOpensslAccepts_data()
{
    QTest::addColumn<QByteArray>("file");
    for (const char* const name : {"ec-p256.pem", "ec-p384.pem", "ec-p521.pem", "ed25519.pem", "rsa-2048.pem"})
        QTest::newRow(name) << QByteArray(name);
}

void TestIssuing::writesRequestsThatOpensslAccepts()
{
    QFETCH(QByteArray, file);
    const OpensslCommand openssl;
    const QByteArray der = crypto::certificateRequestDer(keyFile(file.constData()), someNames()).value();
    const QString path = openssl.file(u"request.der"_s, der);
    const QByteArray again =
        openssl({u"req"_s, u"-verify"_s, u"-inform"_s, u"DER"_s, u"-outform"_s, u"DER"_s, u"-in"_s, path});
    QCOMPARE(again, der);
}

void TestIssuing::asksForNothingButNames()
{
    const OpensslCommand openssl;
    const QByteArray der = crypto::certificateRequestDer(keyFile("ec-p256.pem"), someNames()).value();
    const QByteArray text = openssl(
        {u"req"_s, u"-noout"_s, u"-text"_s, u"-inform"_s, u"DER"_s, u"-in"_s, openssl.file(u"request.der"_s, der)});
    QVERIFY2(text.contains("Subject: \n"), text.constData());
    QVERIFY(text.contains("Version: 1 (0x0)"));
    QCOMPARE(text.count("X509v3"), 1);
    QVERIFY(text.contains("DNS:a.example.test, DNS:*.b.example.test, IP Address:192.0.2.1, "
                          "IP Address:2001:DB8:0:0:0:0:0:2\n"));
}

void TestIssuing::asksForStaplingWhereWished()
{
    const OpensslCommand openssl;
    const QByteArray der =
        crypto::certificateRequestDer(keyFile("ec-p256.pem"), someNames(), {.mustStaple = true}).value();
    const QByteArray text = openssl({u"req"_s, u"-noout"_s, u"-verify"_s, u"-text"_s, u"-inform"_s, u"DER"_s, u"-in"_s,
                                     openssl.file(u"request.der"_s, der)});
    QVERIFY2(text.contains("TLS Feature: \n                    status_request\n"), text.constData());
    QCOMPARE(CertificateRequest::fromDer(der)->names(), someNames());
}

void TestIssuing::readsItsOwnRequests_data()
{
    QTest::addColumn<bool>("many");
    QTest::newRow("four names") << false;
    QTest::newRow("a hundred names") << true;
}

void TestIssuing::readsItsOwnRequests()
{
    QFETCH(bool, many);
    const auto names = many ? manyNames() : someNames();
    const PrivateKey key = keyFile("ec-p256.pem");
    const auto request = CertificateRequest::fromDer(crypto::certificateRequestDer(key, names).value());
    QVERIFY2(request, request ? "" : qPrintable(request.error().message()));
    QCOMPARE(request->names(), names);
    QCOMPARE(request->publicKey(), key.publicKey());
}

void TestIssuing::refusesARequestWithoutNames()
{
    QCOMPARE(crypto::certificateRequestDer(keyFile("ec-p256.pem"), {}).error().code(), ErrorCode::InvalidInput);
}

void TestIssuing::readsRequestsMadeByOpenssl()
{
    const auto fromPem = CertificateRequest::fromPem(dataFile("leaf.csr"));
    QVERIFY(fromPem);
    QCOMPARE(fromPem->der(), dataFile("leaf.csr.der"));
    QCOMPARE(base::identifierValues(fromPem->names()),
             QStringList({u"cn.example.test"_s, u"www.example.test"_s, u"192.0.2.7"_s}));
    QCOMPARE(fromPem->publicKey(), keyFile("ec-p256.pem").publicKey());
}

void TestIssuing::refusesForgedRequests()
{
    const QByteArray good = dataFile("leaf.csr.der");
    for (qsizetype at = 0; at < good.size(); ++at)
        QVERIFY2(!CertificateRequest::fromDer(flipped(good, at)), qPrintable(u"byte %1"_s.arg(at)));
    QVERIFY(!CertificateRequest::fromDer(good + 'x'));
    QCOMPARE(CertificateRequest::fromPem(dataFile("leaf.pem")).error().code(), ErrorCode::InvalidInput);
}

void TestIssuing::issuesChainsThatVerify_data()
{
    QTest::addColumn<KeyType>("type");
    for (const KeyType type : {KeyType::EcP256, KeyType::EcP384, KeyType::Ed25519, KeyType::Rsa2048})
        QTest::newRow(qPrintable(crypto::keyTypeName(type))) << type;
}

void TestIssuing::issuesChainsThatVerify()
{
    QFETCH(KeyType, type);
    const Identity root = crypto::makeRoot(u"Practice Root Ä"_s, type, start, end).value();
    const Identity between = crypto::makeIntermediate(root, u"Practice Intermediate"_s, type, start, end).value();
    const Identity server = crypto::issueServerCertificate(between, someNames(), type, start, end).value();
    const CertificateChain chain {server.certificate, {between.certificate}};
    QVERIFY(crypto::checkAgainst(chain, server.key.publicKey(), someNames()));
    const auto verified = crypto::verifyAgainstRoots(chain, {root.certificate}, start.addDays(1));
    QVERIFY2(verified, verified ? "" : qPrintable(verified.error().message()));
    const OpensslCommand openssl;
    const QStringList verify {u"verify"_s,
                              u"-x509_strict"_s,
                              u"-purpose"_s,
                              u"sslserver"_s,
                              u"-attime"_s,
                              QString::number(start.addDays(1).toSecsSinceEpoch()),
                              u"-CAfile"_s,
                              openssl.file(u"root.pem"_s, root.certificate.pem()),
                              u"-untrusted"_s,
                              openssl.file(u"between.pem"_s, between.certificate.pem()),
                              openssl.file(u"server.pem"_s, server.certificate.pem())};
    QVERIFY2(openssl(verify).endsWith(": OK\n"), openssl(verify).constData());
}

void TestIssuing::issuesForARequest()
{
    const Identity root = crypto::makeRoot(u"Root"_s, KeyType::EcP256, start, end).value();
    const PrivateKey key = keyFile("ed25519.pem");
    const auto der = crypto::certificateRequestDer(key, someNames()).value();
    const auto certificate = crypto::issueForRequest(root, der, start, end).value();
    QVERIFY(crypto::checkAgainst(CertificateChain {certificate, {root.certificate}}, key.publicKey(), someNames()));
    QCOMPARE(certificate.notBefore(), start);
    QCOMPARE(certificate.notAfter(), end);
    QVERIFY(!crypto::issueForRequest(root, "no request", start, end));
}

void TestIssuing::writesWhatTheContentSays()
{
    const Identity root = crypto::makeRoot(u"Root"_s, KeyType::EcP256, start, end).value();
    crypto::CertificateContent content {
        .key = keyFile("rsa-2048.pem").publicKey(), .notBefore = start, .notAfter = end};
    content.commonName = u"Überschrift"_s;
    content.serial = QByteArray::fromHex("0087654321");
    content.ocspUrls = {u"http://ocsp.example.test"_s};
    content.caIssuerUrls = {u"http://ca.example.test/root.der"_s};
    content.crlUrls = {u"http://crl.example.test/1"_s, u"http://crl.example.test/2"_s};
    const auto certificate = crypto::issueCertificate(root, content).value();
    QCOMPARE(certificate.commonName(), content.commonName);
    QCOMPARE(certificate.serialDer().toHex(), "0087654321"_ba); // RFC 9773 section 4.1
    QCOMPARE(certificate.ocspUrls(), content.ocspUrls);
    QCOMPARE(certificate.caIssuerUrls(), content.caIssuerUrls);
    QCOMPARE(certificate.crlUrls(), content.crlUrls);
    QCOMPARE(certificate.authorityKeyId(), root.certificate.subjectKeyId());
    QVERIFY(!certificate.isCa() && root.certificate.isCa());
    QCOMPARE(certificate.publicKey().value(), content.key);
}

void TestIssuing::givesEveryCertificateAnotherSerialNumber()
{
    const Identity root = crypto::makeRoot(u"Root"_s, KeyType::EcP256, start, end).value();
    const auto first = crypto::issueServerCertificate(root, someNames(), KeyType::EcP256, start, end).value();
    const auto second = crypto::issueServerCertificate(root, someNames(), KeyType::EcP256, start, end).value();
    QCOMPARE(first.certificate.serialHex().size(), 32);
    QVERIFY(first.certificate.serialHex() != second.certificate.serialHex());
}

SEALWRIGHT_TEST(TestIssuing)

} // namespace tst_issuing

#include "tst_issuing.moc"
