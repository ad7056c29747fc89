// SPDX-License-Identifier: Apache-2.0
#include "inspect/certificate_report.h"

#include "crypto/certificate_builder.h"
#include "support/test_program.h"

#include <QJsonArray>
#include <QProcess>
#include <QTemporaryFile>
#include <QTest>

namespace tst_certificate_report {

using inspect::ReportNode;
using inspect::reportOf;
using namespace Qt::StringLiterals;

namespace {

const QDateTime from(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);

QList<base::Identifier> names()
{
    return *base::parseIdentifiers({u"a.example.org"_s, u"*.example.org"_s, u"192.0.2.7"_s});
}

crypto::CertificateChain chain(const QDateTime& until = from.addDays(90).addSecs(-1))
{
    const auto root = *crypto::makeRoot(u"Test Root"_s, crypto::KeyType::EcP256, from, until);
    const auto issuing = *crypto::makeIntermediate(root, u"Test Issuing"_s, crypto::KeyType::EcP384, from, until);
    const auto leaf = *crypto::issueServerCertificate(issuing, names(), crypto::KeyType::EcP256, from, until);
    return {leaf.certificate, {issuing.certificate, root.certificate}};
}

const crypto::CertificateChain& usual()
{
    static const auto once = chain();
    return once;
}

QString valueOf(const ReportNode& node, QStringView key)
{
    const ReportNode* const found = findNode(node, key);
    return found ? found->value : u"(no such node)"_s;
}

QStringList keysOf(const QList<ReportNode>& nodes)
{
    QStringList keys;
    for (const ReportNode& node : nodes)
        keys.append(node.key);
    return keys;
}

/// What openssl(1) prints about the certificate: the independent reader.
QString openssl(const crypto::Certificate& certificate, const QStringList& what)
{
    QTemporaryFile file;
    if (!file.open())
        return {};
    file.write(certificate.pem());
    file.flush();
    QProcess process;
    process.start(u"openssl"_s, QStringList {u"x509"_s, u"-in"_s, file.fileName(), u"-noout"_s} + what);
    process.waitForFinished();
    return QString::fromUtf8(process.readAll()).trimmed();
}

} // namespace

class TestCertificateReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsEveryFieldInOrder();
    void agreesWithOpenssl();
    void listsTheNames();
    void tellsTheKey();
    void showsEveryExtension();
    void tellsTheLifetime_data();
    void tellsTheLifetime();
    void namesACertificateWithoutCommonName();
    void showsTheChain();
    void givesEveryNodeALabel();
    void becomesJson();
};

void TestCertificateReport::showsEveryFieldInOrder()
{
    const ReportNode report = reportOf(usual().leaf);
    QCOMPARE(report.key, u"certificate"_s);
    const QStringList keys {u"subject"_s,
                            u"names"_s,
                            u"issuer"_s,
                            u"validity"_s,
                            u"serial"_s,
                            u"publicKey"_s,
                            u"signatureAlgorithm"_s,
                            u"extensions"_s,
                            u"fingerprints"_s,
                            u"pem"_s};
    QCOMPARE(keysOf(report.children), keys);
    QCOMPARE(valueOf(report, u"pem"), QString::fromLatin1(usual().leaf.pem()));
}

void TestCertificateReport::agreesWithOpenssl()
{
    const auto& leaf = usual().leaf;
    const ReportNode report = reportOf(leaf);
    const auto opensslValue = [&leaf](const QStringList& what) {
        return openssl(leaf, what).section(u'=', 1); // "serial=01", "sha256 Fingerprint=AA:BB"
    };
    QCOMPARE(valueOf(report, u"serial").toUpper(), opensslValue({u"-serial"_s}));
    QCOMPARE(valueOf(report, u"sha256"), opensslValue({u"-fingerprint"_s, u"-sha256"_s}));
    QCOMPARE(valueOf(report, u"sha1"), opensslValue({u"-fingerprint"_s, u"-sha1"_s}));
    QCOMPARE(valueOf(report, u"issuer"), opensslValue({u"-issuer"_s, u"-nameopt"_s, u"RFC2253"_s}));
    const QString text = openssl(leaf, {u"-text"_s});
    QVERIFY(text.contains(u"Signature Algorithm: "_s + valueOf(report, u"signatureAlgorithm")));
    QCOMPARE(valueOf(report, u"notBefore"), u"2026-01-01T00:00:00Z"_s);
    QVERIFY(text.contains(u"Not Before: Jan  1 00:00:00 2026 GMT"_s));
    QCOMPARE(valueOf(report, u"notAfter"), u"2026-03-31T23:59:59Z"_s);
    QVERIFY(text.contains(u"Not After : Mar 31 23:59:59 2026 GMT"_s));
}

void TestCertificateReport::listsTheNames()
{
    const ReportNode report = reportOf(usual().leaf);
    const auto& children = findNode(report, u"names")->children;
    QCOMPARE(keysOf(children), (QStringList {u"dnsName"_s, u"dnsName"_s, u"ipAddress"_s}));
    QCOMPARE(children.at(0).value, u"a.example.org"_s);
    QCOMPARE(children.at(1).value, u"*.example.org"_s);
    QCOMPARE(children.at(2).value, u"192.0.2.7"_s);
}

void TestCertificateReport::tellsTheKey()
{
    const ReportNode report = reportOf(usual().leaf);
    QCOMPARE(valueOf(report, u"algorithm"), u"EC P-256"_s);
    QCOMPARE(valueOf(report, u"bits"), u"256"_s);
    const QByteArray digest = crypto::digest(crypto::DigestAlgorithm::Sha256, usual().leaf.spkiDer());
    QCOMPARE(valueOf(report, u"spkiSha256"), QString::fromLatin1(digest.toHex(':').toUpper()));
}

void TestCertificateReport::showsEveryExtension()
{
    const ReportNode root = reportOf(usual().intermediates.last());
    const auto& extensions = findNode(root, u"extensions")->children;
    QCOMPARE(extensions.size(), usual().intermediates.last().extensions().size());
    QStringList seen;
    for (const ReportNode& extension : extensions) {
        const QString oid = valueOf(extension, u"oid");
        seen.append(oid);
        QVERIFY(!extension.label.isEmpty());
        QVERIFY(!extension.value.isEmpty());
        QCOMPARE(valueOf(extension, u"critical"), extension.critical ? u"yes"_s : u"no"_s);
        if (oid == u"2.5.29.19"_s) { // RFC 5280 section 4.2.1.9: MUST be critical in a CA's certificate
            QVERIFY(extension.critical);
            QVERIFY(extension.value.contains(u"CA:TRUE"_s));
        }
    }
    QVERIFY(seen.contains(u"2.5.29.19"_s));
    QVERIFY(seen.contains(u"2.5.29.14"_s));
}

void TestCertificateReport::tellsTheLifetime_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("text");
    // RFC 5280 section 4.1.2.5: both ends belong to the validity
    QTest::newRow("days, to the second") << 90 * 86400 - 1 << u"90 days"_s;
    QTest::newRow("days, a second more") << 90 * 86400 << u"90 days"_s;
    QTest::newRow("one day") << 86400 - 1 << u"1 day"_s;
    QTest::newRow("mixed") << 86400 + 2 * 3600 + 60 - 1 << u"1 day 2 hours 1 minute"_s;
    QTest::newRow("hours") << 7200 - 1 << u"2 hours"_s;
    QTest::newRow("seconds") << 29 << u"30 seconds"_s;
}

void TestCertificateReport::tellsTheLifetime()
{
    QFETCH(int, seconds);
    QFETCH(QString, text);
    QCOMPARE(valueOf(reportOf(chain(from.addSecs(seconds)).leaf), u"lifetime"), text);
}

void TestCertificateReport::namesACertificateWithoutCommonName()
{
    const auto root = *crypto::makeRoot(u"Test Root"_s, crypto::KeyType::EcP256, from, from.addDays(1));
    const crypto::CertificateContent content {
        .key = root.key.publicKey(), .notBefore = from, .notAfter = from.addDays(1), .names = names()};
    const ReportNode report = reportOf(*crypto::issueCertificate(root, content));
    QCOMPARE(report.value, u"a.example.org"_s);
    QCOMPARE(valueOf(report, u"subject"), QString());
}

void TestCertificateReport::showsTheChain()
{
    const ReportNode report = reportOf(usual());
    const ReportNode* const issuers = findNode(report, u"chain");
    QVERIFY(issuers);
    QCOMPARE(keysOf(issuers->children), (QStringList {u"certificate"_s, u"certificate"_s}));
    QCOMPARE(issuers->children.at(0).value, u"Test Issuing"_s);
    QCOMPARE(issuers->children.at(1).value, u"Test Root"_s);
    QCOMPARE(valueOf(issuers->children.at(1), u"subject"), valueOf(issuers->children.at(0), u"issuer"));
    QCOMPARE(report.children.last().key, u"pem"_s);
    QVERIFY(!findNode(reportOf(usual().leaf), u"chain"));
}

void TestCertificateReport::givesEveryNodeALabel()
{
    QList<ReportNode> open {reportOf(usual())};
    int nodes = 0;
    for (; !open.isEmpty(); ++nodes) {
        const ReportNode node = open.takeLast();
        QVERIFY2(!node.label.isEmpty() && !node.key.isEmpty(), qPrintable(node.key + node.label));
        open += node.children;
    }
    QVERIFY(nodes > 60);
}

void TestCertificateReport::becomesJson()
{
    const ReportNode report = reportOf(usual().leaf);
    const QJsonObject json = toJson(report);
    QCOMPARE(json.value("key"_L1).toString(), u"certificate"_s);
    const QJsonArray children = json.value("children"_L1).toArray();
    QCOMPARE(children.size(), report.children.size());
    QCOMPARE(children.at(4).toObject().value("value"_L1).toString(), usual().leaf.serialHex());
}

SEALWRIGHT_TEST(TestCertificateReport)

} // namespace tst_certificate_report

#include "tst_certificate_report.moc"
