// SPDX-License-Identifier: Apache-2.0
#include "practice/practice_tls.h"

#include "support/test_program.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace tst_practice_tls {

using practice::practiceTls;
using namespace Qt::StringLiterals;

namespace {

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

/// What openssl(1) says to `arguments`, both channels.
QByteArray openssl(const QStringList& arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"openssl"_s, arguments);
    process.waitForFinished();
    return process.readAll();
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestPracticeTls : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void makesAServerCertificateForLoopback();
    void keepsTheKeyToItsOwner();
    void keepsTheRootThatIsPinned();
    void makesAnotherBeforeTheEnd();
    void replacesFilesThatDoNotFit();
    void saysWhereItCannotWrite();
};

void TestPracticeTls::makesAServerCertificateForLoopback()
{
    const QTemporaryDir folder;
    const auto tls = practiceTls(folder.filePath(u"tls"_s), now());
    QVERIFY(tls);
    QCOMPARE(contentOf(tls->rootFile), tls->rootPem);
    const QStringList verify {u"verify"_s, u"-purpose"_s, u"sslserver"_s, u"-CAfile"_s, tls->rootFile};
    const QByteArray good = tls->certificateFile.toLocal8Bit() + ": OK\n";
    QCOMPARE(openssl(verify + QStringList {u"-verify_hostname"_s, u"localhost"_s, tls->certificateFile}), good);
    QCOMPARE(openssl(verify + QStringList {u"-verify_ip"_s, u"127.0.0.1"_s, tls->certificateFile}), good);
    const QByteArray publicKey = openssl({u"pkey"_s, u"-in"_s, tls->keyFile, u"-pubout"_s});
    QCOMPARE(openssl({u"x509"_s, u"-in"_s, tls->certificateFile, u"-noout"_s, u"-pubkey"_s}), publicKey);
}

void TestPracticeTls::keepsTheKeyToItsOwner()
{
    const QTemporaryDir folder;
    const auto tls = practiceTls(folder.path(), now());
    QVERIFY(tls);
    QVERIFY(!(QFile::permissions(tls->keyFile) & (QFile::ReadGroup | QFile::ReadOther)));
}

void TestPracticeTls::keepsTheRootThatIsPinned()
{
    const QTemporaryDir folder;
    const auto first = practiceTls(folder.path(), now());
    const auto second = practiceTls(folder.path(), now().addDays(300));
    QVERIFY(first && second);
    QCOMPARE(second->rootPem, first->rootPem);
}

void TestPracticeTls::makesAnotherBeforeTheEnd()
{
    const QTemporaryDir folder;
    const auto first = practiceTls(folder.path(), now());
    const auto second = practiceTls(folder.path(), now().addDays(360));
    QVERIFY(first && second);
    QVERIFY(second->rootPem != first->rootPem);
}

void TestPracticeTls::replacesFilesThatDoNotFit()
{
    const QTemporaryDir folder;
    const QTemporaryDir other;
    const auto first = practiceTls(folder.path(), now());
    const auto foreign = practiceTls(other.path(), now());
    QVERIFY(first && foreign);
    QVERIFY(QFile::remove(first->keyFile));
    QVERIFY(QFile::copy(foreign->keyFile, first->keyFile));
    const auto second = practiceTls(folder.path(), now());
    QVERIFY(second);
    QVERIFY(second->rootPem != first->rootPem);
    const QByteArray publicKey = openssl({u"pkey"_s, u"-in"_s, second->keyFile, u"-pubout"_s});
    QCOMPARE(openssl({u"x509"_s, u"-in"_s, second->certificateFile, u"-noout"_s, u"-pubkey"_s}), publicKey);
}

void TestPracticeTls::saysWhereItCannotWrite()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"file"_s);
    QVERIFY(QFile(file).open(QIODevice::WriteOnly));
    const auto tls = practiceTls(file, now());
    QVERIFY(!tls);
    QCOMPARE(tls.error().code(), base::ErrorCode::File);
    QVERIFY(tls.error().message().contains(file));
}

SEALWRIGHT_TEST(TestPracticeTls)

} // namespace tst_practice_tls

#include "tst_practice_tls.moc"
