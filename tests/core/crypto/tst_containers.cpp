// SPDX-License-Identifier: Apache-2.0
#include "crypto/pkcs12.h"
#include "crypto/pkcs7.h"
#include "openssl_command.h"
#include "support/test_program.h"
#include "test_data.h"

#include <QTest>

namespace tst_containers {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Secret;
using crypto::Certificate;
using crypto::CertificateChain;
using crypto::Pkcs12Encryption;
using crypto::PrivateKey;

namespace {

CertificateChain testChain()
{
    return crypto::chainFromPem(dataFile("chain.pem")).value();
}

PrivateKey leafKey()
{
    return PrivateKey::fromPem(dataFile("ec-p256.pem")).value();
}

QByteArray made(Pkcs12Encryption encryption)
{
    return crypto::pkcs12(leafKey(), testChain(), testPassword(), encryption, u"ein Gerät"_s).value();
}

const QString passwordFile = u"file:"_s + QStringLiteral(TEST_DATA "/crypto/password.txt");

} // namespace

class TestContainers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesPkcs12ThatOpensslReads_data();
    void writesPkcs12ThatOpensslReads();
    void readsItsOwnPkcs12();
    void readsPkcs12MadeByOpenssl();
    void readsTheOldCiphersOfWindows();
    void readsPkcs12WithoutAPassword();
    void tellsAWrongPasswordOfPkcs12();
    void refusesWhatIsNoPkcs12();
    void refusesTamperedPkcs12();
    void refusesAKeyThatIsNotTheLeafs();
    void takesPasswordsOfAnyScript();
    void writesPkcs7ThatOpensslReads();
    void readsPkcs7MadeByOpenssl();
    void refusesWhatIsNoPkcs7();
};

void TestContainers::writesPkcs12ThatOpensslReads_data()
{
    QTest::addColumn<Pkcs12Encryption>("encryption");
    QTest::addColumn<QByteArray>("cipher");
    QTest::addColumn<QByteArray>("mac");
    QTest::newRow("modern") << Pkcs12Encryption::Modern << "PBES2, PBKDF2, AES-256-CBC"_ba
                            << "MAC: sha256"_ba;
    QTest::newRow("legacy") << Pkcs12Encryption::Legacy << "pbeWithSHA1And3-KeyTripleDES-CBC"_ba
                            << "MAC: sha1"_ba;
}

void TestContainers::writesPkcs12ThatOpensslReads()
{
    QFETCH(Pkcs12Encryption, encryption);
    QFETCH(QByteArray, cipher);
    QFETCH(QByteArray, mac);
    const OpensslCommand openssl;
    const QString path = openssl.file(u"out.p12"_s, made(encryption));
    const QByteArray pem = openssl({u"pkcs12"_s, u"-in"_s, path, u"-passin"_s, passwordFile, u"-noenc"_s});
    QVERIFY2(pem.contains(dataFile("ec-p256.pem")), pem.constData());
    QVERIFY(pem.contains(dataFile("leaf.pem")) && pem.contains(dataFile("intermediate.pem")));
    const QByteArray structure =
        openssl.complaints({u"pkcs12"_s, u"-info"_s, u"-noout"_s, u"-in"_s, path, u"-passin"_s, passwordFile});
    QVERIFY2(structure.contains(cipher) && structure.contains(mac), structure.constData());
    QCOMPARE(structure.count(cipher), 2); // key and certificates
}

void TestContainers::readsItsOwnPkcs12()
{
    for (const auto encryption : {Pkcs12Encryption::Modern, Pkcs12Encryption::Legacy}) {
        const auto contents = crypto::readPkcs12(made(encryption), testPassword());
        QVERIFY(contents);
        QCOMPARE(contents->key.value().publicKey(), leafKey().publicKey());
        QCOMPARE(contents->certificate.value(), testChain().leaf);
        QCOMPARE(contents->others, testChain().intermediates);
        QCOMPARE(contents->friendlyName, u"ein Gerät"_s);
    }
}

void TestContainers::readsPkcs12MadeByOpenssl()
{
    const auto contents = crypto::readPkcs12(dataFile("modern.p12"), testPassword());
    QVERIFY2(contents, contents ? "" : qPrintable(contents.error().message()));
    QCOMPARE(contents->key.value().publicKey(), leafKey().publicKey());
    QCOMPARE(contents->certificate.value(), testChain().leaf);
    QCOMPARE(contents->others, testChain().intermediates);
    QVERIFY(contents->friendlyName.startsWith(u"a friendly"_s));
}

void TestContainers::readsTheOldCiphersOfWindows()
{
    const auto contents = crypto::readPkcs12(dataFile("rc2.p12"), testPassword());
    QVERIFY2(contents, contents ? "" : qPrintable(contents.error().message()));
    QCOMPARE(contents->certificate.value(), testChain().leaf);
}

void TestContainers::readsPkcs12WithoutAPassword()
{
    const auto contents = crypto::readPkcs12(dataFile("no-password.p12"), Secret());
    QVERIFY2(contents, contents ? "" : qPrintable(contents.error().message()));
    QVERIFY(contents->key);
}

void TestContainers::tellsAWrongPasswordOfPkcs12()
{
    for (const char* const name : {"modern.p12", "rc2.p12"}) {
        QCOMPARE(crypto::readPkcs12(dataFile(name), Secret("wrong")).error().code(), ErrorCode::WrongPassphrase);
        QCOMPARE(crypto::readPkcs12(dataFile(name), Secret()).error().code(), ErrorCode::WrongPassphrase);
    }
}

void TestContainers::refusesWhatIsNoPkcs12()
{
    QCOMPARE(crypto::readPkcs12(dataFile("leaf.pem"), testPassword()).error().code(), ErrorCode::InvalidInput);
    QCOMPARE(crypto::readPkcs12({}, testPassword()).error().code(), ErrorCode::InvalidInput);
    QCOMPARE(crypto::readPkcs12(dataFile("modern.p12").chopped(1), testPassword()).error().code(),
             ErrorCode::InvalidInput);
}

void TestContainers::refusesTamperedPkcs12()
{
    const QByteArray good = dataFile("modern.p12"); // key, certificates, MAC
    for (const qsizetype at : {good.size() / 4, good.size() / 2, good.size() - 40})
        QVERIFY(!crypto::readPkcs12(flipped(good, at), testPassword()));
}

void TestContainers::refusesAKeyThatIsNotTheLeafs()
{
    const auto other = PrivateKey::fromPem(dataFile("ec-p384.pem")).value();
    const auto file = crypto::pkcs12(other, testChain(), testPassword(), Pkcs12Encryption::Modern, {});
    QCOMPARE(file.error().code(), ErrorCode::InvalidInput);
}

void TestContainers::takesPasswordsOfAnyScript()
{
    const Secret password(u"пароль ü"_s.toUtf8());
    for (const auto encryption : {Pkcs12Encryption::Modern, Pkcs12Encryption::Legacy}) {
        const auto file = crypto::pkcs12(leafKey(), testChain(), password, encryption, {});
        QVERIFY(crypto::readPkcs12(file.value(), password));
        QVERIFY(!crypto::readPkcs12(file.value(), Secret("other")));
    }
    const Secret zero(QByteArrayView("a\0b", 3));
    QVERIFY(!crypto::pkcs12(leafKey(), testChain(), zero, Pkcs12Encryption::Modern, {}));
}

void TestContainers::writesPkcs7ThatOpensslReads()
{
    const OpensslCommand openssl;
    const QByteArray file = crypto::pkcs7(testChain()).value();
    const QByteArray listed =
        openssl({u"pkcs7"_s, u"-inform"_s, u"DER"_s, u"-print_certs"_s, u"-in"_s, openssl.file(u"out.p7b"_s, file)});
    QVERIFY2(listed.indexOf(dataFile("leaf.pem")) >= 0, listed.constData());
    QVERIFY(listed.indexOf(dataFile("intermediate.pem")) > listed.indexOf(dataFile("leaf.pem")));
    QCOMPARE(file, dataFile("chain.p7b.der"));
}

void TestContainers::readsPkcs7MadeByOpenssl()
{
    const QList<Certificate> expected {testChain().leaf, testChain().intermediates.first()};
    QCOMPARE(crypto::certificatesFromPkcs7(dataFile("chain.p7b")).value(), expected);
    QCOMPARE(crypto::certificatesFromPkcs7(dataFile("chain.p7b.der")).value(), expected);
}

void TestContainers::refusesWhatIsNoPkcs7()
{
    QCOMPARE(crypto::certificatesFromPkcs7(dataFile("leaf.pem")).error().code(), ErrorCode::InvalidInput);
    QCOMPARE(crypto::certificatesFromPkcs7(dataFile("modern.p12")).error().code(), ErrorCode::InvalidInput);
    QCOMPARE(crypto::certificatesFromPkcs7({}).error().code(), ErrorCode::InvalidInput);
}

SEALWRIGHT_TEST(TestContainers)

} // namespace tst_containers

#include "tst_containers.moc"
