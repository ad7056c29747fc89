// SPDX-License-Identifier: Apache-2.0
#include "crypto/aead.h"
#include "crypto/digest.h"
#include "crypto/hmac.h"
#include "crypto/kdf.h"
#include "crypto/random.h"
#include "crypto/sealed_box.h"
#include "support/test_program.h"
#include "test_data.h"

#include <QTest>

namespace tst_symmetric {

using namespace Qt::StringLiterals;
using base::Secret;
using crypto::DigestAlgorithm;

namespace {

QByteArray hex(const char* text)
{
    return QByteArray::fromHex(text);
}

} // namespace

class TestSymmetric : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void digestsKnownAnswers_data();
    void digestsKnownAnswers();
    void authenticatesKnownAnswers_data();
    void authenticatesKnownAnswers();
    void opensTheGcmSpecificationsOwnTestCase();
    void decryptsWhatItEncrypted();
    void neverEncryptsTwiceAlike();
    void refusesToDecryptAnythingElse();
    void refusesKeysOfAWrongLength();
    void derivesKnownKeysFromPassphrases_data();
    void derivesKnownKeysFromPassphrases();
    void refusesScryptParametersOutOfBounds();
    void expandsKnownKeys();
    void refusesToExpandTooFar();
    void makesRandomBytesThatDiffer();
    void unsealsWhatWasSealed();
    void refusesToUnsealAnythingElse();
    void refusesToSealToWhatIsNoKey();
};

void TestSymmetric::digestsKnownAnswers_data()
{
    QTest::addColumn<DigestAlgorithm>("algorithm");
    QTest::addColumn<QByteArray>("expected");
    // FIPS 180-4 examples for the message "abc"
    QTest::newRow("SHA-1") << DigestAlgorithm::Sha1 << hex("a9993e364706816aba3e25717850c26c9cd0d89d");
    QTest::newRow("SHA-256") << DigestAlgorithm::Sha256
                             << hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QTest::newRow("SHA-384") << DigestAlgorithm::Sha384
                             << hex("cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                                    "8086072ba1e7cc2358baeca134c825a7");
    QTest::newRow("SHA-512") << DigestAlgorithm::Sha512
                             << hex("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                                    "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

void TestSymmetric::digestsKnownAnswers()
{
    QFETCH(DigestAlgorithm, algorithm);
    QTEST(crypto::digest(algorithm, "abc"), "expected");
}

void TestSymmetric::authenticatesKnownAnswers_data()
{
    QTest::addColumn<DigestAlgorithm>("algorithm");
    QTest::addColumn<QByteArray>("expected");
    // RFC 4231 section 4.2
    QTest::newRow("SHA-256") << DigestAlgorithm::Sha256
                             << hex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    QTest::newRow("SHA-384") << DigestAlgorithm::Sha384
                             << hex("afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59c"
                                    "faea9ea9076ede7f4af152e8b2fa9cb6");
    QTest::newRow("SHA-512") << DigestAlgorithm::Sha512
                             << hex("87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
                                    "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854");
}

void TestSymmetric::authenticatesKnownAnswers()
{
    QFETCH(DigestAlgorithm, algorithm);
    QTEST(crypto::hmac(algorithm, Secret(QByteArray(20, '\x0b')), "Hi There"), "expected");
}

void TestSymmetric::opensTheGcmSpecificationsOwnTestCase()
{
    // "The Galois/Counter Mode of Operation", McGrew and Viega, appendix B, test case 16
    const Secret key(hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));
    const QByteArray sealed = hex("cafebabefacedbaddecaf888"
                                  "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                                  "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                                  "76fc6ece0f4e1768cddf8853bb2d551b");
    const auto plain = crypto::decrypt(key, sealed, hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"));
    QVERIFY(plain);
    QCOMPARE(plain->view().toByteArray().toHex(),
             "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
             "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"_ba);
}

void TestSymmetric::decryptsWhatItEncrypted()
{
    const Secret key = crypto::randomSecret(crypto::AeadKeyLength);
    for (const QByteArray& plain : {""_ba, "x"_ba, QByteArray(100'000, 'y')}) {
        const auto sealed = crypto::encrypt(key, plain, "row 7");
        QVERIFY(sealed);
        QCOMPARE(sealed->size(), plain.size() + 12 + 16);
        const auto opened = crypto::decrypt(key, *sealed, "row 7");
        QVERIFY(opened);
        QCOMPARE(opened->view().toByteArray(), plain);
    }
}

void TestSymmetric::neverEncryptsTwiceAlike()
{
    const Secret key = crypto::randomSecret(crypto::AeadKeyLength);
    QVERIFY(crypto::encrypt(key, "same", "").value() != crypto::encrypt(key, "same", "").value());
}

void TestSymmetric::refusesToDecryptAnythingElse()
{
    const Secret key = crypto::randomSecret(crypto::AeadKeyLength);
    const Secret other = crypto::randomSecret(crypto::AeadKeyLength);
    const QByteArray sealed = crypto::encrypt(key, "plain", "row 7").value();
    for (qsizetype i = 0; i < sealed.size(); ++i)
        QVERIFY(!crypto::decrypt(key, flipped(sealed, i), "row 7"));
    QVERIFY(!crypto::decrypt(key, sealed, "row 8"));
    QVERIFY(!crypto::decrypt(key, sealed, ""));
    QVERIFY(!crypto::decrypt(key, sealed.chopped(1), "row 7"));
    QVERIFY(!crypto::decrypt(key, "short", "row 7"));
    QCOMPARE(crypto::decrypt(other, sealed, "row 7").error().code(), base::ErrorCode::Crypto);
}

void TestSymmetric::refusesKeysOfAWrongLength()
{
    QCOMPARE(crypto::encrypt(Secret("short"), "plain", "").error().code(), base::ErrorCode::InvalidInput);
}

void TestSymmetric::derivesKnownKeysFromPassphrases_data()
{
    QTest::addColumn<QByteArray>("passphrase");
    QTest::addColumn<QByteArray>("salt");
    QTest::addColumn<int>("logN");
    QTest::addColumn<int>("r");
    QTest::addColumn<int>("p");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("RFC 7914 section 12, first")
        << QByteArray() << QByteArray() << 4 << 1 << 1
        << hex("77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
               "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
    QTest::newRow("RFC 7914 section 12, second")
        << "password"_ba
        << "NaCl"_ba << 10 << 8 << 16
        << hex("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
               "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
    QTest::newRow("RFC 7914 section 12, third")
        << "pleaseletmein"_ba
        << "SodiumChloride"_ba << 14 << 8 << 1
        << hex("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
               "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
}

void TestSymmetric::derivesKnownKeysFromPassphrases()
{
    QFETCH(QByteArray, passphrase);
    QFETCH(QByteArray, salt);
    QFETCH(int, logN);
    QFETCH(int, r);
    QFETCH(int, p);
    const auto key = crypto::scrypt(Secret(passphrase), salt, logN, r, p, 64);
    QVERIFY(key);
    QTEST(key->view().toByteArray(), "expected");
}

void TestSymmetric::refusesScryptParametersOutOfBounds()
{
    for (const auto& [logN, r, p, length] :
         {std::tuple(0, 8, 1, 32), std::tuple(24, 8, 1, 32), std::tuple(40, 1, 1, 32), std::tuple(14, 0, 1, 32),
          std::tuple(14, 8, 0, 32), std::tuple(14, 8, 1, 0)})
        QCOMPARE(crypto::scrypt(Secret("p"), "salt", logN, r, p, length).error().code(), base::ErrorCode::InvalidInput);
}

void TestSymmetric::expandsKnownKeys()
{
    const Secret input(QByteArray(22, '\x0b'));
    // RFC 5869 appendix A.1
    const auto first = crypto::hkdfSha256(input, hex("000102030405060708090a0b0c"), hex("f0f1f2f3f4f5f6f7f8f9"), 42);
    QCOMPARE(first.value().view().toByteArray().toHex(),
             "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"_ba);
    // RFC 5869 appendix A.3: neither salt nor info
    const auto third = crypto::hkdfSha256(input, {}, {}, 42);
    QCOMPARE(third.value().view().toByteArray().toHex(),
             "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"_ba);
}

void TestSymmetric::refusesToExpandTooFar()
{
    QCOMPARE(crypto::hkdfSha256(Secret("key"), {}, {}, 255 * 32 + 1).error().code(), base::ErrorCode::InvalidInput);
}

void TestSymmetric::makesRandomBytesThatDiffer()
{
    QCOMPARE(crypto::randomBytes(33).size(), 33);
    QVERIFY(crypto::randomBytes(32) != crypto::randomBytes(32));
    QVERIFY(crypto::randomSecret(32) != crypto::randomSecret(32));
}

void TestSymmetric::unsealsWhatWasSealed()
{
    const auto pair = crypto::generateSealingKeyPair();
    QCOMPARE(pair.publicKey.size(), 32);
    const auto sealed = crypto::sealTo(pair.publicKey, "a private key", "row 7");
    QVERIFY(sealed);
    QVERIFY(!sealed->contains("a private key"));
    QVERIFY(*sealed != crypto::sealTo(pair.publicKey, "a private key", "row 7").value());
    const auto opened = crypto::unseal(pair.privateKey, pair.publicKey, *sealed, "row 7");
    QVERIFY(opened);
    QCOMPARE(opened->view().toByteArray(), "a private key"_ba);
}

void TestSymmetric::refusesToUnsealAnythingElse()
{
    const auto pair = crypto::generateSealingKeyPair();
    const auto other = crypto::generateSealingKeyPair();
    const QByteArray sealed = crypto::sealTo(pair.publicKey, "plain", "row 7").value();
    QVERIFY(!crypto::unseal(other.privateKey, other.publicKey, sealed, "row 7"));
    QVERIFY(!crypto::unseal(pair.privateKey, other.publicKey, sealed, "row 7"));
    QVERIFY(!crypto::unseal(pair.privateKey, pair.publicKey, sealed, "row 8"));
    QVERIFY(!crypto::unseal(pair.privateKey, pair.publicKey, sealed.first(31), "row 7"));
    for (qsizetype i = 0; i < sealed.size(); ++i)
        QVERIFY(!crypto::unseal(pair.privateKey, pair.publicKey, flipped(sealed, i), "row 7"));
}

void TestSymmetric::refusesToSealToWhatIsNoKey()
{
    QCOMPARE(crypto::sealTo("short", "plain", "").error().code(), base::ErrorCode::InvalidInput);
    QVERIFY(!crypto::sealTo(QByteArray(32, '\0'), "plain", "")); // RFC 7748 section 6.1: the all-zero outcome
}

SEALWRIGHT_TEST(TestSymmetric)

} // namespace tst_symmetric

#include "tst_symmetric.moc"
