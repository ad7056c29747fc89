// SPDX-License-Identifier: Apache-2.0
#include "crypto/private_key.h"
#include "jose/base64url.h"
#include "jose/jwk.h"
#include "jose/jws.h"
#include "support/test_program.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

namespace tst_jose {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Secret;
using crypto::KeyType;
using crypto::PrivateKey;
using crypto::PublicKey;

namespace {

QJsonObject object(const QByteArray& text)
{
    return QJsonDocument::fromJson(text).object();
}

QJsonObject dataFile(const QString& name)
{
    QFile file(QStringLiteral(TEST_DATA "/jose/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read the test data");
    return object(file.readAll());
}

QByteArray flattened(const QByteArray& header, const QByteArray& payload, const QByteArray& signature)
{
    // No raw strings: moc takes what follows a quote in them for the end of a namespace.
    return "{\"protected\":\"" + header + "\",\"payload\":\"" + payload + "\",\"signature\":\"" + signature + "\"}";
}

// The payload of RFC 7515 appendices A.1 to A.3
const QByteArray rfcPayload = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
                              "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ"_ba;

/// RFC 8037 appendix A.1, as PKCS#8 (RFC 8410 section 7)
PrivateKey rfcEdwardsKey()
{
    return PrivateKey::fromPkcs8Der(
               Secret(QByteArray::fromHex("302e020100300506032b657004220420"
                                          "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")))
        .value();
}

/// RFC 7515 appendix A.1
Secret rfcMacKey()
{
    return Secret(jose::base64url::decode(
                      "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow")
                      .value());
}

} // namespace

class TestJose : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void encodesBase64url_data();
    void encodesBase64url();
    void decodesBase64urlStrictly_data();
    void decodesBase64urlStrictly();
    void writesJwksCanonically();
    void thumbprintsKnownKeys_data();
    void thumbprintsKnownKeys();
    void readsBackEveryJwk_data();
    void readsBackEveryJwk();
    void refusesWhatIsNoJwk_data();
    void refusesWhatIsNoJwk();
    void refusesKeysThatJoseDoesNotName();
    void verifiesTheSignaturesOfTheRfcs_data();
    void verifiesTheSignaturesOfTheRfcs();
    void signsAsTheRfcDoes();
    void signsWithEveryKeyType_data();
    void signsWithEveryKeyType();
    void signsAnEmptyPayload();
    void authenticatesAsTheRfcDoes();
    void authenticatesWithEveryMac_data();
    void authenticatesWithEveryMac();
    void refusesForeignAlgorithms();
    void refusesWhatIsNoJws_data();
    void refusesWhatIsNoJws();
};

void TestJose::encodesBase64url_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    // RFC 4648 section 10, without padding
    for (const auto& [bytes, text] : {std::pair(""_ba, ""_ba), std::pair("f"_ba, "Zg"_ba), std::pair("fo"_ba, "Zm8"_ba),
                                      std::pair("foo"_ba, "Zm9v"_ba), std::pair("foob"_ba, "Zm9vYg"_ba),
                                      std::pair("fooba"_ba, "Zm9vYmE"_ba), std::pair("foobar"_ba, "Zm9vYmFy"_ba)})
        QTest::newRow(("RFC 4648 section 10: " + bytes).constData()) << bytes << text;
    QTest::newRow("RFC 7515 appendix C") << QByteArray::fromHex("03ecffe0c1") << "A-z_4ME"_ba;
}

void TestJose::encodesBase64url()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    QCOMPARE(jose::base64url::encode(bytes), text);
    QCOMPARE(jose::base64url::decode(text).value(), bytes);
}

void TestJose::decodesBase64urlStrictly_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("padding") << "Zg=="_ba;
    QTest::newRow("white space") << "Zm 9v"_ba;
    QTest::newRow("line end") << "Zm9v\n"_ba;
    QTest::newRow("the other alphabet") << "A+z/4ME"_ba;
    QTest::newRow("one character over") << "Zm9vY"_ba;
    QTest::newRow("bits left over") << "Zh"_ba;
    QTest::newRow("not ASCII") << "Zm9\xc3\xbc"_ba;
}

void TestJose::decodesBase64urlStrictly()
{
    QFETCH(QByteArray, text);
    const auto decoded = jose::base64url::decode(text);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().code(), ErrorCode::InvalidInput);
}

void TestJose::writesJwksCanonically()
{
    // RFC 8037 appendix A.3
    QCOMPARE(jose::jwk(rfcEdwardsKey().publicKey()).value(),
             R"({"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})"_ba);
    // RFC 7515 appendix A.3, members in the order of RFC 7638 section 3.2
    const QByteArray ec = R"({"crv":"P-256","kty":"EC","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                          R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})"_ba;
    const PublicKey key = jose::publicKeyFromJwk(object(ec)).value();
    QCOMPARE(jose::jwk(key).value(), ec);
    QCOMPARE(jose::jwkObject(key).value(), object(ec));
}

void TestJose::thumbprintsKnownKeys_data()
{
    QTest::addColumn<QJsonObject>("jwk");
    QTest::addColumn<QByteArray>("thumbprint");
    QTest::newRow("RFC 7638 section 3.1")
        << dataFile(u"rfc7638-3.1.json"_s) << "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"_ba;
    QTest::newRow("RFC 8037 appendix A.3")
        << object(R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})")
        << "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"_ba;
}

void TestJose::thumbprintsKnownKeys()
{
    QFETCH(QJsonObject, jwk);
    QTEST(jose::thumbprint(jose::publicKeyFromJwk(jwk).value()).value(), "thumbprint");
}

void TestJose::readsBackEveryJwk_data()
{
    QTest::addColumn<KeyType>("type");
    for (const KeyType type : {KeyType::EcP256, KeyType::EcP384, KeyType::Ed25519, KeyType::Rsa2048})
        QTest::newRow(qPrintable(crypto::keyTypeName(type))) << type;
}

void TestJose::readsBackEveryJwk()
{
    QFETCH(KeyType, type);
    const PublicKey key = PrivateKey::generate(type).value().publicKey();
    QCOMPARE(jose::publicKeyFromJwk(jose::jwkObject(key).value()).value(), key);
}

void TestJose::refusesWhatIsNoJwk_data()
{
    QTest::addColumn<QByteArray>("jwk");
    QTest::newRow("empty") << "{}"_ba;
    QTest::newRow("symmetric") << R"({"kty":"oct","k":"AAAA"})"_ba;
    QTest::newRow("no x") << R"({"kty":"OKP","crv":"Ed25519"})"_ba;
    QTest::newRow("x too short") << R"({"kty":"OKP","crv":"Ed25519","x":"AAAA"})"_ba;
    QTest::newRow("no curve") << R"({"kty":"EC","x":"AAAA","y":"AAAA"})"_ba;
    QTest::newRow("not on the curve")
        << R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
           R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5aw"})"_ba;
    QTest::newRow("no modulus") << R"({"kty":"RSA","e":"AQAB"})"_ba;
}

void TestJose::refusesWhatIsNoJwk()
{
    QFETCH(QByteArray, jwk);
    const auto key = jose::publicKeyFromJwk(object(jwk));
    QVERIFY(!key);
    QCOMPARE(key.error().code(), ErrorCode::InvalidInput);
}

void TestJose::refusesKeysThatJoseDoesNotName()
{
    QFile file(QStringLiteral(TEST_DATA "/crypto/ec-p521.pem"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const PublicKey key = PrivateKey::fromPem(file.readAll()).value().publicKey();
    QCOMPARE(jose::jwk(key).error().code(), ErrorCode::Unsupported);
    QCOMPARE(jose::thumbprint(key).error().code(), ErrorCode::Unsupported);
    QCOMPARE(jose::algorithmFor(key).error().code(), ErrorCode::Unsupported);
}

void TestJose::verifiesTheSignaturesOfTheRfcs_data()
{
    QTest::addColumn<QJsonObject>("jwk");
    QTest::addColumn<QByteArray>("jws");
    const QJsonObject rsa = dataFile(u"rfc7515-a2.json"_s);
    QTest::newRow("RFC 7515 appendix A.2, RS256")
        << rsa.value("jwk"_L1).toObject() << QJsonDocument(rsa.value("jws"_L1).toObject()).toJson();
    QTest::newRow("RFC 7515 appendix A.3, ES256")
        << object(R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                  R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})")
        << flattened("eyJhbGciOiJFUzI1NiJ9", rfcPayload,
                     "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
}

void TestJose::verifiesTheSignaturesOfTheRfcs()
{
    QFETCH(QJsonObject, jwk);
    QFETCH(QByteArray, jws);
    const PublicKey key = jose::publicKeyFromJwk(jwk).value();
    const auto verified = jose::verifyFlattened(jws, key);
    QVERIFY2(verified, verified ? "" : qPrintable(verified.error().message()));
    QCOMPARE(object(verified->payload).value("iss"_L1).toString(), u"joe"_s);
    QByteArray forged = jws;
    forged.replace(rfcPayload, jose::base64url::encode(R"({"iss":"jim"})"));
    QCOMPARE(jose::verifyFlattened(forged, key).error().code(), ErrorCode::Crypto);
    QVERIFY(!jose::verifyFlattened(jws, PrivateKey::generate(*key.type()).value().publicKey()));
}

void TestJose::signsAsTheRfcDoes()
{
    // RFC 8037 appendix A.4: Ed25519 signatures are the same each time
    QCOMPARE(jose::signFlattened(rfcEdwardsKey(), QByteArrayView(R"({"alg":"EdDSA"})"), "Example of Ed25519 signing")
                 .value(),
             flattened("eyJhbGciOiJFZERTQSJ9", "RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
                       "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"));
}

void TestJose::signsWithEveryKeyType_data()
{
    QTest::addColumn<KeyType>("type");
    QTest::addColumn<QByteArray>("algorithm");
    QTest::newRow("ec-p256") << KeyType::EcP256 << "ES256"_ba;
    QTest::newRow("ec-p384") << KeyType::EcP384 << "ES384"_ba;
    QTest::newRow("ed25519") << KeyType::Ed25519 << "EdDSA"_ba;
    QTest::newRow("rsa-2048") << KeyType::Rsa2048 << "RS256"_ba;
}

void TestJose::signsWithEveryKeyType()
{
    QFETCH(KeyType, type);
    QFETCH(QByteArray, algorithm);
    const PrivateKey key = PrivateKey::generate(type).value();
    QCOMPARE(jose::signatureAlgorithmName(jose::algorithmFor(key.publicKey()).value()), algorithm);
    QJsonObject header;
    header.insert("alg"_L1, QString::fromLatin1(algorithm));
    header.insert("nonce"_L1, u"n\"ö"_s);
    const QByteArray jws = jose::signFlattened(key, header, R"({"a":1})").value();
    const auto verified = jose::verifyFlattened(jws, key.publicKey()).value();
    QCOMPARE(verified.protectedHeader, header);
    QCOMPARE(verified.payload, R"({"a":1})"_ba);
}

void TestJose::signsAnEmptyPayload()
{
    const PrivateKey key = PrivateKey::generate(KeyType::EcP256).value();
    const QByteArray jws = jose::signFlattened(key, QByteArrayView(R"({"alg":"ES256"})"), {}).value();
    QCOMPARE(object(jws).value("payload"_L1), QJsonValue(QString())); // "" and not absent: RFC 8555 section 6.3
    QVERIFY(jose::verifyFlattened(jws, key.publicKey()).value().payload.isEmpty());
}

void TestJose::authenticatesAsTheRfcDoes()
{
    // RFC 7515 appendix A.1
    const QByteArray header = jose::base64url::decode("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9").value();
    const QByteArray payload = jose::base64url::decode(rfcPayload).value();
    const auto jws = jose::signMac(rfcMacKey(), jose::MacAlgorithm::HS256, header, payload);
    QCOMPARE(jws.value(),
             flattened("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9", rfcPayload,
                       "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
    QCOMPARE(jose::verifyMac(*jws, rfcMacKey()).value().payload, payload);
    QCOMPARE(jose::verifyMac(*jws, Secret("another key")).error().code(), ErrorCode::Crypto);
}

void TestJose::authenticatesWithEveryMac_data()
{
    QTest::addColumn<jose::MacAlgorithm>("algorithm");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("length");
    QTest::newRow("HS256") << jose::MacAlgorithm::HS256 << u"HS256"_s << 32;
    QTest::newRow("HS384") << jose::MacAlgorithm::HS384 << u"HS384"_s << 48;
    QTest::newRow("HS512") << jose::MacAlgorithm::HS512 << u"HS512"_s << 64;
}

void TestJose::authenticatesWithEveryMac()
{
    QFETCH(jose::MacAlgorithm, algorithm);
    QFETCH(QString, name);
    QFETCH(int, length);
    QCOMPARE(jose::macAlgorithmFromName(name).value(), algorithm);
    const QByteArray header = R"({"alg":")" + jose::macAlgorithmName(algorithm) + R"("})";
    const QByteArray jws = jose::signMac(Secret("key"), algorithm, header, "payload").value();
    QCOMPARE(jose::base64url::decode(object(jws).value("signature"_L1).toString().toLatin1()).value().size(), length);
    QVERIFY(jose::verifyMac(jws, Secret("key")));
    QCOMPARE(jose::macAlgorithmFromName(u"HS1").error().code(), ErrorCode::InvalidInput);
    QCOMPARE(jose::signMac(Secret(), algorithm, header, {}).error().code(), ErrorCode::InvalidInput);
}

void TestJose::refusesForeignAlgorithms()
{
    const PrivateKey key = PrivateKey::generate(KeyType::EcP256).value();
    const QByteArray none = jose::signFlattened(key, QByteArrayView(R"({"alg":"none"})"), "x").value();
    QCOMPARE(jose::verifyFlattened(none, key.publicKey()).error().code(), ErrorCode::Crypto);
    // A MAC with the public key as its key must not pass for a signature.
    const Secret publicBytes(key.publicKey().spkiDer());
    const QByteArray confused =
        jose::signMac(publicBytes, jose::MacAlgorithm::HS256, R"({"alg":"HS256"})", "x").value();
    QCOMPARE(jose::verifyFlattened(confused, key.publicKey()).error().code(), ErrorCode::Crypto);
    const QByteArray signedOne = jose::signFlattened(key, QByteArrayView(R"({"alg":"ES256"})"), "x").value();
    QCOMPARE(jose::verifyMac(signedOne, publicBytes).error().code(), ErrorCode::Crypto);
}

void TestJose::refusesWhatIsNoJws_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << "a.b.c"_ba;
    QTest::newRow("an empty object") << "{}"_ba;
    QTest::newRow("no base64url") << flattened("eyJhbGciOiJFUzI1NiJ9", "*", "AAAA");
    QTest::newRow("padding") << flattened("eyJhbGciOiJFUzI1NiJ9", "Zg==", "AAAA");
}

void TestJose::refusesWhatIsNoJws()
{
    QFETCH(QByteArray, text);
    const PublicKey key = PrivateKey::generate(KeyType::EcP256).value().publicKey();
    QCOMPARE(jose::verifyFlattened(text, key).error().code(), ErrorCode::InvalidInput);
    QCOMPARE(jose::verifyMac(text, Secret("key")).error().code(), ErrorCode::InvalidInput);
}

SEALWRIGHT_TEST(TestJose)

} // namespace tst_jose

#include "tst_jose.moc"
