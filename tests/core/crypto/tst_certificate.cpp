// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate.h"
#include "crypto/chain.h"
#include "crypto/private_key.h"
#include "openssl_command.h"
#include "support/test_program.h"
#include "test_data.h"

#include <QTest>

#include <algorithm>

namespace tst_certificate {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using crypto::Certificate;
using crypto::CertificateChain;
using crypto::DigestAlgorithm;

namespace {

Certificate certificateFile(const char* name)
{
    return Certificate::fromPem(dataFile(name)).value();
}

CertificateChain testChain()
{
    return crypto::chainFromPem(dataFile("chain.pem")).value();
}

crypto::PublicKey leafKey()
{
    return crypto::PrivateKey::fromPem(dataFile("ec-p256.pem")).value().publicKey();
}

QList<base::Identifier> identifiers(const QStringList& names)
{
    return base::parseIdentifiers(names).value();
}

QList<base::Identifier> leafNames()
{
    return identifiers({u"www.example.test"_s, u"*.example.test"_s, u"192.0.2.7"_s, u"2001:db8::1"_s});
}

QString described(const base::Result<void>& result)
{
    return result ? QString() : result.error().detail();
}

} // namespace

class TestCertificate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTheNamesOfACertificate();
    void showsNamesInTheirOwnScript();
    void readsSerialNumbers();
    void readsValidityAsOpensslDoes();
    void readsTheKeyOfACertificate();
    void readsFingerprintsAsOpensslDoes();
    void readsKeyIdentifiersAndAddresses();
    void printsEveryExtension();
    void tellsAuthoritiesFromServers();
    void writesPemAsOpensslDoes();
    void refusesWhatIsNoCertificate();
    void readsEveryCertificateOfAText();
    void readsAChainWithTextAround();
    void refusesEndlessChains();
    void acceptsTheChainThatWasAskedFor();
    void refusesAChainForAnotherKey();
    void refusesAChainThatLacksAName();
    void refusesAChainWithForeignNames();
    void refusesAChainWithAFlippedByte();
    void survivesReadingDamagedCertificates();
    void refusesAChainInTheWrongOrder();
    void verifiesUpToARoot();
    void refusesForeignRootsAndOtherTimes();
};

void TestCertificate::readsTheNamesOfACertificate()
{
    const Certificate leaf = certificateFile("leaf.pem");
    QCOMPARE(leaf.commonName(), u"cn.example.test"_s);
    QCOMPARE(leaf.subject(), u"CN=cn.example.test"_s);
    QCOMPARE(leaf.issuer(), u"CN=Test Intermediate"_s);
    QCOMPARE(leaf.issuerCommonName(), u"Test Intermediate"_s);
    QCOMPARE(leaf.dnsNames(), QStringList({u"WWW.Example.Test"_s, u"*.example.test"_s}));
    QCOMPARE(leaf.ipAddresses(), QStringList({u"192.0.2.7"_s, u"2001:db8::1"_s}));
    QCOMPARE(leaf.sanIdentifiers(), leafNames());
    QVERIFY(certificateFile("root.pem").dnsNames().isEmpty());
}

void TestCertificate::showsNamesInTheirOwnScript()
{
    QCOMPARE(certificateFile("root.pem").subject(), u"CN=Test Root,O=Prüfstelle,C=CH"_s);
}

void TestCertificate::readsSerialNumbers()
{
    const Certificate leaf = certificateFile("leaf.pem");
    QCOMPARE(leaf.serialHex(), u"8000000000000001"_s);
    QCOMPARE(leaf.serialDer().toHex(), "008000000000000001"_ba); // the sign octet belongs to it (RFC 9773 section 4.1)
    QCOMPARE(certificateFile("intermediate.pem").serialHex(), u"ff12"_s);
    QCOMPARE(certificateFile("intermediate.pem").serialDer().toHex(), "00ff12"_ba);
}

void TestCertificate::readsValidityAsOpensslDoes()
{
    const OpensslCommand openssl;
    const Certificate leaf = certificateFile("leaf.pem");
    const QByteArray dates = openssl({u"x509"_s, u"-noout"_s, u"-dates"_s, u"-dateopt"_s, u"iso_8601"_s, u"-in"_s,
                                      QStringLiteral(TEST_DATA "/crypto/leaf.pem")});
    QCOMPARE(dates,
             "notBefore=" + leaf.notBefore().toString(u"yyyy-MM-dd HH:mm:ss"_s).toLatin1()
                 + "Z\nnotAfter=" + leaf.notAfter().toString(u"yyyy-MM-dd HH:mm:ss"_s).toLatin1() + "Z\n");
    QCOMPARE(leaf.notBefore().timeSpec(), Qt::UTC);
    QVERIFY(leaf.notAfter().date().year() > 2100); // a GeneralizedTime
}

void TestCertificate::readsTheKeyOfACertificate()
{
    const Certificate leaf = certificateFile("leaf.pem");
    QCOMPARE(leaf.publicKey().value(), leafKey());
    QCOMPARE(leaf.spkiDer(), leafKey().spkiDer());
    QCOMPARE(leaf.signatureAlgorithm(), u"ecdsa-with-SHA256"_s);
    QCOMPARE(certificateFile("root.pem").signatureAlgorithm(), u"sha256WithRSAEncryption"_s);
    QCOMPARE(certificateFile("root.pem").publicKey().value().description(), u"RSA 2048 bits"_s);
}

void TestCertificate::readsFingerprintsAsOpensslDoes()
{
    const OpensslCommand openssl;
    const QByteArray said = openssl({u"x509"_s, u"-noout"_s, u"-fingerprint"_s, u"-sha256"_s, u"-in"_s,
                                     QStringLiteral(TEST_DATA "/crypto/leaf.pem")});
    const QByteArray ours = certificateFile("leaf.pem").fingerprint(DigestAlgorithm::Sha256).toHex(':').toUpper();
    QCOMPARE(said, "sha256 Fingerprint=" + ours + '\n');
}

void TestCertificate::readsKeyIdentifiersAndAddresses()
{
    const Certificate leaf = certificateFile("leaf.pem");
    const Certificate intermediate = certificateFile("intermediate.pem");
    QCOMPARE(leaf.authorityKeyId().size(), 20);
    QCOMPARE(leaf.authorityKeyId(), intermediate.subjectKeyId());
    QCOMPARE(leaf.ocspUrls(), QStringList(u"http://ocsp.example.test"_s));
    QCOMPARE(leaf.caIssuerUrls(), QStringList(u"http://ca.example.test/i.der"_s));
    QCOMPARE(leaf.crlUrls(), QStringList(u"http://crl.example.test/1.crl"_s));
    QVERIFY(intermediate.ocspUrls().isEmpty() && intermediate.crlUrls().isEmpty());
}

void TestCertificate::printsEveryExtension()
{
    const auto extensions = certificateFile("leaf.pem").extensions();
    QCOMPARE(extensions.size(), 9);
    QCOMPARE(extensions.at(1).oid, u"2.5.29.15"_s);
    QCOMPARE(extensions.at(1).name, u"X509v3 Key Usage"_s);
    QVERIFY(extensions.at(1).critical);
    QCOMPARE(extensions.at(1).text, u"Digital Signature"_s);
    QVERIFY(!extensions.at(2).critical);
    QCOMPARE(extensions.at(2).text, u"TLS Web Server Authentication"_s);
    QCOMPARE(extensions.last().oid, u"1.2.3.4.5"_s);
    QCOMPARE(extensions.last().name, u"1.2.3.4.5"_s);
    QCOMPARE(extensions.last().text, u"01:02:ff"_s);
}

void TestCertificate::tellsAuthoritiesFromServers()
{
    QVERIFY(!certificateFile("leaf.pem").isCa());
    QVERIFY(certificateFile("intermediate.pem").isCa());
    QVERIFY(certificateFile("root.pem").isSelfIssued());
    QVERIFY(!certificateFile("intermediate.pem").isSelfIssued());
    QVERIFY(certificateFile("root.pem").isIssuedBy(certificateFile("root.pem")));
    QVERIFY(certificateFile("leaf.pem").isIssuedBy(certificateFile("intermediate.pem")));
    QVERIFY(!certificateFile("leaf.pem").isIssuedBy(certificateFile("root.pem")));
}

void TestCertificate::writesPemAsOpensslDoes()
{
    QCOMPARE(certificateFile("leaf.pem").pem(), dataFile("leaf.pem"));
    const Certificate leaf = certificateFile("leaf.pem");
    QCOMPARE(Certificate::fromDer(leaf.der()).value(), leaf);
    QVERIFY(leaf != certificateFile("root.pem"));
}

void TestCertificate::refusesWhatIsNoCertificate()
{
    const QByteArray der = certificateFile("leaf.pem").der();
    QCOMPARE(Certificate::fromDer("no certificate").error().code(), ErrorCode::InvalidInput);
    QVERIFY(!Certificate::fromDer({}));
    QVERIFY(!Certificate::fromDer(der.chopped(1)));
    QVERIFY(!Certificate::fromDer(der + 'x'));
    QCOMPARE(Certificate::fromPem("no certificate").error().code(), ErrorCode::InvalidInput);
    QCOMPARE(Certificate::fromPem(dataFile("ec-p256.pem")).error().code(), ErrorCode::InvalidInput);
}

void TestCertificate::readsEveryCertificateOfAText()
{
    const auto all =
        crypto::certificatesFromPem(dataFile("ec-p256.pem") + dataFile("chain.pem") + dataFile("root.pem"));
    QCOMPARE(all.value().size(), 3);
    QCOMPARE(all->last(), certificateFile("root.pem"));
}

void TestCertificate::readsAChainWithTextAround()
{
    const CertificateChain chain = testChain();
    QCOMPARE(chain.leaf, certificateFile("leaf.pem"));
    QCOMPARE(chain.intermediates, QList {certificateFile("intermediate.pem")});
    QCOMPARE(crypto::chainPem(chain), dataFile("leaf.pem") + dataFile("intermediate.pem"));
}

void TestCertificate::refusesEndlessChains()
{
    QVERIFY(crypto::chainFromPem(dataFile("leaf.pem").repeated(32)));
    QCOMPARE(crypto::chainFromPem(dataFile("leaf.pem").repeated(33)).error().code(), ErrorCode::InvalidInput);
    QCOMPARE(crypto::chainFromPem({}).error().code(), ErrorCode::InvalidInput);
}

void TestCertificate::acceptsTheChainThatWasAskedFor()
{
    QCOMPARE(described(crypto::checkAgainst(testChain(), leafKey(), leafNames())), QString());
    CertificateChain withRoot = testChain();
    withRoot.intermediates.append(certificateFile("root.pem"));
    QCOMPARE(described(crypto::checkAgainst(withRoot, leafKey(), leafNames())), QString());
}

void TestCertificate::refusesAChainForAnotherKey()
{
    const auto other = crypto::PrivateKey::fromPem(dataFile("ec-p384.pem")).value().publicKey();
    const auto checked = crypto::checkAgainst(testChain(), other, leafNames());
    QCOMPARE(checked.error().code(), ErrorCode::Protocol);
    QCOMPARE(described(checked), u"the certificate is for another key"_s);
}

void TestCertificate::refusesAChainThatLacksAName()
{
    const auto asked = leafNames() + identifiers({u"more.example.test"_s});
    const auto checked = crypto::checkAgainst(testChain(), leafKey(), asked);
    QCOMPARE(described(checked), u"the certificate lacks the names more.example.test"_s);
}

void TestCertificate::refusesAChainWithForeignNames()
{
    const auto checked = crypto::checkAgainst(testChain(), leafKey(), leafNames().mid(0, 3));
    QCOMPARE(described(checked), u"the certificate has names that nobody asked for: 2001:db8::1"_s);
}

void TestCertificate::refusesAChainWithAFlippedByte()
{
    const QByteArray good = certificateFile("leaf.pem").der();
    for (qsizetype at = 0; at < good.size(); ++at) {
        const auto leaf = Certificate::fromDer(flipped(good, at));
        const bool accepted =
            leaf && crypto::checkAgainst(CertificateChain {*leaf, testChain().intermediates}, leafKey(), leafNames());
        QVERIFY2(!accepted, qPrintable(u"byte %1"_s.arg(at)));
    }
}

void TestCertificate::survivesReadingDamagedCertificates()
{
    const QByteArray good = certificateFile("leaf.pem").der();
    const QList<Certificate> roots {certificateFile("root.pem")};
    int readable = 0;
    for (qsizetype at = 0; at < good.size(); ++at) {
        const auto leaf = Certificate::fromDer(flipped(good, at));
        if (!leaf)
            continue;
        ++readable;
        const CertificateChain chain {*leaf, testChain().intermediates};
        QVERIFY(!crypto::verifyAgainstRoots(chain, roots, certificateFile("leaf.pem").notBefore().addSecs(60)));
        QCOMPARE(leaf->extensions().size(), 9);
        const auto key = leaf->publicKey();
        QVERIFY(!key || !key->verify("text", "signature"));
        QVERIFY((leaf->subject() + leaf->serialHex() + leaf->crlUrls().join(u' ')).size() > 0);
    }
    QVERIFY(readable > 100 && readable < good.size());
}

void TestCertificate::refusesAChainInTheWrongOrder()
{
    CertificateChain chain = testChain();
    chain.intermediates = {certificateFile("root.pem"), certificateFile("intermediate.pem")};
    QVERIFY(described(crypto::checkAgainst(chain, leafKey(), leafNames())).contains(u"is not issued by"_s));
}

void TestCertificate::verifiesUpToARoot()
{
    const CertificateChain chain = testChain();
    const QDateTime at = chain.leaf.notBefore().addSecs(60);
    QCOMPARE(described(crypto::verifyAgainstRoots(chain, {certificateFile("root.pem")}, at)), QString());
}

void TestCertificate::refusesForeignRootsAndOtherTimes()
{
    const CertificateChain chain = testChain();
    const QList<Certificate> roots {certificateFile("root.pem")};
    const auto early = crypto::verifyAgainstRoots(chain, roots, chain.leaf.notBefore().addSecs(-60));
    QCOMPARE(early.error().code(), ErrorCode::UntrustedServer);
    QCOMPARE(described(early), u"certificate is not yet valid"_s);
    const auto late = crypto::verifyAgainstRoots(chain, roots, chain.leaf.notAfter().addSecs(60));
    QCOMPARE(described(late), u"certificate has expired"_s);
    QVERIFY(!crypto::verifyAgainstRoots(chain, {}, chain.leaf.notBefore().addSecs(60)));
    QVERIFY(!crypto::verifyAgainstRoots(CertificateChain {chain.leaf, {}}, roots, chain.leaf.notBefore().addSecs(60)));
}

SEALWRIGHT_TEST(TestCertificate)

} // namespace tst_certificate

#include "tst_certificate.moc"
