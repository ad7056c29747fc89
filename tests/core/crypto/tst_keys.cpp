// SPDX-License-Identifier: Apache-2.0
#include "crypto/pem.h"
#include "crypto/private_key.h"
#include "openssl_command.h"
#include "support/test_program.h"
#include "test_data.h"

#include <QTest>

namespace tst_keys {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Secret;
using crypto::KeyType;
using crypto::PrivateKey;
using crypto::PublicKey;

namespace {

PrivateKey keyFile(const char* name)
{
    return PrivateKey::fromPem(dataFile(name)).value();
}

void everyKeyType()
{
    QTest::addColumn<KeyType>("type");
    for (const KeyType type : crypto::allKeyTypes())
        QTest::newRow(qPrintable(crypto::keyTypeName(type))) << type;
}

} // namespace

class TestKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesEveryKeyType();
    void refusesUnknownKeyTypeNames();
    void readsKeysOfEveryForm_data();
    void readsKeysOfEveryForm();
    void generatesAndStoresEveryKeyType_data();
    void generatesAndStoresEveryKeyType();
    void signsEveryKeyTypeAsOpensslVerifies_data();
    void signsEveryKeyTypeAsOpensslVerifies();
    void signsForJoseWithFixedWidths_data();
    void signsForJoseWithFixedWidths();
    void writesPkcs8AsOpensslDoes();
    void writesEncryptedPemThatOpensslReads();
    void tellsAMissingFromAWrongPassphrase();
    void refusesWhatIsNoKey();
    void refusesBytesBehindAPublicKey();
    void readsCompressedPointsAsTheSameKey();
    void makesPublicKeysOfTheirComponents_data();
    void makesPublicKeysOfTheirComponents();
    void refusesPointsThatAreNotOnTheCurve();
    void describesKeys();
    void keepsKeysOfOtherKindsUsable();
    void splitsPemIntoBlocks();
    void refusesBrokenPem_data();
    void refusesBrokenPem();
    void wrapsPemLinesAt64();
};

void TestKeys::namesEveryKeyType()
{
    for (const KeyType type : crypto::allKeyTypes())
        QCOMPARE(crypto::keyTypeFromName(crypto::keyTypeName(type)).value(), type);
    QCOMPARE(crypto::keyTypeName(KeyType::EcP256), u"ec-p256"_s);
    QCOMPARE(crypto::allKeyTypes().first(), KeyType::EcP256);
    QCOMPARE(crypto::allKeyTypes().size(), 6);
}

void TestKeys::refusesUnknownKeyTypeNames()
{
    QCOMPARE(crypto::keyTypeFromName(u"rsa-1024").error().code(), ErrorCode::InvalidInput);
    QCOMPARE(crypto::keyTypeFromName(u"").error().field(), u"key"_s);
}

void TestKeys::readsKeysOfEveryForm_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::addColumn<QByteArray>("same");
    for (const char* const name : {"ec-p256-sec1.pem", "ec-p256-encrypted.pem", "ec-p256-sec1-encrypted.pem"})
        QTest::newRow(name) << dataFile(name) << dataFile("ec-p256.pem");
    QTest::newRow("rsa-2048-pkcs1.pem") << dataFile("rsa-2048-pkcs1.pem") << dataFile("rsa-2048.pem");
    QTest::newRow("behind a certificate") << dataFile("leaf.pem") + dataFile("ec-p256.pem") << dataFile("ec-p256.pem");
}

void TestKeys::readsKeysOfEveryForm()
{
    QFETCH(QByteArray, pem);
    QFETCH(QByteArray, same);
    const Secret password = testPassword();
    const auto key = PrivateKey::fromPem(pem, &password);
    QVERIFY2(key, key ? "" : qPrintable(key.error().message()));
    QCOMPARE(key->publicKey(), PrivateKey::fromPem(same).value().publicKey());
}

void TestKeys::generatesAndStoresEveryKeyType_data()
{
    everyKeyType();
}

void TestKeys::generatesAndStoresEveryKeyType()
{
    QFETCH(KeyType, type);
    const auto key = PrivateKey::generate(type);
    QVERIFY(key);
    QCOMPARE(key->type().value(), type);
    QVERIFY(key->publicKey() != PrivateKey::generate(KeyType::EcP256).value().publicKey());
    const auto again = PrivateKey::fromPkcs8Der(key->toPkcs8Der());
    QVERIFY(again);
    QCOMPARE(again->publicKey(), key->publicKey());
    QCOMPARE(PrivateKey::fromPem(key->toPem().view()).value().publicKey(), key->publicKey());
    QVERIFY(key->publicKey().verify("text", again->sign("text").value()));
}

void TestKeys::signsEveryKeyTypeAsOpensslVerifies_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("digest");
    QTest::newRow("ec-p256") << "ec-p256.pem"_ba << u"sha256"_s;
    QTest::newRow("ec-p384") << "ec-p384.pem"_ba << u"sha384"_s;
    QTest::newRow("rsa-2048") << "rsa-2048.pem"_ba << u"sha256"_s;
    QTest::newRow("ed25519") << "ed25519.pem"_ba << QString();
}

void TestKeys::signsEveryKeyTypeAsOpensslVerifies()
{
    QFETCH(QByteArray, file);
    QFETCH(QString, digest);
    const PrivateKey key = keyFile(file.constData());
    const QByteArray signature = key.sign("what is signed").value();
    const OpensslCommand openssl;
    QStringList arguments {
        u"pkeyutl"_s,  u"-verify"_s,
        u"-rawin"_s,   u"-pubin"_s,
        u"-inkey"_s,   openssl.file(u"key.pem"_s, crypto::encodePem("PUBLIC KEY", key.publicKey().spkiDer())),
        u"-in"_s,      openssl.file(u"text"_s, "what is signed"),
        u"-sigfile"_s, openssl.file(u"signature"_s, signature)};
    if (!digest.isEmpty())
        arguments += {u"-digest"_s, digest};
    QCOMPARE(openssl(arguments), "Signature Verified Successfully\n"_ba);
    QVERIFY(!key.publicKey().verify("what was signed", signature));
    QVERIFY(!key.publicKey().verify("what is signed", flipped(signature, -1)));
}

void TestKeys::signsForJoseWithFixedWidths_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<int>("width");
    QTest::newRow("ES256") << "ec-p256.pem"_ba << 64;
    QTest::newRow("ES384") << "ec-p384.pem"_ba << 96;
    QTest::newRow("EdDSA") << "ed25519.pem"_ba << 64;
    QTest::newRow("RS256") << "rsa-2048.pem"_ba << 256;
}

void TestKeys::signsForJoseWithFixedWidths()
{
    QFETCH(QByteArray, file);
    QFETCH(int, width);
    const PrivateKey key = keyFile(file.constData());
    for (int i = 0; i < 50; ++i) {
        const QByteArray signature = key.signJws(QByteArray::number(i)).value();
        QCOMPARE(signature.size(), width); // among 50, some r or s of ECDSA begins with zeros
        QVERIFY(key.publicKey().verifyJws(QByteArray::number(i), signature));
        QVERIFY(!key.publicKey().verifyJws(QByteArray::number(i), flipped(signature, i)));
        QVERIFY(!key.publicKey().verifyJws(QByteArray::number(i), signature.chopped(1)));
    }
}

void TestKeys::writesPkcs8AsOpensslDoes()
{
    for (const char* const name : {"ec-p256.pem", "ec-p384.pem", "ed25519.pem", "rsa-2048.pem"}) {
        const PrivateKey key = keyFile(name);
        QCOMPARE(key.toPem().view().toByteArray(), dataFile(name));
        QCOMPARE(key.toPkcs8Der().view().toByteArray(), crypto::decodePem(dataFile(name)).value().first().der);
    }
}

void TestKeys::writesEncryptedPemThatOpensslReads()
{
    const OpensslCommand openssl;
    const QByteArray pem = keyFile("ec-p256.pem").toEncryptedPem(testPassword()).value();
    QVERIFY(pem.startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    const QStringList read {u"pkcs8"_s, u"-in"_s, openssl.file(u"key.pem"_s, pem), u"-passin"_s,
                            u"file:"_s + QStringLiteral(TEST_DATA "/crypto/password.txt")};
    QCOMPARE(openssl(read), dataFile("ec-p256.pem"));
    const QByteArray structure = openssl({u"asn1parse"_s, u"-in"_s, openssl.file(u"key.pem"_s, pem)});
    QVERIFY(structure.contains(":aes-256-cbc") && structure.contains(":hmacWithSHA256"));
    QCOMPARE(keyFile("ec-p256.pem").toEncryptedPem(Secret()).error().code(), ErrorCode::InvalidInput);
}

void TestKeys::tellsAMissingFromAWrongPassphrase()
{
    const Secret wrong("wrong horse");
    for (const char* const name : {"ec-p256-encrypted.pem", "ec-p256-sec1-encrypted.pem"}) {
        const auto missing = PrivateKey::fromPem(dataFile(name));
        const auto other = PrivateKey::fromPem(dataFile(name), &wrong);
        QCOMPARE(missing.error().code(), ErrorCode::WrongPassphrase);
        QCOMPARE(other.error().code(), ErrorCode::WrongPassphrase);
        QVERIFY(missing.error().detail() != other.error().detail());
    }
}

void TestKeys::refusesWhatIsNoKey()
{
    QCOMPARE(PrivateKey::fromPem("no key at all").error().code(), ErrorCode::InvalidInput);
    QCOMPARE(PrivateKey::fromPem(dataFile("leaf.pem")).error().code(), ErrorCode::InvalidInput);
    QCOMPARE(PrivateKey::fromPkcs8Der(Secret("\x30\x00")).error().code(), ErrorCode::InvalidInput);
    QCOMPARE(PrivateKey::fromPkcs8Der(Secret()).error().code(), ErrorCode::InvalidInput);
    const Secret der = keyFile("ec-p256.pem").toPkcs8Der();
    QVERIFY(!PrivateKey::fromPkcs8Der(Secret(der.view().chopped(1))));
    QVERIFY(!PrivateKey::fromPkcs8Der(Secret(der.view().toByteArray() + 'x')));
}

void TestKeys::refusesBytesBehindAPublicKey()
{
    const QByteArray spki = keyFile("ec-p256.pem").publicKey().spkiDer();
    QCOMPARE(PublicKey::fromSpkiDer(spki).value().spkiDer(), spki);
    QCOMPARE(PublicKey::fromSpkiDer(spki + 'x').error().code(), ErrorCode::InvalidInput);
    QVERIFY(!PublicKey::fromSpkiDer({}));
}

void TestKeys::readsCompressedPointsAsTheSameKey()
{
    const QByteArray compressed = dataFile("ec-p256-compressed.spki");
    const PublicKey expected = keyFile("ec-p256.pem").publicKey();
    QVERIFY(compressed.size() < expected.spkiDer().size());
    QCOMPARE(PublicKey::fromSpkiDer(compressed).value(), expected);
}

void TestKeys::makesPublicKeysOfTheirComponents_data()
{
    QTest::addColumn<QByteArray>("file");
    for (const char* const name : {"ec-p256.pem", "ec-p384.pem", "ed25519.pem", "rsa-2048.pem"})
        QTest::newRow(name) << QByteArray(name);
}

void TestKeys::makesPublicKeysOfTheirComponents()
{
    QFETCH(QByteArray, file);
    const PublicKey key = keyFile(file.constData()).publicKey();
    QCOMPARE(PublicKey::fromComponents(key.components()).value(), key);
    const OpensslCommand openssl;
    const QStringList publicHalf {u"pkey"_s, u"-pubout"_s, u"-in"_s,
                                  QStringLiteral(TEST_DATA "/crypto/") + QString::fromLatin1(file)};
    QCOMPARE(crypto::encodePem("PUBLIC KEY", key.spkiDer()), openssl(publicHalf));
}

void TestKeys::refusesPointsThatAreNotOnTheCurve()
{
    auto point = std::get<crypto::EcPoint>(keyFile("ec-p256.pem").publicKey().components());
    point.y = flipped(point.y, -1);
    QCOMPARE(PublicKey::fromComponents(point).error().code(), ErrorCode::InvalidInput);
    point.curve = "P-999";
    QVERIFY(!PublicKey::fromComponents(point));
    QVERIFY(!PublicKey::fromComponents(crypto::OctetPoint {"Ed25519", "short"}));
    QVERIFY(!PublicKey::fromComponents(crypto::RsaNumbers {}));
    QVERIFY(!PublicKey::fromComponents({}));
}

void TestKeys::describesKeys()
{
    QCOMPARE(keyFile("ec-p256.pem").publicKey().description(), u"EC P-256"_s);
    QCOMPARE(keyFile("ec-p384.pem").publicKey().description(), u"EC P-384"_s);
    QCOMPARE(keyFile("ec-p521.pem").publicKey().description(), u"EC P-521"_s);
    QCOMPARE(keyFile("ed25519.pem").publicKey().description(), u"Ed25519"_s);
    QCOMPARE(keyFile("rsa-2048.pem").publicKey().description(), u"RSA 2048 bits"_s);
    QCOMPARE(keyFile("rsa-2048.pem").publicKey().bits(), 2048);
}

void TestKeys::keepsKeysOfOtherKindsUsable()
{
    const PrivateKey key = keyFile("ec-p521.pem");
    QVERIFY(!key.type());
    QVERIFY(std::holds_alternative<std::monostate>(key.publicKey().components()));
    QVERIFY(key.publicKey().verify("text", key.sign("text").value()));
    QCOMPARE(key.signJws("text").value().size(), 132);
    QCOMPARE(key.toPem().view().toByteArray(), dataFile("ec-p521.pem"));
}

void TestKeys::splitsPemIntoBlocks()
{
    const QByteArray text = "Bag Attributes\r\n  name: -----BEGIN nothing\r\n"
        + crypto::encodePem("FIRST", "one").replace("\n", "\r\n") + "between\n" + dataFile("ec-p256-sec1-encrypted.pem")
        + crypto::encodePem("SECOND", QByteArray(100, 'z')) + "behind";
    const auto blocks = crypto::decodePem(text);
    QVERIFY(blocks);
    QCOMPARE(blocks->size(), 2); // the one with Proc-Type is passed over
    QCOMPARE(blocks->at(0).label, "FIRST"_ba);
    QCOMPARE(blocks->at(0).der, "one"_ba);
    QCOMPARE(blocks->at(1).label, "SECOND"_ba);
    QCOMPARE(blocks->at(1).der, QByteArray(100, 'z'));
    QCOMPARE(crypto::decodePem("just text").value().size(), 0);
}

void TestKeys::refusesBrokenPem_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no end") << "-----BEGIN X-----\nAAAA\n"_ba;
    QTest::newRow("no label end") << "-----BEGIN X"_ba;
    QTest::newRow("another end") << "-----BEGIN X-----\nAAAA\n-----END Y-----\n"_ba;
    QTest::newRow("begins again") << "-----BEGIN X-----\nAAAA\n-----BEGIN X-----\nAAAA\n-----END X-----\n"_ba;
    QTest::newRow("empty") << "-----BEGIN X-----\n-----END X-----\n"_ba;
    QTest::newRow("no base64") << "-----BEGIN X-----\nA*AA\n-----END X-----\n"_ba;
}

void TestKeys::refusesBrokenPem()
{
    QFETCH(QByteArray, text);
    const auto blocks = crypto::decodePem(text);
    QVERIFY(!blocks);
    QCOMPARE(blocks.error().code(), ErrorCode::InvalidInput);
}

void TestKeys::wrapsPemLinesAt64()
{
    QCOMPARE(crypto::encodePem("X", QByteArray(49, '\0')),
             "-----BEGIN X-----\n" + QByteArray(64, 'A') + "\nAA==\n-----END X-----\n");
}

SEALWRIGHT_TEST(TestKeys)

} // namespace tst_keys

#include "tst_keys.moc"
