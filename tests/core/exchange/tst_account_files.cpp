// SPDX-License-Identifier: Apache-2.0
#include "exchange/account_files.h"

#include "exchange/client_accounts.h"
#include "support/test_program.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace tst_account_files {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using exchange::AccountFormat;

namespace {

QString data(const QString& name)
{
    return QStringLiteral(TEST_DATA "/exchange/") + name;
}

QByteArray content(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const QString certbotFolder = data(u"certbot/accounts/127.0.0.1:24000/dir/63b2751747ecf24a5f7195b11208bfe4"_s);
const QString legoFolder = data(u"lego/accounts/127.0.0.1_24000/me@corp.example"_s);
const QString acmeShFolder = data(u"acme.sh/ca/ca.corp.example/acme/acme/directory"_s);

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestAccountFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatEachClientWrote_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<AccountFormat>("format");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QStringList>("contacts");
        const QString certbotUrl = u"https://127.0.0.1:24000/my-account/f7a7f3cca0e9980"_s;
        const QString legoUrl = u"https://127.0.0.1:24000/my-account/421e057b4e0e760"_s;
        const QString acmeShUrl = u"https://ca.corp.example/acme/acme/account/yLP5Jd7nUJmSkAy0GyL8N6p3wYBkNNCx"_s;
        const QStringList me {u"mailto:me@corp.example"_s};
        const QStringList pki {u"mailto:pki@corp.example"_s};
        const auto row = [](const char* name, const QString& path, AccountFormat format, const QString& key,
                            const QString& url, const QStringList& contacts) {
            QTest::newRow(name) << path << format << key << url << contacts;
        };
        row("certbot, everything", data(u"certbot"_s), AccountFormat::Certbot, u"RSA 2048 bits"_s, certbotUrl, {});
        row("certbot, one account", certbotFolder, AccountFormat::Certbot, u"RSA 2048 bits"_s, certbotUrl, {});
        row("certbot, the file", certbotFolder + u"/private_key.json"_s, AccountFormat::Certbot, u"RSA 2048 bits"_s,
            certbotUrl, {});
        row("lego, everything", data(u"lego"_s), AccountFormat::Lego, u"EC P-256"_s, legoUrl, me);
        row("lego, one account", legoFolder, AccountFormat::Lego, u"EC P-256"_s, legoUrl, me);
        row("lego, the key alone", legoFolder + u"/keys/me@corp.example.key"_s, AccountFormat::Pem, u"EC P-256"_s,
            QString(), {});
        row("acme.sh, everything", data(u"acme.sh"_s), AccountFormat::AcmeSh, u"EC P-256"_s, acmeShUrl, pki);
        row("acme.sh, one account", acmeShFolder, AccountFormat::AcmeSh, u"EC P-256"_s, acmeShUrl, pki);
    }

    void readsWhatEachClientWrote()
    {
        QFETCH(QString, path);
        QFETCH(AccountFormat, format);
        QFETCH(QString, key);
        QFETCH(QString, url);
        QFETCH(QStringList, contacts);
        const auto files = exchange::readAccountFiles(path, std::nullopt);
        QVERIFY2(files, files ? "" : qPrintable(files.error().message()));
        QCOMPARE(files->problems, QStringList());
        QCOMPARE(files->accounts.size(), 1);
        const exchange::AccountFile& account = files->accounts.first();
        QCOMPARE(account.format, format);
        QCOMPARE(account.key.publicKey().description(), key);
        QCOMPARE(account.url, QUrl(url));
        QCOMPARE(account.contacts, contacts);
        QVERIFY(account.path.startsWith(data(QString())));
    }

    void findsEveryAccountBelowAFolderAndEachKeyOnce()
    {
        const auto all = exchange::readAccountFiles(data(QString()), std::nullopt);
        QVERIFY(all);
        QCOMPARE(all->accounts.size(), 3);
        const auto lego = exchange::readAccountFiles(data(QString()), AccountFormat::Lego);
        QVERIFY(lego);
        QCOMPARE(lego->accounts.size(), 1);
        QTemporaryDir folder;
        QVERIFY(QFile::link(certbotFolder, folder.filePath(u"one"_s)));
        QVERIFY(QFile::link(certbotFolder, folder.filePath(u"two"_s)));
        const auto linked = exchange::readAccountFiles(folder.path(), std::nullopt);
        QVERIFY(linked);
        QCOMPARE(linked->accounts.size(), 1);
    }

    void readsAJwkAndAPemOfEveryKind_data()
    {
        QTest::addColumn<QString>("file");
        for (const char* name : {"ec-p256", "ec-p256-sec1", "ec-p384", "ed25519", "rsa-2048", "rsa-2048-pkcs1"})
            QTest::newRow(name) << QStringLiteral(TEST_DATA "/crypto/") + QString::fromLatin1(name) + u".pem"_s;
    }

    void readsAJwkAndAPemOfEveryKind()
    {
        QFETCH(QString, file);
        const auto files = exchange::readAccountFiles(file, std::nullopt);
        QVERIFY2(files, files ? "" : qPrintable(files.error().message()));
        QCOMPARE(files->accounts.first().format, AccountFormat::Pem);
    }

    void readsTheKeysThatTheRfcsPrint_data()
    {
        QTest::addColumn<QByteArray>("jwk");
        QTest::addColumn<QString>("description");
        // RFC 7517 appendix A.2
        QTest::newRow("RFC 7517 A.2, EC") << QByteArray(
            R"({"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",)"
            R"("y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE",)"
            R"("use":"enc","kid":"1"})") << u"EC P-256"_s;
        // RFC 8037 appendix A.1
        QTest::newRow("RFC 8037 A.1") << QByteArray(
            R"({"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",)"
            R"("x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})")
                                      << u"Ed25519"_s;
    }

    void readsTheKeysThatTheRfcsPrint()
    {
        QFETCH(QByteArray, jwk);
        QFETCH(QString, description);
        const auto account = exchange::jwkAccount(jwk);
        QVERIFY2(account, account ? "" : qPrintable(account.error().message()));
        QCOMPARE(account->key.publicKey().description(), description);
    }

    void refusesHalvesThatDoNotBelongTogether()
    {
        const auto mixed = exchange::jwkAccount(
            R"({"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",)"
            R"("y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"})");
        QVERIFY(!mixed);
        QCOMPARE(mixed.error().code(), ErrorCode::InvalidInput);
        QVERIFY(!mixed.error().message().contains(u"nWGx"_s));
        const auto publicOnly =
            exchange::jwkAccount(R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");
        QVERIFY(!publicOnly);
        QVERIFY(publicOnly.error().message().contains(u"no private key"_s));
    }

    void answersEveryCutAndEveryChangedByteWithAnAccountOrASentence_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("certbot") << content(certbotFolder + u"/private_key.json"_s);
        QTest::newRow("lego") << content(legoFolder + u"/keys/me@corp.example.key"_s);
        QTest::newRow("acme.sh") << content(acmeShFolder + u"/account.key"_s);
    }

    void answersEveryCutAndEveryChangedByteWithAnAccountOrASentence()
    {
        QFETCH(QByteArray, bytes);
        QVERIFY(bytes.size() > 100);
        const auto answers = [](const QByteArray& text) {
            for (const auto& account :
                 {exchange::certbotAccount(text, text), exchange::legoAccount(text, text),
                  exchange::acmeShAccount(text, text, text), exchange::jwkAccount(text), exchange::pemAccount(text)})
                if (!account
                    && (account.error().code() != ErrorCode::InvalidInput || account.error().detail().isEmpty()))
                    return false;
            return true;
        };
        for (qsizetype cut = 0; cut < bytes.size(); cut += 7)
            QVERIFY2(answers(bytes.first(cut)), QByteArray::number(cut));
        for (qsizetype at = 0; at < bytes.size(); at += 11) {
            QByteArray changed = bytes;
            changed[at] = static_cast<char>(changed[at] ^ 0x15);
            QVERIFY2(answers(changed), QByteArray::number(at));
        }
        QVERIFY(answers(QByteArray(1'000, '[')));
        QVERIFY(answers(QByteArray(1'000, '\0')));
    }

    void tellsWhatIsWrongWithAnAccountAndGoesOn()
    {
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(u"a/x"_s));
        QVERIFY(QDir(folder.path()).mkpath(u"b"_s));
        write(folder.filePath(u"a/x/private_key.json"_s), "{\"kty\":\"RSA\"}");
        QVERIFY(QFile::copy(acmeShFolder + u"/account.key"_s, folder.filePath(u"b/account.key"_s)));
        const auto files = exchange::readAccountFiles(folder.path(), std::nullopt);
        QVERIFY(files);
        QCOMPARE(files->accounts.size(), 1);
        QCOMPARE(files->problems.size(), 1);
        QVERIFY(files->problems.first().contains(u"a/x/private_key.json"_s));
    }

    void tellsThatAnEncryptedKeyMustBeDecryptedFirst()
    {
        const auto files =
            exchange::readAccountFiles(QStringLiteral(TEST_DATA "/crypto/ec-p256-encrypted.pem"), std::nullopt);
        QVERIFY(files);
        QVERIFY(files->accounts.isEmpty());
        QVERIFY2(files->problems.first().contains(u"is encrypted"_s), qPrintable(files->problems.first()));
    }

    void saysThatNothingIsThere()
    {
        QTemporaryDir folder;
        const auto nothing = exchange::readAccountFiles(folder.path(), std::nullopt);
        QVERIFY(!nothing);
        QCOMPARE(nothing.error().code(), ErrorCode::NotFound);
        QCOMPARE(nothing.error().field(), u"path"_s);
        const auto absent = exchange::readAccountFiles(folder.filePath(u"absent"_s), std::nullopt);
        QVERIFY(!absent);
        QCOMPARE(absent.error().code(), ErrorCode::File);
    }

    void passesOverFilesThatAreTooLong()
    {
        QTemporaryDir folder;
        write(folder.filePath(u"private_key.json"_s),
              content(certbotFolder + u"/private_key.json"_s) + QByteArray(100'000, ' '));
        const auto files = exchange::readAccountFiles(folder.path(), std::nullopt);
        QVERIFY(files);
        QVERIFY(files->accounts.isEmpty());
        QCOMPARE(files->problems.size(), 1);
    }
};

SEALWRIGHT_TEST(TestAccountFiles)

} // namespace tst_account_files

#include "tst_account_files.moc"
