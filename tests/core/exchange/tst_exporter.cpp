// SPDX-License-Identifier: Apache-2.0
#include "exchange/exporter.h"

#include "crypto/certificate_builder.h"
#include "support/test_program.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace tst_exporter {

using base::ErrorCode;
using base::Secret;
using base::platform::Overwrite;
using exchange::ExportFormat;
using exchange::ExportOptions;
using namespace Qt::StringLiterals;

namespace {

/// A chain of root, intermediate and leaf with the leaf's key.
struct Issued {
    crypto::CertificateChain chain;
    crypto::PrivateKey key;
};

Issued issue(crypto::KeyType type)
{
    const QDateTime from = QDateTime::currentDateTimeUtc().addSecs(-60);
    const QDateTime until = from.addDays(30);
    const auto root = *crypto::makeRoot(u"Test Root"_s, crypto::KeyType::EcP256, from, until);
    const auto issuing = *crypto::makeIntermediate(root, u"Test Issuing"_s, crypto::KeyType::EcP256, from, until);
    const auto names = *base::parseIdentifiers({u"a.example.org"_s, u"b.example.org"_s});
    const auto leaf = *crypto::issueServerCertificate(issuing, names, type, from, until);
    return {{leaf.certificate, {issuing.certificate}}, leaf.key};
}

const Issued& issued()
{
    static const Issued once = issue(crypto::KeyType::EcP256);
    return once;
}

const Secret& password()
{
    static const Secret once("correct horse");
    return once;
}

/// What openssl(1) does with a file: it is the independent reader.
struct Reading {
    bool accepted;
    QByteArray output;
    QByteArray complaints;
};

Reading openssl(const QStringList& arguments)
{
    QProcess process;
    process.start(u"openssl"_s, arguments);
    process.waitForFinished();
    const bool accepted = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    return {accepted, process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

class TestExporter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void writesTheLeafAsPem();
    void writesTheWholeChain();
    void writesDer();
    void writesPkcs7();
    void writesModernPkcs12();
    void writesLegacyPkcs12();
    void namesThePkcs12Entry();
    void writesAnEncryptedKey_data();
    void writesAnEncryptedKey();
    void writesAKeyInTheClearOnlyWhenToldSo();
    void needsAPassword_data();
    void needsAPassword();
    void needsTheKeyOfTheLeaf_data();
    void needsTheKeyOfTheLeaf();
    void knowsFormatsByName();
    void doesNotOverwriteUntold();

private:
    /// The exported file's path, or an empty text.
    QString exported(const ExportOptions& options, const Issued& what = issued());
    QByteArray fingerprint(const QString& file, const QString& form);

    QTemporaryDir m_folder;
};

void TestExporter::initTestCase()
{
    QVERIFY2(openssl({u"version"_s}).accepted, "openssl(1) is needed for this test");
}

QString TestExporter::exported(const ExportOptions& options, const Issued& what)
{
    const QString path = m_folder.filePath(u"exported"_s);
    const auto file = exchange::exportCertificate(what.chain, &what.key, options);
    if (!file || !exchange::writeExport(path, *file, Overwrite::Yes))
        return QString();
    return path;
}

QByteArray TestExporter::fingerprint(const QString& file, const QString& form)
{
    const Reading read =
        openssl({u"x509"_s, u"-inform"_s, form, u"-in"_s, file, u"-noout"_s, u"-fingerprint"_s, u"-sha256"_s});
    return QByteArray::fromHex(read.output.mid(read.output.indexOf('=') + 1));
}

void TestExporter::writesTheLeafAsPem()
{
    const QString path = exported({.format = ExportFormat::Pem});
    QCOMPARE(fingerprint(path, u"PEM"_s), issued().chain.leaf.fingerprint(crypto::DigestAlgorithm::Sha256));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count("-----BEGIN"), 1);
    QVERIFY(file.permissions() & QFile::ReadOther);
}

void TestExporter::writesTheWholeChain()
{
    const QString path = exported({.format = ExportFormat::FullChain});
    QCOMPARE(fingerprint(path, u"PEM"_s), issued().chain.leaf.fingerprint(crypto::DigestAlgorithm::Sha256));
    const Reading listed = openssl({u"storeutl"_s, u"-noout"_s, u"-certs"_s, path});
    QVERIFY2(listed.output.contains("Total found: 2"), listed.output.constData());
}

void TestExporter::writesDer()
{
    const QString path = exported({.format = ExportFormat::Der});
    QCOMPARE(fingerprint(path, u"DER"_s), issued().chain.leaf.fingerprint(crypto::DigestAlgorithm::Sha256));
}

void TestExporter::writesPkcs7()
{
    const QString path = exported({.format = ExportFormat::Pkcs7});
    const Reading read = openssl({u"pkcs7"_s, u"-inform"_s, u"DER"_s, u"-in"_s, path, u"-print_certs"_s});
    QVERIFY2(read.accepted, read.complaints.constData());
    QCOMPARE(read.output.count("-----BEGIN CERTIFICATE-----"), 2);
    QVERIFY(read.output.contains("subject=CN = Test Issuing"));
}

void TestExporter::writesModernPkcs12()
{
    const QString path = exported({.format = ExportFormat::Pkcs12, .password = &password()});
    const Reading read = openssl({u"pkcs12"_s, u"-info"_s, u"-in"_s, path, u"-passin"_s, u"pass:correct horse"_s,
                                  u"-passout"_s, u"pass:other"_s});
    QVERIFY2(read.accepted, read.complaints.constData());
    QVERIFY2(read.complaints.contains("MAC: sha256"), read.complaints.constData());
    QCOMPARE(read.complaints.count("PBES2, PBKDF2, AES-256-CBC"), 2);
    QCOMPARE(read.output.count("-----BEGIN CERTIFICATE-----"), 2);
    QCOMPARE(read.output.count("-----BEGIN ENCRYPTED PRIVATE KEY-----"), 1);
    QVERIFY(!openssl({u"pkcs12"_s, u"-in"_s, path, u"-noout"_s, u"-passin"_s, u"pass:wrong"_s}).accepted);
    QVERIFY(!(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther)));
}

void TestExporter::writesLegacyPkcs12()
{
    const QString path = exported({.format = ExportFormat::Pkcs12Legacy, .password = &password()});
    const Reading read = openssl({u"pkcs12"_s, u"-info"_s, u"-legacy"_s, u"-in"_s, path, u"-passin"_s,
                                  u"pass:correct horse"_s, u"-passout"_s, u"pass:other"_s});
    QVERIFY2(read.accepted, read.complaints.constData());
    QVERIFY2(read.complaints.contains("MAC: sha1"), read.complaints.constData());
    QVERIFY2(read.complaints.contains("pbeWithSHA1And3-KeyTripleDES-CBC"), read.complaints.constData());
    QVERIFY(!read.complaints.contains("RC2"));
    QCOMPARE(read.output.count("-----BEGIN CERTIFICATE-----"), 2);
    QVERIFY(!(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther)));
}

void TestExporter::namesThePkcs12Entry()
{
    const QStringList read {u"pkcs12"_s,  u"-nokeys"_s,           u"-in"_s, m_folder.filePath(u"exported"_s),
                            u"-passin"_s, u"pass:correct horse"_s};
    QVERIFY(!exported({.format = ExportFormat::Pkcs12, .password = &password()}).isEmpty());
    QVERIFY(openssl(read).output.contains("friendlyName: a.example.org\n"));
    const ExportOptions named {
        .format = ExportFormat::Pkcs12, .password = &password(), .friendlyName = u"web server"_s};
    QVERIFY(!exported(named).isEmpty());
    QVERIFY(openssl(read).output.contains("friendlyName: web server\n"));
}

void TestExporter::writesAnEncryptedKey_data()
{
    QTest::addColumn<crypto::KeyType>("type");
    QTest::newRow("ECDSA") << crypto::KeyType::EcP256;
    QTest::newRow("RSA") << crypto::KeyType::Rsa2048;
    QTest::newRow("EdDSA") << crypto::KeyType::Ed25519;
}

void TestExporter::writesAnEncryptedKey()
{
    QFETCH(crypto::KeyType, type);
    const Issued what = issue(type);
    const QString path = exported({.format = ExportFormat::Key, .password = &password()}, what);
    const Reading read = openssl(
        {u"pkey"_s, u"-in"_s, path, u"-passin"_s, u"pass:correct horse"_s, u"-pubout"_s, u"-outform"_s, u"DER"_s});
    QVERIFY2(read.accepted, read.complaints.constData());
    QCOMPARE(read.output, what.key.publicKey().spkiDer());
    QVERIFY(!openssl({u"pkey"_s, u"-in"_s, path, u"-passin"_s, u"pass:wrong"_s, u"-noout"_s}).accepted);
    const Reading structure = openssl({u"asn1parse"_s, u"-in"_s, path});
    QVERIFY(structure.output.contains(":PBES2"));
    QVERIFY(structure.output.contains(":aes-256-cbc"));
    QVERIFY(!(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther)));
}

void TestExporter::writesAKeyInTheClearOnlyWhenToldSo()
{
    const QString path = exported({.format = ExportFormat::Key, .unencryptedKey = true});
    const Reading read = openssl({u"pkey"_s, u"-in"_s, path, u"-pubout"_s, u"-outform"_s, u"DER"_s});
    QVERIFY2(read.accepted, read.complaints.constData());
    QCOMPARE(read.output, issued().key.publicKey().spkiDer());
    QVERIFY(!(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther)));
}

void TestExporter::needsAPassword_data()
{
    QTest::addColumn<ExportFormat>("format");
    QTest::addColumn<bool>("unencryptedKey");
    QTest::newRow("p12") << ExportFormat::Pkcs12 << false;
    QTest::newRow("p12 that should be in the clear") << ExportFormat::Pkcs12 << true;
    QTest::newRow("p12-legacy") << ExportFormat::Pkcs12Legacy << false;
    QTest::newRow("key") << ExportFormat::Key << false;
}

void TestExporter::needsAPassword()
{
    QFETCH(ExportFormat, format);
    QFETCH(bool, unencryptedKey);
    const Secret empty;
    for (const Secret* none : {static_cast<const Secret*>(nullptr), &empty}) {
        const ExportOptions options {.format = format, .password = none, .unencryptedKey = unencryptedKey};
        const auto file = exchange::exportCertificate(issued().chain, &issued().key, options);
        QVERIFY(!file);
        QCOMPARE(file.error().code(), ErrorCode::InvalidInput);
        QCOMPARE(file.error().field(), u"password"_s);
    }
}

void TestExporter::needsTheKeyOfTheLeaf_data()
{
    QTest::addColumn<ExportFormat>("format");
    for (const auto& format : exchange::formats())
        QTest::newRow(format.name.toLatin1().constData()) << format.format;
}

void TestExporter::needsTheKeyOfTheLeaf()
{
    QFETCH(ExportFormat, format);
    const ExportOptions options {.format = format, .password = &password()};
    const bool needsKey = exchange::describe(format).needsKey;
    const auto other = *crypto::PrivateKey::generate(crypto::KeyType::EcP256);
    for (const crypto::PrivateKey* key : {static_cast<const crypto::PrivateKey*>(nullptr), &other}) {
        const auto file = exchange::exportCertificate(issued().chain, key, options);
        QCOMPARE(file.has_value(), !needsKey);
        if (needsKey)
            QCOMPARE(file.error().field(), u"key"_s);
        else
            QVERIFY(!file->containsKey);
    }
}

void TestExporter::knowsFormatsByName()
{
    const QStringList names {u"pem"_s, u"fullchain"_s, u"der"_s, u"p12"_s, u"p12-legacy"_s, u"p7b"_s, u"key"_s};
    QCOMPARE(exchange::formats().size(), names.size());
    for (const QString& name : names) {
        const auto format = exchange::formatFromName(name);
        QVERIFY(format);
        QCOMPARE(exchange::describe(*format).name, name);
    }
    const auto unknown = exchange::formatFromName(u"jks");
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().field(), u"format"_s);
    QVERIFY(unknown.error().detail().contains(u"p12-legacy"_s));
}

void TestExporter::doesNotOverwriteUntold()
{
    const QString path = m_folder.filePath(u"kept"_s);
    const auto key = exchange::exportCertificate(issued().chain, &issued().key,
                                                 {.format = ExportFormat::Key, .password = &password()});
    const auto pem = exchange::exportCertificate(issued().chain, nullptr, {.format = ExportFormat::Pem});
    QVERIFY(key && pem);
    QVERIFY(exchange::writeExport(path, *pem, Overwrite::No));
    const auto refused = exchange::writeExport(path, *key, Overwrite::No);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), ErrorCode::AlreadyExists);
    QCOMPARE(*base::platform::readFile(path, 100'000), issued().chain.leaf.pem());
    QVERIFY(exchange::writeExport(path, *key, Overwrite::Yes));
    QVERIFY(!(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther)));
}

SEALWRIGHT_TEST(TestExporter)

} // namespace tst_exporter

#include "tst_exporter.moc"
